"""A plan of growing is agreed, promised for, looked at twice, and judged by another."""

from __future__ import annotations

import importlib
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.goals import actions
from gonghui.apps.goals.flow import PLAN_LIFE
from gonghui.apps.goals.models import GrowthPlan
from gonghui.apps.goals.rules import GROWTHPLAN_RULES
from gonghui.core.access.models import Role
from gonghui.core.flow.life import Refused
from gonghui.core.indicators.counting import figures
from gonghui.core.indicators.personal import person_figures, seen_person_rows
from gonghui.core.indicators.registry import indicators
from gonghui.core.notices.models import Notice
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from tests.factories.goals import GoalFactory, GrowthPlanFactory, PromiseFactory, StepFactory
from tests.factories.organisation import AccountFactory, GrantFactory, OrgFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast) -> GrowthPlan:
    return GrowthPlanFactory(person=cast.alice, coach=cast.grace, year=2026)


def test_year_of_a_plan(cast, plan):
    grace, alice = cast.actor("grace"), cast.actor("alice")
    with pytest.raises(Refused):
        PLAN_LIFE.perform(plan, "agree", by=alice)

    PLAN_LIFE.perform(plan, "agree", by=grace)
    PLAN_LIFE.perform(plan, "look_half", by=alice, words="学完两本书")
    promise = actions.promise(plan, words="报销考证费", by=cast.actor("bob"))
    with pytest.raises(DomainError, match="还有 1 条班组承诺"):
        PLAN_LIFE.perform(plan, "look_year", by=grace, result="reached", words="考取了")
    actions.settle_promise(promise, outcome="kept", by=alice)
    PLAN_LIFE.perform(plan, "look_year", by=grace, result="reached", words="考取了")

    plan.refresh_from_db()
    today = timezone.localdate()
    assert (plan.state, plan.half_words, plan.half_on) == ("closed", "学完两本书", today)
    assert (plan.result, plan.year_words, plan.year_on) == ("reached", "考取了", today)
    assert plan.agreed_on == today
    PLAN_LIFE.perform(plan, "reopen", by=cast.actor("frank"))
    plan.refresh_from_db()
    assert (plan.state, plan.result, plan.year_on) == ("halfway", "", None)


def test_nobody_judges_their_own(cast):
    plan = GrowthPlanFactory(person=cast.frank, state="halfway")

    with pytest.raises(Refused):
        PLAN_LIFE.perform(plan, "look_year", by=cast.actor("frank"), result="reached", words="好")


def test_broken_promise_says_why(cast, plan):
    promise = PromiseFactory(plan=plan)
    bob = cast.actor("bob")

    with pytest.raises(DomainError, match="写明原因"):
        actions.settle_promise(promise, outcome="broken", by=bob)

    kept = actions.settle_promise(promise, outcome="broken", note="经费没有批下来", by=bob)
    assert (kept.outcome, kept.told_on) == ("broken", timezone.localdate())


def test_one_plan_of_a_kind_a_year_and_another_to_coach(cast, plan):
    again = GrowthPlan(
        person=cast.alice, org=cast.branch, kind="learning", year=2026, direction="再来一份"
    )
    with pytest.raises(ValidationError, match="已经有了"):
        again.validate_constraints()
    plan.coach = cast.alice

    with pytest.raises(ValidationError, match="请别人担任"):
        plan.validate_constraints()


def test_who_sees_and_who_changes(cast, plan):
    def may(action: str) -> list[str]:
        return [who for who in cast.names if GROWTHPLAN_RULES[action].allows(cast.actor(who), plan)]

    assert may("view") == ["alice", "bob", "carol", "erin", "frank", "grace"]
    assert may("edit") == ["alice", "bob", "carol", "erin", "frank"]
    assert may("promise") == ["bob", "carol", "erin", "frank", "grace"]
    PLAN_LIFE.perform(plan, "agree", by=cast.actor("bob"))
    assert may("edit") == ["bob", "carol", "erin", "frank"]


