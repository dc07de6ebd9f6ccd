"""An officer's year begins: a Word plan is read, corrected, approved and worked from."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from gonghui.apps.plans.models import Draft, Plan

from .papers import CHECKS, CONTEST, MATCH, READING, TITLE, word_plan
from .visitor import Visitor


@pytest.fixture
def paper(tmp_path) -> Path:
    return word_plan(tmp_path / "plan.docx")


def upload(officer: Visitor, paper: Path) -> None:
    officer.page.get_by_label("计划文件").set_input_files(paper)
    officer.press("读入并核对")
    officer.headed("核对读到的计划")


def line(officer: Visitor, words: str) -> Locator:
    """The line of the tree that says so."""
    return officer.page.locator("[data-lines] > li", has_text=words.rstrip("；"))


def test_plan_on_paper_becomes_a_plan_that_runs(enter, paper):
    officer = enter("frank")
    officer.look("new-desk")
    officer.follow("上传今年的计划")
    officer.look("begin")

    upload(officer, paper)
    correct(officer)
    officer.look("corrected")
    officer.press("存为草稿")
    officer.headed(TITLE)
    officer.look("draft")

    approve(officer)
    officer.follow("月历")
    officer.sees(CHECKS.rstrip("；"))
    officer.look("month")


def correct(officer: Visitor) -> None:
    """Doubts first, then a line in and out again, then who is answerable."""
    page = officer.page
    expect(line(officer, READING)).to_contain_text("3 月")
    expect(line(officer, "慰问困难职工")).to_contain_text("生活委员")
    officer.look("review")

    page.locator("[data-next-doubt]").click()
    doubtful = page.locator("[data-lines] > li.now")
    expect(doubtful).to_contain_text(CONTEST.rstrip("；"))
    doubtful.get_by_label("缺少的数字或名称").fill("6")
    doubtful.get_by_role("button", name="填上").click()
    officer.sees("没有拿不准的地方了")

    match = line(officer, MATCH)
    expect(line(officer, "共有6个车间").locator(".line_text")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(match.locator(".line_text")).to_be_focused()
    expect(match).to_have_attribute("data-depth", "1")
    page.keyboard.press("Shift+Tab")
    expect(match).to_have_attribute("data-depth", "0")
    page.keyboard.press("Control+z")
    expect(match).to_have_attribute("data-depth", "1")

    expect(match.locator(".line_text")).to_be_focused()
    page.keyboard.press("o")
    match.get_by_label("谁负责").fill("方兰")
    officer.look("panel")
    page.keyboard.press("Control+s")
    expect(match.locator(".line_chips")).to_contain_text("方兰")


def approve(officer: Visitor) -> None:
    """From 送审 to 执行, each step where the plan's page offers it."""
    officer.press("送审")
    officer.sees("待审")
    officer.follow("通过")
    dialog = officer.page.locator("#fetched-dialog")
    dialog.get_by_label("通过会议").fill("第五届第九次全委会")
    officer.look("approving")
    dialog.get_by_role("button", name="通过").click()
    officer.sees("第五届第九次全委会")
    officer.press("印发")
    officer.press("开始执行")
    expect(officer.button("开始执行")).to_have_count(0)
    officer.look("running")


@pytest.mark.parametrize("scripts", [False])
def test_plan_is_read_and_submitted_without_scripts(enter, paper, scripts):
    officer = enter("frank", to="/plans/plan/new/")
    upload(officer, paper)
    officer.look("review")

    line(officer, MATCH).locator(".line_text").click()
    panel = officer.page.locator("[data-panel]")
    panel.get_by_label("谁负责").fill("方兰")
    officer.look("panel")
    panel.get_by_role("button", name="保存").click()
    expect(line(officer, MATCH)).to_contain_text("方兰")
    officer.press("存为草稿")
    officer.press("送审")

    officer.sees("待审")
    assert Plan.objects.get().state == "submitted"
    assert Draft.objects.get().revision > 1


def test_the_keys_of_the_review_answer_from_a_fresh_page(enter, paper):
    officer = enter("frank", to="/plans/plan/new/")
    upload(officer, paper)
    page = officer.page
    now = page.locator("[data-lines] > li.now")
    text = now.locator(".line_text")
    if officer.size.name == "phone":
        expect(page.locator(".line_text:focus")).to_have_count(0)  # nothing jumps under a finger
        return
    expect(text).to_be_focused()
    page.reload()
    expect(text).to_be_focused()
    page.keyboard.press("j")
    expect(text).to_be_focused()
    page.reload()
    page.keyboard.press("n")
    expect(now).to_contain_text(CONTEST.rstrip("；"))

    page.get_by_role("button", name="按键").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="按键").focus()
    page.keyboard.press("n")
    expect(text).to_be_focused()


def test_tab_alone_comes_to_a_line_and_goes_on(enter, paper):
    officer = enter("frank", to="/plans/plan/new/")
    upload(officer, paper)
    page = officer.page
    page.get_by_role("button", name="缩进").focus()
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.append(page.locator(".line_text:focus").count())
        if stops[-1]:
            break
    assert stops[-1], "thirty steps and no line"
    page.keyboard.press("Tab")
    expect(page.locator(".line_text:focus")).to_have_count(0)
