"""Working from a plan: turns, figures, putting off, and two people at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gonghui.apps.plans import actions, api
from gonghui.apps.plans.actions.items import span_of
from gonghui.apps.plans.flow import LIFE
from gonghui.apps.plans.models import Item, Plan, Target
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.core.search.models import SearchCard
from gonghui.kit.blocks import plain_blocks
from gonghui.kit.errors import DomainError
from tests.factories.plans import DraftFactory, PlanFactory

TEXT = """2026年工会工作计划
一、1月份
1、举办协会活动，每星期一期；
2、办一次座谈会；
二、全年
1、每季度开展一次检查；
2、争取80%以上的职工参加读书；
3、做好日常工作；
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
    LIFE.perform(made, "submit", by=frank)
    LIFE.perform(made, "approve", by=frank, approved_by="全委会", approved_on=date(2026, 1, 5))
    LIFE.perform(made, "issue", by=frank)
    return LIFE.perform(made, "run", by=frank)


def task(plan: Plan, words: str) -> Item:
    return plan.items.get(text__contains=words)


def test_weekly_task_has_a_turn_for_each_week_of_its_month(plan):
    turns = task(plan, "协会活动").occurrences.all()

    # January 2026 has five Thursdays.
    assert [turn.due_on for turn in turns] == [date(2026, 1, d) for d in (4, 11, 18, 25)] + [
        date(2026, 2, 1)
    ]


def test_child_inherits_the_month_and_a_plain_one_stays_undated(plan):
    assert task(plan, "座谈会").due_on == date(2026, 1, 31)
    assert task(plan, "日常工作").due_on is None


def test_term_plan_counts_january_as_the_next_year():
    plan = Plan(starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31))

    assert span_of(plan, [9], None) == (date(2026, 9, 1), date(2026, 9, 30))
    assert span_of(plan, [1], None) == (date(2027, 1, 1), date(2027, 1, 31))
    assert span_of(plan, [], "01-15") == (None, date(2027, 1, 15))


def test_what_december_gets_ready_for_the_new_year_is_due_in_december(cast):
    plan = PlanFactory(org=cast.company)

    assert span_of(plan, [12], "01-01") == (date(2026, 12, 1), date(2026, 12, 31))
    assert span_of(plan, [11, 12], "spring-festival")[1] == date(2026, 12, 31)
    assert span_of(plan, [1], "01-10") == (date(2026, 1, 1), date(2026, 1, 10))
    assert span_of(plan, [3], "02-10") == (None, date(2026, 2, 10))
    assert span_of(plan, [], None) == (None, None)


def test_keeping_turns_moves_the_due_day_and_the_last_one_finishes(cast, plan):
    item, frank = task(plan, "每季度"), cast.actor("frank")
    turns = list(item.occurrences.all())

    for turn in turns[:3]:
        api.report_turn(turn, on=turn.due_on, text="已检查", by=frank)
    item.refresh_from_db()
    before_last = (item.state, item.due_on)
    api.report_turn(turns[3], on=date(2026, 11, 20), text="已检查", by=frank)

    item.refresh_from_db()
    assert before_last == ("doing", date(2026, 12, 31))
    assert (item.state, item.finished_on) == ("done", date(2026, 11, 20))
    assert item.progress_notes.count() == 4


def test_turn_is_kept_once(cast, plan):
    turn = task(plan, "每季度").occurrences.first()
    actions.keep_turn(turn, on=date(2026, 3, 1), text="好", by=cast.actor("frank"))

    with pytest.raises(DomainError, match="已在"):
        actions.keep_turn(turn, on=date(2026, 3, 2), text="又好", by=cast.actor("frank"))


def test_actual_is_unknown_until_typed_and_never_zero(cast, plan):
    target = Target.objects.get(item=task(plan, "读书"))
    assert (target.actual, target.is_met) == (None, None)

    actions.set_actual(target, value=Decimal("79.9"), on=date(2026, 6, 1), by=cast.actor("frank"))
    assert target.is_met is False
    actions.set_actual(target, value=Decimal("80"), on=date(2026, 7, 1), by=cast.actor("frank"))

    assert target.is_met is True  # 以上 includes the number itself (民法典 第1259条)


def test_put_off_moves_the_days_and_keeps_the_reason(cast, plan):
    item = task(plan, "座谈会")

    api.move_task(
        item, "put_off", by=cast.actor("frank"), month=date(2026, 12, 1), reason="场地未定"
    )

    item.refresh_from_db()
    assert (item.state, item.due_on, item.reason) == ("put_off", date(2026, 12, 31), "场地未定")
    assert history_of(item).first().changes["reason"] == "场地未定"


def test_owner_may_finish_but_not_drop(cast, plan):
    item = task(plan, "座谈会")
    actions.assign(item, owner=cast.alice, owner_org=None, by=cast.actor("frank"))

    with pytest.raises(Refused):
        api.move_task(item, "drop", by=cast.actor("alice"), reason="不想办")
    api.move_task(item, "finish", by=cast.actor("alice"), on=date(2026, 1, 20), note="开了")

    item.refresh_from_db()
    assert item.state == "done"


@pytest.mark.parametrize("name", ["alice", "grace", "dave", "mallory"])
def test_strangers_and_readers_do_not_work_on_it(cast, plan, name):
    with pytest.raises(Refused):
        api.move_task(task(plan, "座谈会"), "start", by=cast.actor(name))


def test_closed_plan_takes_no_progress(cast, plan):
    item = task(plan, "座谈会")
    LIFE.perform(plan, "close", by=cast.actor("frank"), closing="")

    with pytest.raises(DomainError, match="不能记进展"):
        api.report_progress(item, on=date(2026, 1, 2), text="好", by=cast.actor("frank"))


def test_an_outline_drawn_again_leaves_no_card_of_what_is_gone(cast):
    by = cast.actor("frank")
    draft = DraftFactory(plan=PlanFactory(org=cast.company), source=TEXT)
    actions.save_outline(draft.plan, by=by)
    before = set(draft.plan.items.values_list("pk", flat=True))

    actions.save_outline(draft.plan, by=by)

    cards = set(SearchCard.objects.filter(kind="plans.item").values_list("object_id", flat=True))
    assert cards & before == set()
    assert cards == set(draft.plan.items.tasks().values_list("pk", flat=True))