def test_member_drafts_on_the_phone_and_the_leader_agrees(cast):
    alice, bob = cast.client("alice"), cast.client("bob")
    data = {
        "kind": "learning", "year": 2026, "direction": "考取高级工", "coach": f"#{cast.bob.pk}",
        "contents": "每月一本专业书",
    }  # fmt: skip

    form = alice.get(reverse("goals:own-plan")).context["form"]
    assert form["year"].value() == timezone.localdate().year
    assert alice.post(reverse("goals:own-plan"), data).status_code == 302
    assert alice.post(reverse("goals:own-plan"), data).status_code == 422
    plan = GrowthPlan.objects.get()
    change = reverse("goals:own-plan-edit", args=[plan.pk])
    assert alice.post(change, data | {"direction": "考取技师"}).status_code == 302
    assert bob.get(change).status_code == 404
    detail = reverse("goals:growthplan-detail", args=[plan.pk])
    assert "商定执行" in bob.get(detail).content.decode()
    bob.post(reverse("goals:growthplan-transition", args=[plan.pk, "agree"]))
    bob.post(reverse("goals:growthplan-promise", args=[plan.pk]), {"words": "留半天学习"})
    bob.post(reverse("goals:growthplan-promise", args=[plan.pk]), {"words": ""})
    half = reverse("goals:own-plan-step", args=[plan.pk, "look_half"])
    assert alice.post(half, {"words": ""}).status_code == 422
    assert alice.post(half, {"words": "学了三本"}).status_code == 302

    plan.refresh_from_db()
    assert (plan.state, plan.coach, plan.direction) == ("halfway", cast.bob, "考取技师")
    assert plan.promises.count() == 1
    page = alice.get(reverse("goals:mine")).content.decode()
    assert "留半天学习" in page
    assert "学了三本" in page


def test_promise_is_settled_on_a_page(cast, plan):
    promise = PromiseFactory(plan=plan)
    url = reverse("goals:promise-settle", args=[promise.pk])

    assert cast.client("mallory").get(url).status_code == 404
    assert cast.client("alice").post(url, {"outcome": "broken", "note": ""}).status_code == 422
    answer = cast.client("alice").post(url, {"outcome": "kept", "note": ""})
    assert answer.url == reverse("goals:mine")
    answer = cast.client("bob").post(url, {"outcome": "broken", "note": "没有时间"})
    assert answer.url == reverse("goals:growthplan-detail", args=[plan.pk])
    promise.refresh_from_db()
    assert (promise.outcome, promise.note) == ("broken", "没有时间")


def test_leader_drafts_for_a_member_from_their_page(cast):
    frank = cast.client("frank")
    page = frank.get(
        reverse("membership:person-detail", args=[cast.alice.pk]) + "?part=learning"
    ).content.decode()
    url = f"{reverse('goals:growthplan-create')}?person={cast.alice.pk}"
    data = {
        "person": f"#{cast.alice.pk}",
        "kind": "development",
        "year": 2026,
        "direction": "骨干教师",
    }

    assert url in page
    assert f'value="{cast.alice}（{cast.alice.org}）"' in frank.get(url).content.decode()
    assert frank.post(url, data).status_code == 302
    plan = GrowthPlan.objects.get()
    assert (plan.person, plan.org, plan.state) == (cast.alice, cast.branch, "draft")
    assert plan.direction in frank.get(
        reverse("membership:person-detail", args=[cast.alice.pk]) + "?part=learning"
    ).content.decode()  # fmt: skip


