"""The year's summary and the month's brief are downloaded and opened as Word files."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document

from gonghui.apps.plans.models import Plan
from tests.factories.plans import ItemFactory, PlanFactory, ProgressFactory, TargetFactory

from .visitor import Visitor


@pytest.fixture
def plan(cast) -> Plan:
    """A running plan with one task done and told of, and one that still lacks its figure."""
    today = timezone.localdate()
    plan = PlanFactory(
        org=cast.company,
        title="公司工会年度计划",
        state="running",
        starts_on=today.replace(month=1, day=1),
        ends_on=today.replace(month=12, day=31),
    )
    section = ItemFactory(org=cast.company, plan=plan, kind="section", text="学习", position=1)
    rest = {"org": cast.company, "plan": plan, "parent": section, "depth": 1}
    done = ItemFactory(text="举办职工读书会", state="done", finished_on=today, **rest)
    ProgressFactory(item=done, on=today, text="读书会来了 210 人。", by=cast.frank)
    TargetFactory(item=ItemFactory(text="组织职工体检", due_on=today, **rest))
    return plan


def fetch(officer: Visitor, door: str) -> str:
    """Every word of the Word file behind a door of the plan's menu."""
    officer.page.locator("main").get_by_text("更多", exact=True).click()
    officer.follow(door)
    officer.look(door)
    with officer.page.expect_download() as given:
        officer.page.get_by_role("button", name="写成 Word").click()
    assert Path(given.value.suggested_filename).suffix == ".docx"
    paper = Document(str(given.value.path()))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([line.text for line in paper.paragraphs] + cells)


def test_summary_and_brief_open_in_word(enter, plan):
    officer = enter("frank", to=f"/plans/plan/{plan.pk}/")
    officer.look("plan")

    summary = fetch(officer, "写总结")
    officer.page.goto(officer.page.url.replace("summary/", ""))
    brief = fetch(officer, "月度简报")

    for paper in (summary, brief):
        assert "举办职工读书会" in paper
        assert "读书会来了 210 人" in paper
    assert "组织职工体检" in summary
    assert "待填" in summary
