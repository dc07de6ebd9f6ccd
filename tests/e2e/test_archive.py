"""The archive on a phone: a book in two taps, a draft without a network, a year frozen."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from gonghui.apps.archive.models import Volume
from gonghui.core.records.engine.proofs import printed
from tests.factories.archive import PieceFactory

from .conftest import PHONE
from .test_door_offline import forgive
from .visitor import Size, Visitor

TEXT = "班前会上每人说一条昨天碰到的问题。"
NO_NETWORK = "没有网络，已存在这台手机上"


@pytest.fixture
def size() -> Size:
    return PHONE


def kept(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator("#kept")).to_contain_text(words)


def write(visitor: Visitor, words: str) -> None:
    """As a hand writes: letter by letter at the end of what stands there."""
    visitor.page.get_by_label("正文").focus()
    visitor.page.keyboard.press("Control+End")
    visitor.page.keyboard.type(words)


def test_archive_of_a_year(enter, cast):
    PieceFactory(person=cast.bob, title="平凡的世界", author="路遥")
    alice = enter("alice", to="/archive/my/")
    alice.look("empty")
    alice.page.get_by_label("书名或书号").fill("平凡")
    expect(alice.page.locator("#titles option")).to_have_count(1)
    alice.page.get_by_label("书名或书号").fill("平凡的世界")
    alice.press("记一本书")
    alice.sees("《平凡的世界》已记入")

    alice.press("写心得")
    alice.fill_in("题目", "十分钟班前会")
    write(alice, TEXT)
    kept(alice, "已保存")
    alice.look("writing")
    alice.page.get_by_label("全会的人").check()
    alice.press("记入档案")
    alice.sees("已记入档案")
    alice.look("home")
    alice.follow("十分钟班前会")
    alice.look("reading")

    bob = enter("bob", to="/archive/space/")
    bob.follow("十分钟班前会")
    bob.press("有收获，谢谢")
    bob.sees("1 人说有收获")
    bob.page.get_by_label("评论").fill("我们班也试试")
    bob.press("评论")
    bob.sees("我们班也试试")
    bob.look("space")

    alice.open("/archive/my/years/")
    alice.press("封存")
    alice.sees("已封存，编号")
    alice.look("frozen")
    stranger = enter()
    stranger.open("/archive/check/")
    stranger.fill_in("档案编号", printed(Volume.objects.get().code))
    stranger.press("核对")
    stranger.sees("系统里保存的原件完好")
    stranger.sees("艾丽")
    expect(stranger.page.locator("main")).not_to_contain_text("十分钟班前会")
    stranger.look("checked")


def test_archive_draft_without_a_network(enter, cast):
    """Typed without a network, the browser closed, another device in between: nothing is lost."""
    piece = PieceFactory(person=cast.alice, kind="reflection", state="draft", title="", text="")
    address = f"/archive/my/{piece.pk}/"
    phone = enter("alice", to=address)
    context: BrowserContext = phone.page.context
    phone.fill_in("题目", "十分钟班前会")
    write(phone, "在线写的一句。")
    kept(phone, "已保存")

    context.set_offline(True)
    write(phone, "没有网络写的一句。")
    kept(phone, NO_NETWORK)
    phone.look("offline")
    piece.refresh_from_db()
    assert piece.text == "在线写的一句。"
    context.set_offline(False)
    kept(phone, "已保存")
    piece.refresh_from_db()
    assert piece.text == "在线写的一句。没有网络写的一句。"

    context.set_offline(True)
    write(phone, "又断了。")
    kept(phone, NO_NETWORK)
    phone.page.close()
    other = enter("alice", to=address)
    write(other, "在电脑上写的。")
    kept(other, "已保存")
    context.set_offline(False)
    phone.page = context.new_page()
    phone.__post_init__()
    loads: list[Page] = []
    phone.page.on("load", lambda page: loads.append(page))
    phone.open("/archive/my/")
    for _ in range(300):  # what the phone had kept arrives, and the page is read anew
        if len(loads) > 1:
            break
        phone.page.wait_for_timeout(100)
    phone.open(address)

    phone.sees("另存的内容")
    phone.look("aside")
    forgive(phone)
    phone.complaints[:] = [one for one in phone.complaints if "htmx:" not in one]
    piece.refresh_from_db()
    assert piece.text.endswith("在电脑上写的。")
    assert piece.aside.endswith("没有网络写的一句。又断了。")
    phone.press("接在正文后面")
    expect(phone.page.get_by_label("正文")).to_have_value(
        f"{piece.text}\n\n{piece.aside}", timeout=15_000
    )


def test_archive_kept_on_leaving(enter, cast):
    """Gone before the seconds were over: the last words arrive all the same."""
    piece = PieceFactory(person=cast.alice, kind="note", state="draft", title="笔记", text="")
    phone = enter("alice", to=f"/archive/my/{piece.pk}/")
    write(phone, "最后一句")
    phone.page.goto(f"{phone.address}/archive/my/")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("我的学习档案")
    for _ in range(150):  # by the beacon, or by the copy that the next page sends
        piece.refresh_from_db()
        if piece.text:
            break
        phone.page.wait_for_timeout(100)
    assert (piece.text, piece.aside) == ("最后一句", "")


def test_archive_typed_before_the_page_was_ready(enter, cast):
    """A hand quicker than the scripts of the page: what it wrote is kept too."""
    piece = PieceFactory(person=cast.alice, kind="note", state="draft", title="笔记", text="")
    phone = enter("alice", to="/archive/my/")

    def slowly(route: Route) -> None:
        phone.page.get_by_label("正文").fill("抢先写的一句")
        route.continue_()

    phone.page.route("**/archive/draft*.js", slowly)
    phone.open(f"/archive/my/{piece.pk}/")
    kept(phone, "已保存")
    piece.refresh_from_db()
    assert (piece.text, piece.aside) == ("抢先写的一句", "")
