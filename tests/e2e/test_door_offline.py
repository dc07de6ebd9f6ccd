"""The door on a phone: without a network, after the browser was closed, and with the camera."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from gonghui.core.activities.models import Session
from gonghui.core.attendance.models import Attendance, Mark
from gonghui.core.signing.models import Registration
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import RegistrationFactory

from .conftest import PHONE, WAIT, _chromium
from .film import film_of
from .visitor import Visitor

# What the browser itself says when a page asks without a network.
UNPLUGGED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")


@pytest.fixture
def session(cast) -> Session:
    evening = ActivityFactory(org=cast.company, state="open", title="职工书法讲座")
    return SessionFactory(activity=evening)


@pytest.fixture
def people(session, cast) -> dict[str, Registration]:
    names = {"艾丽": cast.alice, "鲍博": cast.bob}
    names |= {name: PersonFactory(name=name, org=cast.branch) for name in ("陈晨", "丁一")}
    return {
        name: RegistrationFactory(activity=session.activity, person=person)
        for name, person in names.items()
    }


def door(visitor: Visitor, session: Session) -> None:
    """Open the door's page and wait until the phone has kept it whole."""
    visitor.open(f"/attendance/session/{session.pk}/phone/")
    expect(visitor.page.locator("#door[data-kept]")).to_be_attached()


def press(page: Page, verb: str, name: str) -> None:
    page.get_by_role("button", name=f"{verb}：{name}", exact=True).click()


def scan(page: Page, ticket: str) -> None:
    """As a hand scanner does it: the code, and a return."""
    field = page.get_by_role("textbox", name="会员码")
    field.fill(ticket)
    field.press("Enter")


def says(page: Page, words: str) -> None:
    expect(page.locator("#door-state")).to_contain_text(words)


def forgive(visitor: Visitor) -> None:
    """A phone without a network complains that it has none."""
    visitor.complaints[:] = [
        one for one in visitor.complaints if not any(word in one for word in UNPLUGGED)
    ]


def test_offline_door(enter, session, people, size):
    phone = enter("frank")
    door(phone, session)
    says(phone.page, "全部已上传")
    phone.page.get_by_label("入口").fill("东门")
    phone.look("ready")
    context: BrowserContext = phone.page.context

    context.set_offline(True)
    press(phone.page, "签到", "艾丽")
    press(phone.page, "签到", "鲍博")
    scan(phone.page, people["陈晨"].ticket)
    expect(phone.page.locator("#door-heard")).to_contain_text("陈晨（一分会）已签到。")
    scan(phone.page, people["陈晨"].ticket)
    expect(phone.page.locator("#door-heard")).to_contain_text("这个码不能再用一次")
    says(phone.page, "3 条待上传")
    phone.look("offline")
    assert not Mark.objects.exists()

    phone.page.close()
    phone.page = context.new_page()
    phone.__post_init__()
    phone.page.goto(f"{phone.address}/attendance/session/{session.pk}/phone/")
    says(phone.page, "没有网络，照常签到 · 3 条待上传")
    expect(phone.page.locator("#door-tally")).to_contain_text("应到 4 人，已到 3 人")
    phone.look("opened-again")

    other = enter("frank")
    door(other, session)
    other.page.get_by_label("入口").fill("西门")
    press(other.page, "签到", "艾丽")
    says(other.page, "全部已上传")
    expect(other.page.locator("#door-tally")).to_contain_text("已到 1 人")

    context.set_offline(False)
    says(phone.page, "已连网 · 全部已上传")
    expect(phone.page.locator("#door-quarrels")).to_contain_text("艾丽：签到记了 2 次（")
    phone.look("arrived")
    quarrels = other.page.locator("#door-quarrels")  # the other phone hears of it by itself
    expect(quarrels).to_contain_text("艾丽：签到记了 2 次（", timeout=3 * WAIT)
    other.look("heard")
    assert Mark.objects.count() == 4
    came = {str(one.registration): one.conflict for one in Attendance.objects.all()}
    assert came == {"艾丽": came["艾丽"], "鲍博": "", "陈晨": ""}
    phone.page.reload()
    says(phone.page, "全部已上传")
    assert Mark.objects.count() == 4
    other.open(f"/attendance/session/{session.pk}/")
    other.sees("签到记了 2 次")
    for visitor in (phone, other):
        forgive(visitor)


def test_logged_out_phone_keeps_what_waits(enter, session, people):
    phone = enter("frank")
    door(phone, session)
    context: BrowserContext = phone.page.context
    context.set_offline(True)
    press(phone.page, "签到", "艾丽")
    says(phone.page, "1 条待上传")

    context.clear_cookies(name="sessionid")
    context.set_offline(False)
    expect(phone.page.locator("#door-trouble")).to_contain_text("登录已经失效")
    says(phone.page, "1 条待上传")
    phone.look("logged-out")
    forgive(phone)
    phone.log_in("frank", f"/attendance/session/{session.pk}/phone/")

    says(phone.page, "全部已上传")
    assert Mark.objects.get().registration == people["艾丽"]


@pytest.fixture
def filmed(browser, people, tmp_path) -> Iterator[BrowserContext]:
    """A browser whose camera is held before the code of 丁一."""
    film = film_of(people["丁一"].ticket, tmp_path / "code.y4m")
    player = browser.browser_type.launch(
        executable_path=_chromium(),
        args=[
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    size = {"width": PHONE.width, "height": PHONE.height}
    context = player.new_context(viewport=size, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    yield context
    player.close()


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_camera_reads_a_code(filmed, live_server, session, people, size):
    phone = Visitor(filmed.new_page(), live_server.url, size, "camera")
    phone.log_in("frank")
    door(phone, session)

    phone.press("用相机扫")
    expect(phone.page.locator("#door-heard")).to_contain_text("丁一（一分会）已签到。")
    says(phone.page, "全部已上传")
    phone.look("read")

    assert Mark.objects.get().way == Mark.Way.SCANNED
    assert Attendance.objects.get().registration == people["丁一"]
    assert phone.complaints == []