def told(person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", flat=True))


def test_coach_is_asked_and_finds_the_plan_on_the_phone(cast):
    mentor = PersonFactory(org=cast.branch)
    AccountFactory(username="coach", person=mentor)
    cast.people["coach"] = mentor
    data = {
        "kind": "learning", "year": 2026, "direction": "考取高级工", "coach": f"#{mentor.pk}",
    }  # fmt: skip

    cast.client("alice").post(reverse("goals:own-plan"), data)

    plan = GrowthPlan.objects.get()
    assert told(mentor) == [f"请您辅导：{plan}"]
    assert told(cast.bob) == [f"请商定：{plan}"]
    assert told(cast.alice) == told(cast.frank) == []
    detail = reverse("goals:growthplan-detail", args=[plan.pk])
    coach = cast.client("coach")
    assert detail in coach.get(reverse("goals:mine")).content.decode()
    assert detail not in cast.client("alice").get(reverse("goals:mine")).content.decode()
    coach.post(reverse("goals:growthplan-transition", args=[plan.pk, "agree"]))
    coach.post(reverse("goals:growthplan-promise", args=[plan.pk]), {"words": "留半天学习"})
    assert told(cast.alice) == [f"已商定执行：{plan}", "班组承诺：留半天学习"]


def test_plan_made_for_somebody_is_told_to_them(cast):
    plan = GrowthPlan(
        person=cast.alice, org=cast.branch, kind="learning", year=2026, direction="考取技师"
    )
    actions.keep_plan(plan, by=cast.actor("bob"))
    assert told(cast.alice) == [f"为您拟了{plan}"]
    assert told(cast.bob) == []


def test_superior_coaches_and_stays_the_coach_after_moving(cast):
    team = OrgFactory(parent=cast.branch, kind="team")
    plan = GrowthPlanFactory(person=PersonFactory(org=team), year=2026)
    plan.goal = GoalFactory(org=cast.branch, state="reached")
    plan.save()
    url = reverse("goals:growthplan-update", args=[plan.pk])
    data = {
        "kind": "learning", "year": 2026, "direction": "考取技师", "coach": f"#{cast.frank.pk}",
        "goal": f"#{plan.goal_id}",
    }  # fmt: skip

    assert cast.client("bob").post(url, data).status_code == 302
    cast.frank.org = cast.other_city
    cast.frank.save()
    assert cast.client("bob").post(url, data).status_code == 302
    answer = cast.client("bob").post(url, data | {"coach": f"#{cast.dave.pk}"})
    assert answer.status_code == 422
    plan.refresh_from_db()
    assert (plan.coach, plan.direction) == (cast.frank, "考取技师")


def test_plan_goes_on_with_the_leader_of_the_body_one_moved_to(cast):
    leader = PersonFactory(org=cast.second_branch)
    AccountFactory(username="leader", person=leader)
    GrantFactory(person=leader, role=Role.objects.get(name="班组长"), org=cast.second_branch)
    cast.people["leader"] = leader
    plan = GrowthPlanFactory(person=cast.alice, year=2026, state="halfway")
    page = reverse("membership:person-detail", args=[cast.alice.pk]) + "?part=learning"
    detail = reverse("goals:growthplan-detail", args=[plan.pk])
    assert cast.client("leader").get(detail).status_code == 404

    Person.objects.filter(pk=cast.alice.pk).update(org=cast.second_branch)

    assert detail in cast.client("leader").get(page).content.decode()
    cast.client("leader").post(
        reverse("goals:growthplan-transition", args=[plan.pk, "look_year"]),
        {"result": "reached", "words": "考取了"},
    )
    plan.refresh_from_db()
    assert (plan.state, plan.org) == ("closed", cast.branch)


def test_the_upgrade_tells_from_the_history_when_a_plan_was_agreed(cast, plan):
    other = GrowthPlanFactory(person=cast.bob, coach=cast.grace, year=2026)
    with time_machine.travel("2026-03-02T01:00:00+08:00", tick=False):
        PLAN_LIFE.perform(plan, "agree", by=cast.actor("grace"))
    GrowthPlan.objects.update(agreed_on=None)

    upgrade = importlib.import_module("gonghui.apps.goals.migrations.0002_day_a_plan_was_agreed")
    upgrade.tell(apps, None)

    days = dict(GrowthPlan.objects.values_list("pk", "agreed_on"))
    assert days == {plan.pk: date(2026, 3, 2), other.pk: None}


def test_who_agreed_a_plan_is_counted_once_in_its_year_among_all_workers(cast, plan):
    second = GrowthPlanFactory(person=cast.alice, coach=cast.grace, year=2026, kind="development")
    with time_machine.travel("2026-03-02T10:00:00+08:00", tick=False):
        for one in (plan, second):
            PLAN_LIFE.perform(one, "agree", by=cast.actor("grace"))
    GrowthPlan.objects.filter(pk=plan.pk).update(state="closed")
    some = [indicators[code] for code in ("goals.agreed", "site.growth_share")]

    with time_machine.travel("2027-02-01T10:00:00+08:00", tick=False):
        found = figures(some, cast.company, Period.of_year(2026))
        later = figures(some, cast.company, Period.of_year(2027))
        nowhere = figures(some, cast.other_company, Period.of_year(2026))

    share = found["site.growth_share"]
    assert (found["goals.agreed"].value, share.over) == (1, 1)
    assert share.value == Decimal(100) / Decimal(share.under)
    assert later["goals.agreed"].value == 0
    assert nowhere["goals.agreed"].value is None


def test_small_goals_of_a_person_count_for_that_person(cast):
    mine = GoalFactory(org=cast.branch, person=cast.alice)
    shared = GoalFactory(org=cast.branch)
    done = StepFactory(goal=mine, due_on=date(2026, 3, 31), done_on=date(2026, 4, 2))
    StepFactory(goal=mine, due_on=date(2026, 6, 30))
    StepFactory(goal=mine)
    StepFactory(goal=mine, due_on=date(2027, 1, 1))
    StepFactory(goal=shared, due_on=date(2026, 3, 31))
    share, year = indicators["goals.steps_share"], Period.of_year(2026)

    with time_machine.travel("2027-02-01T10:00:00+08:00", tick=False):
        own = person_figures([share], cast.alice, year, among=cast.company)[share.code]
        none = person_figures([share], cast.bob, year, among=cast.company)[share.code]
        rows = {
            name: list(
                seen_person_rows(indicators["goals.steps_done"], cast.alice, year, cast.actor(name))
            )
            for name in ("alice", "frank", "mallory")
        }

    assert (own.over, own.under, own.value) == (1, 2, 50)
    assert none.value is None
    assert rows == {"alice": [done], "frank": [done], "mallory": []}
