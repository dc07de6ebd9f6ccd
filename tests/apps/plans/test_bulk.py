"""Bringing in much at once: owners, kept turns, plans for many unions."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.plans import actions, api
from gonghui.apps.plans.models import Item, Plan, Progress
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.kit.blocks import plain_blocks
from gonghui.kit.errors import DomainError

TEXT = """2026年工会工作计划
一、学习
1、每季度开展一次读书活动，参加率80%以上；
2、办一次座谈会；
二、活动
1、5月份举办运动会；
"""


@pytest.fixture
def plan(cast) -> Plan:
    frank = cast.actor("frank")
    made = actions.create_plan(
        cast.company,
        title="计划",
        kind="annual",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        by=frank,
    )
    actions.read_into(made, plain_blocks(TEXT), source=TEXT, name="文字", by=frank)
    api.move_plan(made, "submit", by=frank)
    api.move_plan(made, "approve", by=frank, approved_by="全委会", approved_on=date(2026, 1, 5))
    api.move_plan(made, "issue", by=frank)
    return api.move_plan(made, "run", by=frank)


def reading(plan: Plan) -> Item:
    return plan.items.get(text__contains="读书")


def test_owners_of_a_plan_are_set_with_one_entry(cast, plan):
    frank = cast.actor("frank")
    talk = plan.items.get(text__contains="座谈")

    count = api.assign_owners(
        plan, {reading(plan).pk: (frank.person, None), talk.pk: (None, cast.company)}, by=frank
    )

    talk.refresh_from_db()
    assert count == 2
    assert reading(plan).owner == frank.person
    assert (talk.owner, talk.owner_org) == (None, cast.company)
    assert history_of(plan).first().changes == {"count": 2}


def test_turns_brought_in_move_the_task_to_the_next_open_one(cast, plan):
    turns = list(reading(plan).occurrences.all())
    kept = [(turns[0], date(2026, 3, 1), "讲了两本书"), (turns[1], date(2026, 6, 1), "")]

    api.report_turns(reading(plan), kept, by=cast.actor("frank"))

    item = reading(plan)
    assert (item.state, item.due_on) == ("doing", turns[2].due_on)
    assert list(Progress.objects.values_list("text", flat=True)) == ["讲了两本书"]
    assert [entry.verb for entry in history_of(item)] == ["start", "turns"]


def test_the_last_turns_brought_in_finish_the_task(cast, plan):
    kept = [(turn, turn.due_on, "") for turn in reading(plan).occurrences.all()]

    api.report_turns(reading(plan), kept, by=cast.actor("frank"))

    assert (reading(plan).state, reading(plan).finished_on) == ("done", date(2026, 12, 31))


def test_turns_are_refused_twice_and_in_a_closed_plan(cast, plan):
    frank = cast.actor("frank")
    turns = list(reading(plan).occurrences.all())
    api.report_turns(reading(plan), [(turns[0], date(2026, 3, 1), "")], by=frank)

    with pytest.raises(DomainError, match="已经记过"):
        api.report_turns(reading(plan), [(turns[0], date(2026, 3, 2), "")], by=frank)

    api.move_plan(plan, "close", by=frank)
    with pytest.raises(DomainError, match="已总结"):
        api.report_turns(reading(plan), [(turns[1], date(2026, 6, 2), "")], by=frank)


def test_a_plan_is_given_to_many_unions_as_it_stands(cast, plan):
    frank = cast.actor("frank")
    api.report_turns(
        reading(plan), [(reading(plan).occurrences.first(), date(2026, 3, 1), "")], by=frank
    )
    unions = list(Org.objects.exclude(pk=cast.company.pk)[:3])

    count = api.stock_plans(plan, dict.fromkeys(unions, frank.person), by=frank)

    assert count == 3 * plan.items.count()
    for org in unions:
        copy = Plan.objects.get(org=org)
        assert copy.state == "running"
        assert [i.text for i in copy.items.all()] == [i.text for i in plan.items.all()]
        assert {i.parent.plan for i in copy.items.exclude(parent=None)} == {copy}
        assert {i.org for i in copy.items.all()} == {org}
        assert {i.owner for i in copy.items.tasks()} == {frank.person}
        assert reading(copy).targets.get().value == 80
        assert [t.done_on for t in reading(copy).occurrences.all()] == [
            t.done_on for t in reading(plan).occurrences.all()
        ]
    assert history_of(plan).first().verb == "stock"
