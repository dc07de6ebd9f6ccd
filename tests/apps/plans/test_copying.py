"""Last year's plan as a start, and the rhythm that leaves years out."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gonghui.apps.plans import actions
from gonghui.apps.plans.engine.outlining import outline_from_json
from gonghui.apps.plans.flow import LIFE
from gonghui.apps.plans.models import Draft, Plan
from gonghui.kit.blocks import plain_blocks
from tests.factories.organisation import PersonFactory
from tests.factories.plans import DraftFactory, PlanFactory

TEXT = """2026年工会工作计划
一、学习创争
1、3月底前组织读书活动，80%以上的班组参加；
2、每月举办一次技术讲座；
二、9月份
1、每两年组织一次女职工体检；
2、每年10月15日前走访困难职工；
"""
NEXT = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}


def make(cast, starts: date, ends: date) -> Plan:
    frank = cast.actor("frank")
    plan = actions.create_plan(
        cast.company, title="计划", kind="annual", starts_on=starts, ends_on=ends, by=frank
    )
    actions.read_into(plan, plain_blocks(TEXT), source=TEXT, name="文字", by=frank)
    return plan


@pytest.fixture
def plan(cast) -> Plan:
    made = make(cast, date(2026, 1, 1), date(2026, 12, 31))
    frank = cast.actor("frank")
    LIFE.perform(made, "submit", by=frank)
    LIFE.perform(made, "approve", by=frank, approved_by="全委会", approved_on=date(2026, 1, 5))
    LIFE.perform(made, "issue", by=frank)
    return LIFE.perform(made, "run", by=frank)


def copied(cast, plan: Plan, **years) -> Plan:
    return actions.copy_plan(plan, title="新计划", by=cast.actor("frank"), **{**NEXT, **years})


def line(plan: Plan, words: str):
    return plan.items.get(text__contains=words)


def nodes_of(plan: Plan):
    return outline_from_json(Draft.objects.get(plan=plan).outline).nodes


def begin(client, **said):
    form = {"kind": "annual", "starts_on": "2027-01-01", "ends_on": "2027-12-31", **said}
    return client.post(reverse("plans:plan-create"), form)


def test_last_years_plan_is_copied_without_its_results(cast, plan):
    line(plan, "读书活动").progress_notes.create(on=date(2026, 3, 1), text="办了")

    copy = copied(cast, plan)
    LIFE.perform(copy, "submit", by=cast.actor("frank"))

    assert copy.items.count() == plan.items.count() == 6
    assert line(copy, "读书活动").due_on == date(2027, 3, 31)
    assert line(copy, "技术讲座").occurrences.count() == 12
    assert copy.copied_from == plan
    assert not copy.items.exclude(state="not_started").exists()
    assert not copy.items.exclude(progress_notes=None).exists()


def test_yearly_task_is_due_when_the_plan_says(plan):
    checkup, visit = line(plan, "体检"), line(plan, "困难职工")

    assert (checkup.starts_on, checkup.due_on) == (date(2026, 9, 1), date(2026, 9, 30))
    assert visit.occurrences.get().due_on == visit.due_on == date(2026, 10, 15)


def test_every_second_year_skips_within_a_plan_of_several_years(cast):
    plan = make(cast, date(2026, 1, 1), date(2030, 12, 31))
    actions.save_outline(plan, by=cast.actor("frank"))

    turns = line(plan, "体检").occurrences.values_list("due_on", flat=True)

    assert [day.year for day in turns] == [2026, 2028, 2030]


def test_every_second_year_is_asked_about_in_the_year_it_skips(cast, plan):
    copy = copied(cast, plan)

    (doubtful,) = [node for node in nodes_of(copy) if node.is_doubtful]
    assert "体检" in doubtful.text
    assert doubtful.doubts == (
        "每两年 1 次，从 2026 年算起，2027 年轮空。今年要办就改周期，不办可以放到一边。",
    )


def test_words_that_name_the_year_before_are_pointed_out(cast, plan):
    plan.items.filter(text__contains="读书活动").update(text="2026 年3月底前组织读书活动")

    doubtful = {n.text: n.doubts for n in nodes_of(copied(cast, plan)) if n.is_doubtful}

    assert doubtful["2026 年3月底前组织读书活动"] == ("这里写着“2026年”，是照搬来的，请核对。",)
    same_year = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 12, 31)}
    assert not [n for n in nodes_of(copied(cast, plan, **same_year)) if n.is_doubtful]


def test_skipped_year_asks_for_nothing_and_the_one_after_does(cast, plan):
    frank = cast.actor("frank")
    following = copied(cast, plan)
    actions.save_outline(following, by=frank)

    skipped = line(following, "体检")
    assert (skipped.starts_on, skipped.due_on) == (None, None)
    assert not skipped.occurrences.exists()

    client = cast.client("frank")
    page = client.get(reverse("plans:plan-detail", args=[following.pk])).content.decode()
    assert "轮空" in page
    year = client.get(reverse("plans:plan-year", args=[following.pk])).context["found"]["rows"]
    cells = next(cells for shown, cells in year if "体检" in shown.item.text)
    assert {sign for sign, _, _ in cells} == {""}

    third = copied(cast, following, starts_on=date(2028, 1, 1), ends_on=date(2028, 12, 31))
    actions.save_outline(third, by=frank)
    assert line(third, "体检").due_on == date(2028, 9, 30)


def test_rhythm_said_anew_counts_from_the_new_plan(cast, plan):
    copy = copied(cast, plan)
    draft = Draft.objects.get(plan=copy)
    node = next(node for node in nodes_of(copy) if "体检" in node.text)
    every = [{"unit": "2years", "min": 2, "max": 2}]
    op = {"op": "set_every", "node": node.id, "every": every}

    actions.edit_outline(draft, op, revision=draft.revision, by=cast.actor("frank"))
    actions.save_outline(copy, by=cast.actor("frank"))

    assert line(copy, "体检").since_year == 2027
    assert line(copy, "体检").occurrences.count() == 2


def test_whoever_left_answers_for_nothing_in_the_copy(cast, plan):
    gone = PersonFactory(org=cast.company, left_on=date(2026, 6, 30))
    plan.items.filter(text__contains="读书活动").update(owner=gone)
    plan.items.filter(text__contains="技术讲座").update(owner=cast.alice)

    copy = copied(cast, plan)

    owners = {node.text[:4]: (node.owner, node.owner_person) for node in nodes_of(copy)}
    assert owners["3月底前"] == ("", None)
    assert owners["每月举办"] == (cast.alice.name, cast.alice.pk)


def test_plan_that_was_never_saved_is_copied_as_it_was_drawn(cast):
    draft = DraftFactory(plan=PlanFactory(org=cast.company, state="draft"))

    answer = begin(cast.client("frank"), org="安澜机械公司工会", earlier=draft.plan.pk)

    copy = Plan.objects.exclude(pk=draft.plan.pk).get()
    assert answer.url == reverse("plans:plan-review", args=[copy.pk])
    assert [node.text for node in nodes_of(copy)] == [
        node["text"] for node in draft.outline["nodes"]
    ]


def test_writer_of_a_branch_gets_no_draft_of_the_company(cast):
    """Bob writes plans for his branch and stands in his company as one of its people."""
    cast.bob.org = cast.company
    cast.bob.save()
    draft = DraftFactory(plan=PlanFactory(org=cast.company, state="draft", title="未定稿的计划"))
    client, at = cast.client("bob"), f"?org={cast.company.pk}"

    page = client.get(reverse("plans:plan-create") + at)
    assert page.status_code == 200
    assert "未定稿的计划" not in page.content.decode()

    form = {"kind": "annual", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    form |= {"org": str(cast.branch), "earlier": draft.plan.pk}
    assert client.post(reverse("plans:plan-create") + at, form).status_code == 422
    assert Plan.objects.count() == 1


def test_a_plan_is_copied_for_its_own_union_alone(cast, plan):
    """What the company published its people read; written anew it is for the company alone."""
    cast.bob.org = cast.company
    cast.bob.save()
    form = {"kind": "annual", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    form |= {"org": str(cast.branch), "earlier": plan.pk}

    answer = cast.client("bob").post(f"{reverse('plans:plan-create')}?org={cast.company.pk}", form)

    assert answer.status_code == 422
    assert "只能照" in answer.content.decode()
    assert Plan.objects.count() == 1
