"""Who is reminded of the half-year and the year-end look: the person before, the coach after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from gonghui.apps.goals.actions import keep_plan
from gonghui.apps.goals.flow import PLAN_LIFE
from gonghui.apps.goals.models import GrowthPlan
from gonghui.apps.goals.notices import remind_of_looks, remind_to_agree
from gonghui.apps.goals.queries import looks_left, looks_to_come
from gonghui.core.notices.models import Notice
from gonghui.core.regulations.models import Standard
from gonghui.core.screens.sockets import lines_of_desk
from tests.factories.goals import GrowthPlanFactory
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db
SOON, DUE, LATE = date(2026, 6, 16), date(2026, 6, 30), date(2026, 7, 10)


def told(person) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("title", "url"))


def running(cast, **facts):
    facts = {"person": cast.alice, "coach": cast.grace, "year": 2026, "state": "running"} | facts
    return GrowthPlanFactory(**facts)


def test_person_hears_before_and_the_coach_later(cast):
    plan = running(cast)

    for day in (SOON - timedelta(days=1), SOON, SOON, SOON + timedelta(days=1), DUE):
        remind_of_looks(day)

    mine = f"{reverse('goals:mine')}#plan-{plan.pk}"
    assert told(cast.alice) == [("6 月 30 日前半年看一看：考取高级工", mine)]
    assert told(cast.grace) == []
    for day in (DUE + timedelta(days=1), LATE, LATE, LATE + timedelta(days=1)):
        remind_of_looks(day)
    page = reverse("goals:growthplan-detail", args=[plan.pk])
    assert told(cast.grace) == [(f"还没有半年看一看：{plan}", page)]
    assert len(told(cast.alice)) == 1
    assert told(cast.bob) == []


def test_what_was_looked_at_or_not_agreed_to_is_let_be(cast):
    running(cast, state="halfway")
    running(cast, kind="development", state="draft")
    running(cast, person=cast.bob, state="closed")
    running(cast, person=PersonFactory(org=cast.branch, left_on=date(2026, 5, 1)))

    for day in (SOON, LATE, date(2027, 1, 10)):
        remind_of_looks(day)

    assert told(cast.alice) == []
    assert [title for title, _ in told(cast.grace)] == [
        f"还没有年终看一看：{cast.alice}2026年学习成才计划"
    ]


def test_without_a_coach_the_leader_hears_a_count(cast):
    gone = PersonFactory(org=cast.branch, left_on=date(2026, 1, 1))
    running(cast, coach=None, state="halfway")
    running(cast, coach=gone, person=PersonFactory(org=cast.branch))
    running(cast, coach=None, person=cast.bob)

    remind_of_looks(date(2027, 1, 10))

    url = f"{reverse('goals:growthplan-list')}?scope=below&look=look_year"
    # Nobody is told to judge their own: the leader's plan goes to the union.
    assert told(cast.bob) == [("2 份成长计划还没有年终看一看", url)]
    assert len(told(cast.frank)) == 1


def test_union_may_say_another_number_of_days(cast):
    Standard.objects.create(key="goals_look_days", org=cast.company, value=30, tag="own")
    running(cast)

    remind_of_looks(date(2026, 5, 30))
    assert told(cast.alice) == []

    remind_of_looks(date(2026, 5, 31))
    assert len(told(cast.alice)) == 1


def test_plan_agreed_to_late_is_still_told_before_and_once(cast):
    plan = running(cast, state="draft")
    remind_of_looks(SOON)
    PLAN_LIFE.perform(plan, "agree", by=cast.actor("grace"))
    Notice.objects.all().delete()

    for day in (DUE - timedelta(days=2), DUE - timedelta(days=1), DUE, DUE + timedelta(days=1)):
        remind_of_looks(day)

    assert [title for title, _ in told(cast.alice)] == ["6 月 30 日前半年看一看：考取高级工"]


def test_a_quiet_day_asks_for_the_days_only(cast, django_assert_num_queries):
    running(cast)

    with django_assert_num_queries(2):
        found = [*looks_to_come(date(2026, 3, 3)), *looks_left(date(2026, 3, 3))]

    assert found == []


def drafted(cast, **facts):
    plan = GrowthPlan(
        person=cast.alice, org=cast.branch, kind="learning", year=2026, direction="考取高级工",
        **facts,
    )  # fmt: skip
    with time_machine.travel("2026-03-02T23:30+08:00"):
        return keep_plan(plan, by=cast.actor("alice"))


def after(days: int) -> date:
    return date(2026, 3, 2) + timedelta(days)


def test_plan_nobody_agreed_to_is_told_the_coach_and_later_the_leader(cast):
    plan = drafted(cast, coach=cast.grace)
    Notice.objects.all().delete()
    line = (f"还没有商定：{plan}", reverse("goals:growthplan-detail", args=[plan.pk]))

    for days in (1, 13, 14, 14, 15, 27):
        remind_to_agree(after(days))
    assert (told(cast.grace), told(cast.bob)) == ([line], [])
    for days in (28, 28, 29, 42, 56):
        remind_to_agree(after(days))

    assert (told(cast.grace), told(cast.bob), told(cast.alice)) == ([line], [line], [])


def test_plan_without_a_coach_is_told_the_leader_until_it_is_agreed_to(cast):
    plan = drafted(cast)
    Notice.objects.all().delete()

    remind_to_agree(after(14))
    assert [title for title, _ in told(cast.bob)] == [f"还没有商定：{plan}"]
    PLAN_LIFE.perform(plan, "agree", by=cast.actor("bob"))
    Notice.objects.all().delete()
    remind_to_agree(after(28))

    assert told(cast.bob) == []


def test_desk_and_coach_see_what_waits_to_be_agreed_to(cast):
    plan = drafted(cast, coach=cast.grace)
    GrowthPlanFactory(person=cast.bob, year=2025)

    with time_machine.travel("2026-03-20T09:00+08:00"):
        lines = lines_of_desk(cast.actor("frank"), cast.company, date(2026, 3, 20))
        line = next(one for one in lines if one.label == "成长计划：商定执行")
        assert line.words == "1 份还没有商定"
        listed = cast.client("frank").get(line.url)
        assert [row.pk for row in listed.context["table"].data] == [plan.pk]
        assert "等您商定" in cast.client("grace").get(reverse("study")).content.decode()
        assert "等您商定" not in cast.client("alice").get(reverse("study")).content.decode()


def test_desk_and_phone_say_what_is_due_and_the_number_opens_to_it(cast):
    due = running(cast)
    running(cast, person=cast.bob, state="halfway")
    last = running(cast, kind="development", year=2025, state="halfway")

    with time_machine.travel("2026-07-02T09:00+08:00"):
        lines = lines_of_desk(cast.actor("frank"), cast.company, date(2026, 7, 2))
        found = {one.label: one for one in lines if "成长计划" in one.label}
        assert {label: one.words for label, one in found.items()} == {
            "成长计划：半年看一看": "1 份到了还没有看",
            "成长计划：年终看一看": "1 份到了还没有看",
        }
        half = cast.client("frank").get(found["成长计划：半年看一看"].url)
        year = cast.client("frank").get(found["成长计划：年终看一看"].url)
        assert [row.pk for row in half.context["table"].data] == [due.pk]
        assert [row.pk for row in year.context["table"].data] == [last.pk]
        page = cast.client("alice").get(reverse("study")).content.decode()
        assert "该半年看一看了" in page
        assert "该年终看一看了" in page
        PLAN_LIFE.perform(due, "look_half", by=cast.actor("alice"), words="学完两本")
        page = cast.client("alice").get(reverse("study")).content.decode()
        assert "该半年看一看了" not in page
