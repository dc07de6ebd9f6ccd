"""The desk counts the same tasks the lists show, and asks no more than it must."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.plans.models import Item, PlanState
from gonghui.apps.plans.queries.desk import READS
from gonghui.apps.plans.queries.tally import tally_of
from gonghui.apps.plans.rules import ITEM_RULES
from gonghui.core.orgs.models import Org
from gonghui.core.screens.place import Place
from tests.cast import Cast
from tests.factories.plans import ItemFactory, OccurrenceFactory, PlanFactory

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.fixture
def year(cast):
    for org in Org.objects.all():
        for state in PlanState:
            ItemFactory(plan=PlanFactory(org=org, state=state), org=org)


@pytest.mark.parametrize("below", [True, False])
@pytest.mark.parametrize("name", ["alice", "bob", "carol", "dave", "erin", "frank", "grace"])
def test_who_reads_plans_at_a_place_sees_all_its_running_tasks(cast: Cast, year, name, below):
    """The desk leaves the rule out where the place says as much: here is the proof."""
    actor = cast.actor(name)
    for org in Org.objects.all():
        if any(actor.can(capability, at=org) for capability in READS):
            tasks = Place(org, below, actor).narrow(Item.objects.running(), "org")
            assert set(ITEM_RULES["view"].narrow(tasks, actor)) == set(tasks)


def tally(cast, *, below=False):
    place = Place(cast.company, below, cast.actor("frank"))
    return tally_of(place, place.narrow(Item.objects.running(), "org"), TODAY, sent=True)


def test_a_repeated_task_stands_on_its_turns_only(cast):
    plan = PlanFactory(org=cast.company, state=PlanState.RUNNING)
    weekly = ItemFactory(plan=plan, org=cast.company, due_on=date(2026, 11, 27))
    for serial, (day, done) in enumerate(((20, None), (27, None), (18, date(2026, 11, 18)))):
        due = date(2026, 11, day)
        OccurrenceFactory(item=weekly, starts_on=due, due_on=due, serial=serial, done_on=done)

    marks = {mark.day.day: (mark.count, mark.is_late) for mark in tally(cast).strip if mark.count}

    assert marks == {18: (1, False), 20: (1, True), 27: (1, False)}


def test_a_task_whose_turn_of_the_month_is_kept_is_still_of_the_month(cast):
    plan = PlanFactory(org=cast.company, state=PlanState.RUNNING)
    kept = ItemFactory(
        plan=plan, org=cast.company, starts_on=date(2026, 12, 1), due_on=date(2026, 12, 31)
    )
    both = ItemFactory(plan=plan, org=cast.company, due_on=date(2026, 11, 30))
    for item in (kept, both):
        OccurrenceFactory(
            item=item, starts_on=date(2026, 11, 1), due_on=date(2026, 11, 10), serial=1
        )

    figures = tally(cast).figures

    assert (figures.month_total, figures.month_left) == (2, 2)


def test_alike_tasks_are_counted_together_and_all_of_them(cast):
    plan = PlanFactory(org=cast.company, state=PlanState.RUNNING)
    ItemFactory.create_batch(5, plan=plan, org=cast.company, due_on=date(2026, 11, 19))
    ItemFactory(plan=plan, org=cast.company, due_on=date(2026, 11, 19), owner=cast.frank)

    figures = tally(cast, below=True).figures

    assert (figures.total, figures.late, figures.ownerless) == (6, 6, 5)


def test_a_tally_costs_three_queries(cast, django_assert_num_queries):
    for number in range(6):
        plan = PlanFactory(org=cast.company, state=PlanState.RUNNING)
        ItemFactory(plan=plan, org=cast.company, due_on=date(2026, 11, 1 + number))

    place = Place(cast.company, below=False, actor=cast.actor("frank"))
    with django_assert_num_queries(3):  # tasks, turns, what was sent
        tally_of(place, place.narrow(Item.objects.running(), "org"), TODAY, sent=True)
