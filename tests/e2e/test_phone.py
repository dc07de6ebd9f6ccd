"""Who only reads sees how things stand at one look; a member sees their own task and reports."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.apps.plans.models import Item, Plan
from tests.factories.plans import ItemFactory, PlanFactory, TargetFactory

TASK = "整理职工书屋"


@pytest.fixture
def plan(cast) -> Plan:
    """The company's running year: one task done, one late, one due soon."""
    today = timezone.localdate()
    plan = PlanFactory(
        org=cast.company,
        title="公司工会年度计划",
        state="running",
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year, 12, 31),
    )
    section = ItemFactory(
        org=cast.company, plan=plan, position=1, depth=0, kind="section", text="学习"
    )
    rest = {"org": cast.company, "plan": plan, "parent": section, "depth": 1}
    ItemFactory(text="慰问困难职工", state="done", finished_on=today, due_on=today, **rest)
    late = ItemFactory(text="开展安全检查", due_on=today - timedelta(days=1), **rest)
    TargetFactory(item=late)
    ItemFactory(text="举办职工读书会", due_on=today + timedelta(days=3), **rest)
    return plan


@pytest.fixture
def own_task(cast, plan) -> Item:
    due_on = timezone.localdate() + timedelta(days=2)
    return ItemFactory(org=cast.company, plan=plan, text=TASK, owner=cast.alice, due_on=due_on)


def test_leader_reads_how_things_stand(enter, plan):
    leader = enter("grace")
    expect(leader.page.locator(".figures")).to_be_in_viewport()
    leader.sees("逾期", inside=".figures")
    leader.look("home")

    leader.open(f"/plans/plan/{plan.pk}/")
    leader.sees("开展安全检查")
    expect(leader.page.locator("main form[method=post]")).to_have_count(0)
    leader.look("plan")


def test_member_reports_on_their_own_task(enter, own_task):
    member = enter("alice")
    member.sees(TASK, inside="#tasks")
    member.look("home")

    member.follow(f"报进展：{TASK}")
    member.fill_in("做了什么", "上架新书 60 册。")
    member.look("task")
    member.press("记下")

    member.sees("已记下，计划里看得到。")
    member.sees("上架新书 60 册。", inside="#notes")
    own_task.refresh_from_db()
    assert own_task.state == "doing"
