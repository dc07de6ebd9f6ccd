"""A task goes down to a unit, comes back as a report, and is closed by who sent it."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from gonghui.apps.plans.models import Directive, Item
from tests.factories.plans import ItemFactory, PlanFactory

TASK = "开展“安康杯”劳动竞赛"
REPORT = "举办两场竞赛，86 人参加。"


@pytest.fixture
def task(cast) -> Item:
    """A task of the city's running plan; the company has a running plan of its own."""
    own = PlanFactory(org=cast.company, title="公司工会年度计划", state="running")
    ItemFactory(org=cast.company, plan=own, text="办好职工书屋")
    plan = PlanFactory(org=cast.city, title="市总工会年度计划", state="running")
    return ItemFactory(org=cast.city, plan=plan, text=TASK, due_on=date(2099, 12, 10))


def test_task_goes_down_and_its_report_comes_back(enter, task):
    sender, unit = enter("carol", to=f"/plans/item/{task.pk}/"), enter("frank")
    sender.follow("下达给下级")
    sender.page.get_by_label("安澜机械公司工会").check()
    sender.fill_in("要求", "按季度上报")
    sender.look("send")
    sender.press("下达")
    sender.sees("已下达给 1 个单位")

    unit.open("/")
    unit.look("desk")
    unit.open("/plans/directive/")
    unit.look("received")
    unit.follow(TASK)
    unit.sees("按季度上报")
    unit.follow("接收")
    unit.look("accepting")
    unit.press("接收", inside="#fetched-dialog")
    unit.follow("上报")
    unit.page.get_by_label("办理情况").fill(REPORT)
    unit.press("上报", inside="#fetched-dialog")
    unit.sees(REPORT)
    unit.look("reported")

    sender.open("/plans/directive/sent/")
    sender.look("sent")
    sender.follow(TASK)
    sender.sees("待办结")
    sender.look("follow-up")
    sender.follow("安澜机械公司工会")
    sender.sees(REPORT)
    sender.press("办结")
    expect(sender.button("办结")).to_have_count(0)
    sender.look("finished")
    assert Directive.objects.get().state == "finished"
