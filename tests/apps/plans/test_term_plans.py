"""A plan over several years: each task stands in the year its words name."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.plans import actions
from gonghui.apps.plans.models import Draft, Plan
from gonghui.core.access.actor import Actor
from gonghui.kit.blocks import plain_blocks
from tests.apps.plans.test_plans import walk

TEXT = """三年行动计划（2026—2028年）
一、主要任务
1、2027年6月底前建成职工书屋；
2、2028年10月至12月总结验收；
3、3月份召开职代会；
4、2026年4月至2028年9月全面实施。
"""


def plan_of(by: Actor, org: object, starts_on: date, ends_on: date, text: str) -> Plan:
    made = actions.create_plan(
        org, title="计划", kind="annual", starts_on=starts_on, ends_on=ends_on, by=by
    )
    actions.read_into(made, plain_blocks(text), source=text, name="文字", by=by)
    return made


@pytest.fixture
def plan(cast) -> Plan:
    frank = cast.actor("frank")
    made = plan_of(frank, cast.company, date(2026, 1, 1), date(2028, 12, 31), TEXT)
    return walk(made, cast, "submit", "approve", "issue", "run")


def test_tasks_stand_in_the_years_they_name(plan):
    spans = [(item.starts_on, item.due_on) for item in plan.items.tasks()]

    assert spans == [
        (None, date(2027, 6, 30)),
        (date(2028, 10, 1), date(2028, 12, 31)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (None, date(2028, 9, 30)),
    ]


def test_the_next_plan_takes_the_day_without_the_year(plan, cast):
    frank = cast.actor("frank")
    copy = actions.copy_plan(
        plan, title="下一个", starts_on=date(2029, 1, 1), ends_on=date(2031, 12, 31), by=frank
    )

    assert [row["due"] for row in Draft.objects.get(plan=copy).outline["nodes"]][1:] == [
        "06-30", "12-31", None, "09-30",
    ]  # fmt: skip
