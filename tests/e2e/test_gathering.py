"""A gathering: announced, signed up for on the phone until full, moved up, scanned in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.core.activities.models import Activity, Session
from gonghui.core.attendance.engine.codes import screen_code
from gonghui.core.attendance.models import Attendance
from gonghui.core.signing.models import Registration
from tests.core.sheets.sheet_files import xlsx
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import QuestionFactory

from .conftest import WAIT, _chromium
from .film import film_of
from .visitor import Visitor

TITLE = "职工读书分享会"
NOTICE = "活动现场拍照，照片用于工会宣传。"


@pytest.fixture
def evening(cast) -> Activity:
    """Half an hour from now, so that its doors are open already; two may come."""
    starts_at = timezone.now() + timedelta(minutes=30)
    activity = ActivityFactory(
        org=cast.company, title=TITLE, kind="study", capacity=2, place="职工书屋",
        theme="读一本好书", organiser=cast.frank, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )  # fmt: skip
    SessionFactory(activity=activity, starts_at=starts_at, place="职工书屋")
    return activity


@pytest.fixture
def session(evening) -> Session:
    return evening.sessions.get()


@pytest.fixture
def filmed(browser, live_server, size, tmp_path) -> Iterator[Callable[[str], Visitor]]:
    """``filmed(code)`` is a browser whose camera is held before that code."""
    players = []

    def _filmed(code: str) -> Visitor:
        film = film_of(code, tmp_path / "code.y4m")
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
        players.append(player)
        screen = {"width": size.width, "height": size.height}
        context = player.new_context(viewport=screen, locale="zh-CN", reduced_motion="reduce")
        context.set_default_timeout(WAIT)
        return Visitor(context.new_page(), live_server.url, size, "gathering_camera")

    yield _filmed
    for player in players:
        player.close()


def page_of(activity: Activity) -> str:
    return f"/signing/portal/{activity.pk}/"


def sign_up(visitor: Visitor, activity: Activity) -> None:
    """Two taps: the activity in the list, and the button."""
    visitor.open("/signing/portal/")
    visitor.follow(activity.title)
    visitor.page.get_by_role("button", name=re.compile("^报名(候补)?$")).click()


def test_announced_filled_moved_up_and_scanned_in(enter, evening, session, filmed):
    officer = enter("frank", to=f"/activities/activity/{evening.pk}/")
    officer.follow("发通知")
    officer.press("发通知", inside="#fetched-dialog")
    officer.sees("已通知")
    officer.press("开放报名")
    officer.sees("报名中")
    officer.look("open")

    first, second, third = (enter(name) for name in ("alice", "bob", "grace"))
    first.open("/signing/portal/")
    first.look("list")
    sign_up(first, evening)
    first.sees("您已报名")
    first.look("signed")
    sign_up(second, evening)
    second.sees("您已报名")
    third.open(page_of(evening))
    third.sees("名额已满，现在报名进入候补。")
    third.look("full")
    sign_up(third, evening)
    third.sees("前面还有 0 人")
    third.look("waiting")

    officer.open(f"/signing/activity/{evening.pk}/people/")
    officer.sees("葛瑞", inside="#waiting")
    officer.look("people")
    second.press("退出报名")
    second.press("退出报名", inside="#confirm-dialog")
    second.sees("已退出，名额会让给候补的人。")
    third.open(page_of(evening))
    third.sees("候补转正", inside="#mine")
    third.look("moved-up")
    officer.page.reload()
    officer.sees("候补转正", inside="#signed")

    officer.open(f"/attendance/session/{session.pk}/screen/")
    expect(officer.page.locator(".door_code svg")).to_be_visible()
    officer.look("screen")
    code = screen_code(session.pk, bytes(session.secret), timezone.now())
    third.open(f"/attendance/in/?code={code}")
    third.press("签到")
    third.sees(f"已签到：{TITLE}")
    third.sees("葛瑞已经签到，不能退出。", inside="#mine")
    expect(third.button("退出报名")).to_have_count(0)
    third.look("came")

    ticket = Registration.objects.get(person__name="艾丽").ticket
    door = filmed(ticket)
    door.log_in("frank")
    door.open(f"/attendance/session/{session.pk}/phone/")
    expect(door.page.locator("#door[data-kept]")).to_be_attached()
    door.press("用相机扫")
    expect(door.page.locator("#door-heard")).to_contain_text("艾丽（一分会）已签到。")
    expect(door.page.locator("#door-state")).to_contain_text("全部已上传")
    door.look("scanned")
    came = Attendance.objects.filter(in_at__isnull=False)
    assert sorted(str(one.registration) for one in came) == ["艾丽", "葛瑞"]
    assert door.complaints == []


def test_leader_signs_up_several_and_the_member_fills_in_the_rest(enter, evening, cast):
    Activity.objects.filter(pk=evening.pk).update(
        state="open", capacity=5, consent=NOTICE, outsiders=["family", "retired"],
        companions_allowed=1,
    )  # fmt: skip
    QuestionFactory(
        activity=evening, label="上衣尺码", kind="choice", options=["M", "L"], is_required=True
    )
    leader, member = enter("bob", to=page_of(evening)), enter("alice")
    leader.follow("替本单位的人报名")
    leader.page.get_by_label(re.compile("^人员")).fill("艾丽")
    leader.page.get_by_label(re.compile("^来宾(选填)?$")).fill("刘大妈")
    leader.page.get_by_label(re.compile("^来宾是")).select_option("retired")
    leader.look("form")
    leader.press("报名")
    leader.sees("已为 2 人报名。")
    leader.sees("还没同意须知", inside="#signed")
    leader.sees("退休职工", inside="#signed")
    leader.look("signed")

    member.open(page_of(evening))
    member.sees("鲍博替您报了名", inside="#owes")
    member.look("owes")
    member.page.get_by_label(re.compile("^上衣尺码")).select_option("L")
    member.page.get_by_label("我已阅读并同意以上须知").check()
    member.press("填好了")
    member.sees("已补填。")
    expect(member.page.locator("#owes")).to_have_count(0)
    member.look("filled-in")

    leader.page.reload()
    leader.sees("上衣尺码：L", inside="#signed")
    expect(leader.page.locator("#signed")).not_to_contain_text("还没同意须知")


def test_list_with_strangers_in_it(enter, evening, cast, tmp_path):
    Activity.objects.filter(pk=evening.pk).update(state="open")
    PersonFactory(name="陈晨", org=cast.branch)
    sheet: Path = tmp_path / "名单.xlsx"
    rows = [["姓名", "单位"], ["艾丽", "一分会"], ["陈晨", ""], ["张三", ""], ["鲍博", "二分会"]]
    sheet.write_bytes(xlsx(("名单", rows)))
    leader = enter("bob", to=f"/activities/activity/{evening.pk}/")

    leader.follow("报名名单")
    leader.follow("按 Excel 名单报名")
    leader.sees(TITLE)
    leader.page.get_by_label(re.compile("^哪个单位的人")).fill("一分会")
    leader.page.get_by_label(re.compile("^Excel 或 CSV 文件")).set_input_files(str(sheet))
    leader.look("hand-in")
    leader.press("上传并核对")
    leader.sees("一分会的名册里没有「张三」")
    leader.sees("「鲍博」不在「二分会」，名册上在一分会，请核对。")
    leader.look("checked")
    leader.press("写入")
    leader.press("写入", inside="#confirm-dialog")
    leader.sees("已写入")
    leader.look("written")

    signed = evening.registrations.values_list("person__name", flat=True)
    assert sorted(signed) == ["艾丽", "陈晨"]
