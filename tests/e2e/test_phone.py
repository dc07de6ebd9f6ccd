"""Who only reads sees how things stand at one look; a member sees their own task and reports."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.apps.plans.models import Item, Plan
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditFactory
from tests.factories.learning import StudyItemFactory, StudyRuleFactory
from tests.factories.plans import ItemFactory, PlanFactory, TargetFactory
from tests.factories.signing import RegistrationFactory

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


@pytest.fixture
def life(cast) -> None:
    """Something today the member goes to, something to join, something asked by a rule."""
    now = timezone.now()
    later = {"starts_at": now + timedelta(days=5), "ends_at": now + timedelta(days=5, hours=2)}
    about = {"org": cast.company, "state": "open"}
    on = ActivityFactory(
        title="班组长学习交流会", place="三号会议室", starts_at=now,
        ends_at=now + timedelta(hours=2), **about,
    )  # fmt: skip
    RegistrationFactory(activity=on, person=cast.alice)
    ActivityFactory(title="秋季职工运动会 · 拔河", place="厂体育场", **about, **later)
    rule = StudyRuleFactory(org=cast.company)
    for label, kind, least in (("读书", "book", 1), ("笔记", "note", 4), ("学时", "course", 60)):
        StudyItemFactory(rule=rule, label=label, kinds=[kind], least=Decimal(least), every="year")
    CreditFactory(person=cast.alice, kind="note", unit="piece", amount=3)


def test_member_reports_on_their_own_task(enter, own_task, life):
    member = enter("alice")
    member.sees(TASK, inside="#tasks")
    member.sees("笔记 3 / 4", inside="#study")
    member.sees("拔河", inside="#offers")
    expect(member.page.locator("#on").get_by_role("link", name="扫码签到")).to_be_visible()
    member.look("home")

    member.follow(f"报进展：{TASK}")
    member.fill_in("做了什么", "上架新书 60 册。")
    member.look("task")
    member.press("记下")

    member.sees("已记下，计划里看得到。")
    member.sees("上架新书 60 册。", inside="#notes")
    own_task.refresh_from_db()
    assert own_task.state == "doing"
