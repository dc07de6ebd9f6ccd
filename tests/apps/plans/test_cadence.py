"""A task's cadence changed after planting: what was kept stays, the rest is made anew."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from gonghui.apps.plans.actions.cadence import change_cadence
from gonghui.apps.plans.actions.items import keep_turn, note_progress
from gonghui.apps.plans.models import Item
from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import history_of
from gonghui.kit.errors import DomainError
from tests.factories.plans import ItemFactory, make_plan

MONTHLY = [{"unit": "month", "min": 1, "max": 1}]
QUARTERLY = [{"unit": "quarter", "min": 1, "max": 1}]


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-10T10:00:00+08:00"):
        yield


@pytest.fixture
def task(cast):
    """Quarterly, the first quarter kept and the second noted upon."""
    plan = make_plan(cast.company, tasks=1, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    task = ItemFactory(org=cast.company, plan=plan, position=50, text="走访班组")
    change_cadence(task, every=QUARTERLY, by=Actor(cast.frank))
    first, second = task.occurrences.order_by("due_on")[:2]
    keep_turn(first, on=date(2026, 3, 20), text="走访了", by=Actor(cast.frank))
    note_progress(
        task, on=date(2026, 6, 1), text="走了一半", by=Actor(cast.frank), occurrence=second
    )
    return Item.objects.get(pk=task.pk)


def due_days(task) -> list[tuple[int, int]]:
    return [(t.due_on.month, t.due_on.day) for t in task.occurrences.order_by("due_on", "serial")]


def address(task) -> str:
    return reverse("plans:item-cadence", args=[task.pk])


def test_officer_changes_a_cadence_and_what_was_done_counts(cast, task):
    response = cast.client("frank").post(address(task), {"unit": "month", "times": "1"})

    task.refresh_from_db()
    assert response.status_code == 302
    assert due_days(task) == [(3, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 30),
                              (12, 31)]  # fmt: skip
    assert task.occurrences.get(due_on=date(2026, 3, 31)).done_on == date(2026, 3, 20)
    assert (task.starts_on, task.due_on) == (date(2026, 4, 1), date(2026, 6, 30))
    assert task.every == MONTHLY


def test_change_of_cadence_is_one_entry_in_words(cast, task):
    cast.client("frank").post(address(task), {"unit": "month", "times": "2"})

    entry = history_of(task).first()
    assert entry.verb == "cadence"
    assert entry.changes == {"every": ["每季度 1 次", "每月 2 次"]}
    assert (
        "改周期"
        in cast.client("frank").get(reverse("plans:item-detail", args=[task.pk])).content.decode()
    )


def test_more_times_in_the_same_period_add_what_is_missing(cast, task):
    change_cadence(task, every=[{"unit": "quarter", "min": 2, "max": 2}], by=Actor(cast.frank))

    assert due_days(task) == [(3, 31), (3, 31), (6, 30), (6, 30), (9, 30), (9, 30), (12, 31),
                              (12, 31)]  # fmt: skip


def test_a_task_that_no_longer_repeats_keeps_what_was_done(cast, task):
    cast.client("frank").post(address(task), {"unit": "", "times": ""})

    task.refresh_from_db()
    assert due_days(task) == [(3, 31), (6, 30)]
    assert task.every == []


def test_every_second_year_counts_from_the_plan(cast, task):
    change_cadence(task, every=[{"unit": "2years", "min": 1, "max": 1}], by=Actor(cast.frank))

    task.refresh_from_db()
    assert task.since_year == 2026


def test_a_cadence_falls_into_the_months_of_the_heading_above(cast):
    plan = make_plan(cast.company, tasks=0, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    head = plan.items.first()
    Item.objects.filter(pk=head.pk).update(months=[4, 9])
    task = ItemFactory(org=cast.company, plan=plan, parent=head, position=50)

    change_cadence(task, every=MONTHLY, by=Actor(cast.frank))

    assert due_days(task) == [(4, 30), (9, 30)]


def test_what_was_put_off_stays_in_its_month(cast, task):
    Item.objects.filter(pk=task.pk).update(state="put_off", due_on=date(2026, 10, 31))

    change_cadence(task, every=MONTHLY, by=Actor(cast.frank))

    task.refresh_from_db()
    assert task.due_on == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"every": QUARTERLY}, "周期没有变化"),
        ({"kind": "section"}, "只有任务才有周期"),
        ({"state": "done"}, "请先点“重新办”"),
    ],
)
def test_what_cannot_change_says_why(cast, task, fields, sentence):
    Item.objects.filter(pk=task.pk).update(**fields)
    wanted = QUARTERLY if "every" in fields else MONTHLY

    with pytest.raises(DomainError, match=sentence):
        change_cadence(task, every=wanted, by=Actor(cast.frank))


def test_a_wrong_answer_comes_back_with_what_is_wrong(cast, task):
    client = cast.client("frank")

    same = client.post(address(task), {"unit": "quarter", "times": "1"})
    wrong = client.post(address(task), {"unit": "month", "times": "99"})

    assert (same.status_code, wrong.status_code) == (422, 422)
    assert "周期没有变化" in same.content.decode()
    assert due_days(task) == [(3, 31), (6, 30), (9, 30), (12, 31)]


def test_a_strange_period_is_offered_as_it_is(cast, task):
    Item.objects.filter(pk=task.pk).update(every=[{"unit": "3years", "min": 1, "max": 1}])

    page = cast.client("frank").get(address(task)).content.decode()

    assert '<option value="3years" selected>每三年</option>' in page


@pytest.mark.parametrize("name", ["alice", "mallory", "dave"])
def test_nobody_else_changes_a_cadence(cast, task, name):
    assert cast.client(name).post(address(task), {"unit": "month"}).status_code == 404
    assert due_days(task) == [(3, 31), (6, 30), (9, 30), (12, 31)]


@pytest.mark.parametrize(
    ("text", "every", "days"),
    [
        ("每月10日前报送信息", ("month", 1), [(7, 10), (8, 10)]),
        ("每月5日、20日各公示一次", ("month", 2), [(7, 5), (7, 20)]),
        ("每季度末月25日前公示", ("quarter", 1), [(9, 25), (12, 25)]),
        ("每季度末25日前报送", ("quarter", 1), [(9, 25), (12, 25)]),
        ("每月三十一日盘点", ("month", 1), [(7, 31), (8, 31), (9, 30)]),
        ("每周五下午集体学习", ("week", 1), [(7, 3), (7, 10), (7, 17)]),
        (
            "每周一集体学习",
            ("week", 1),
            [(7, 5), (7, 6), (7, 13)],
        ),  # the plan begins on a Wednesday
        ("每周二、四开放书屋", ("week", 2), [(7, 2), (7, 5), (7, 7), (7, 9)]),
        ("每周一学", ("week", 1), [(7, 5), (7, 12)]),
        ("每周三次练兵", ("week", 3), [(7, 5), (7, 5), (7, 5)]),
        ("每月10日前报送信息", ("quarter", 1), [(9, 30), (12, 31)]),
    ],
)
def test_a_turn_is_due_on_the_day_the_words_name(cast, text, every, days):
    plan = make_plan(cast.company, tasks=1, starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31))
    task = ItemFactory(org=cast.company, plan=plan, position=50, text=text)
    unit, times = every

    change_cadence(task, every=[{"unit": unit, "min": times, "max": times}], by=Actor(cast.frank))

    assert due_days(task)[: len(days)] == days


def test_a_day_outside_the_months_that_are_named_dates_nothing(cast):
    plan = make_plan(cast.company, tasks=1, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    text = "每季度首月10日前上报"
    task = ItemFactory(org=cast.company, plan=plan, position=50, text=text, months=[11, 12])

    change_cadence(task, every=QUARTERLY, by=Actor(cast.frank))

    assert due_days(task) == [(12, 31)]
