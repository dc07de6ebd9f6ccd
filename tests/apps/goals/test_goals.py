"""Goals serve one another upwards, are reached step by step, and are read by whom they concern."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.goals import actions
from gonghui.apps.goals.flow import GOAL_LIFE
from gonghui.apps.goals.models import Goal, Step
from gonghui.apps.goals.queries import alignment, goals_of, servable
from gonghui.apps.goals.rules import GOAL_RULES
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.core.screens.place import Place
from gonghui.core.screens.sockets import board_of, cards_of
from gonghui.kit.errors import DomainError
from tests.factories.goals import GoalFactory, StepFactory

pytestmark = pytest.mark.django_db


def titles(rows) -> set[str]:
    return {one.title for one in rows}


def own(cast, **facts) -> Goal:
    return GoalFactory(org=cast.branch, person=cast.alice, **facts)


def test_goal_serves_upwards_only(cast):
    above = GoalFactory(org=cast.company, title="公司")
    vision = GoalFactory(org=cast.branch, title="分会愿景", sort="vision")
    beside = GoalFactory(org=cast.branch, title="分会目标")
    GoalFactory(org=cast.second_branch, title="二分会")
    GoalFactory(org=cast.company, title="已放下", state="given_up")
    mine = own(cast, title="我的")

    assert titles(servable(beside)) == {above.title, vision.title}
    assert titles(servable(vision)) == {above.title}
    assert titles(servable(above)) == set()
    assert titles(servable(mine)) == {above.title, vision.title, beside.title}


def test_what_lies_beside_or_below_is_refused(cast):
    goal = GoalFactory(org=cast.company)
    goal.serves = GoalFactory(org=cast.branch)

    with pytest.raises(DomainError, match="上级组织的目标"):
        actions.keep_goal(goal, by=cast.actor("frank"))


def test_vision_that_is_served_stays_a_vision(cast):
    vision = own(cast, sort="vision")
    own(cast, serves=vision)
    vision.sort = "goal"

    with pytest.raises(DomainError, match="已有目标在落实"):
        actions.keep_goal(vision, by=cast.actor("alice"))


def test_goal_does_not_end_before_it_begins(cast):
    goal = Goal(org=cast.company, title="目标", since=date(2026, 5, 2), until=date(2026, 5, 1))

    with pytest.raises(DomainError, match="截止日期不能早于开始日期"):
        actions.keep_goal(goal, by=cast.actor("frank"))


def test_member_reads_what_unions_above_aim_at_and_colleagues_show(cast):
    GoalFactory(org=cast.company, title="公司")
    GoalFactory(org=cast.second_branch, title="隔壁")
    GoalFactory(org=cast.branch, person=cast.bob, title="鲍博的")
    GoalFactory(org=cast.branch, person=cast.bob, title="鲍博展示的", is_shown=True)
    own(cast, title="我的")

    def seen(who: str) -> set[str]:
        return titles(GOAL_RULES["view"].narrow(Goal.objects.all(), cast.actor(who)))

    assert seen("alice") == {"公司", "鲍博展示的", "我的"}
    assert seen("bob") == {"公司", "鲍博的", "鲍博展示的", "我的"}
    assert seen("mallory") == set()
    assert seen("dave") == set()


def test_only_the_person_changes_their_own(cast):
    mine = own(cast)

    may = [who for who in cast.names if GOAL_RULES["edit"].allows(cast.actor(who), mine)]

    assert may == ["alice"]
    with pytest.raises(Refused):
        GOAL_LIFE.perform(mine, "reach", by=cast.actor("frank"))


def test_vision_is_never_reached(cast):
    vision = own(cast, sort="vision")

    assert [step.name for step in GOAL_LIFE.open_to(cast.actor("alice"), vision)] == ["give_up"]


def test_step_is_ticked_once_and_the_tick_taken_back(cast):
    step = StepFactory(goal=own(cast), title="背完图纸")
    alice = cast.actor("alice")

    actions.mark_step(step, is_done=True, by=alice)
    actions.mark_step(step, is_done=True, by=alice)
    assert Step.objects.get().done_on == timezone.localdate()
    actions.mark_step(step, is_done=False, by=alice)

    assert Step.objects.get().done_on is None
    assert [one.verb for one in history_of(step.goal)] == ["mark_stage", "mark_stage"]


def test_alignment_draws_who_serves_whom_and_who_serves_none(cast):
    top = GoalFactory(org=cast.company, title="公司目标")
    middle = GoalFactory(org=cast.branch, title="分会目标", serves=top)
    own(cast, title="我的目标", serves=middle)
    own(cast, title="没有连上")
    own(cast, title="放下了", state="given_up")
    frank = cast.actor("frank")

    found = alignment(Place(cast.company, True, frank), frank)

    assert [(one.goal.title, one.depth) for one in found.rows] == [
        ("公司目标", 0), ("分会目标", 1), ("我的目标", 2),
    ]  # fmt: skip
    assert titles(found.loose) == {"没有连上"}
    assert (found.people, found.serving, found.alone) == (2, 1, 1)


def test_alignment_reaches_below_wherever_one_stands(cast):
    own(cast, title="我的目标", serves=GoalFactory(org=cast.company))

    page = cast.client("frank").get(reverse("goals:alignment"), {"scope": "own"})

    assert [one.goal.title for one in page.context["found"].rows][1:] == ["我的目标"]
    assert page.context["found"].people == 1


def test_alignment_draws_who_serves_a_goal_above_the_place(cast):
    above = GoalFactory(org=cast.company, title="公司的目标")
    own(cast, title="为公司出力", serves=above)

    page = cast.client("bob").get(reverse("goals:alignment")).content.decode()

    assert "为公司出力" in page
    assert "落实「公司的目标」" in page


def test_numbers_of_the_page_are_doors(cast):
    own(cast, title="连上了", serves=GoalFactory(org=cast.company))
    own(cast, title="没有连上")
    frank = cast.client("frank")

    page = frank.get(reverse("goals:alignment"), {"scope": "below"})
    rows = frank.get(
        reverse("goals:goal-list"),
        {"whose": "person", "serves": "no", "state": "standing", "scope": "below"},
    )

    assert "?whose=person&amp;serves=no" in page.content.decode()
    assert titles(rows.context["table"].data) == {"没有连上"}
    for who in ("alice", "mallory"):
        assert cast.client(who).get(reverse("goals:alignment")).status_code == 404


def test_member_sets_a_goal_and_walks_it_on_the_phone(cast):
    vision = GoalFactory(org=cast.branch, sort="vision", title="人人有绝活")
    alice = cast.client("alice")
    data = {"sort": "goal", "title": "考取高级工", "serves": f"#{vision.pk}", "is_shown": "on"}

    assert alice.get(reverse("goals:own-goal")).status_code == 200
    assert alice.post(reverse("goals:own-goal"), data).status_code == 302
    goal = Goal.objects.get(person=cast.alice)
    step = {"title": "背完图纸", "due_on": "2026-12-01", "from": "mine"}
    alice.post(reverse("goals:goal-step", args=[goal.pk]), step)
    alice.post(reverse("goals:goal-step", args=[goal.pk]), {"title": "", "from": "mine"})
    mark = reverse("goals:step-mark", args=[goal.steps.get().pk])
    for who in ("bob", "frank", "mallory"):
        assert cast.client(who).post(mark).status_code == 404
    assert alice.post(mark, {"act": "done", "from": "mine"}).url.endswith(f"#goal-{goal.pk}")

    page = alice.get(reverse("goals:mine")).content.decode()
    assert (goal.serves, goal.org, goal.is_shown) == (vision, cast.branch, True)
    assert "人人有绝活" in page
    assert "完成" in page
    alice.post(reverse("goals:own-goal-step", args=[goal.pk, "reach"]))
    goal.refresh_from_db()
    assert goal.state == "reached"
    assert alice.post(reverse("goals:own-goal-edit", args=[goal.pk]), data).status_code == 404


def test_member_changes_own_goal_and_drops_a_step(cast):
    goal = own(cast, title="旧的")
    step = StepFactory(goal=goal)
    alice = cast.client("alice")
    url = reverse("goals:own-goal-edit", args=[goal.pk])

    assert alice.post(url, {"sort": "goal", "title": ""}).status_code == 422
    assert alice.post(url, {"sort": "goal", "title": "新的"}).status_code == 302
    alice.post(reverse("goals:step-mark", args=[step.pk]), {"act": "drop"})

    goal.refresh_from_db()
    assert (goal.title, goal.steps.count()) == ("新的", 0)
    assert cast.client("bob").get(url).status_code == 404
    unknown = reverse("goals:own-goal-step", args=[goal.pk, "fly"])
    assert alice.post(unknown).status_code == 404


def test_officer_sets_the_goal_of_a_body(cast):
    frank = cast.client("frank")
    data = {"org": f"#{cast.branch.pk}", "sort": "vision", "title": "零缺陷班组"}

    assert frank.post(reverse("goals:goal-create"), data).status_code == 302
    goal = Goal.objects.get()
    page = frank.get(reverse("goals:goal-detail", args=[goal.pk])).content.decode()

    assert (goal.org, goal.label, goal.person) == (cast.branch, "共同愿景", None)
    assert "还没有分步" in page
    assert history_of(goal).count() == 1
    other = data | {"org": f"#{cast.other_company.pk}"}
    assert frank.post(reverse("goals:goal-create"), other).status_code == 422


def test_body_without_goals_looks_to_the_one_above(cast):
    GoalFactory(org=cast.company, title="公司")
    assert titles(goals_of(cast.branch)) == {"公司"}

    GoalFactory(org=cast.branch, title="分会")
    GoalFactory(org=cast.branch, title="分会愿景", sort="vision")

    assert [one.title for one in goals_of(cast.branch)] == ["分会愿景", "分会"]


def test_board_shows_the_bodys_goals_and_what_members_chose_to_show(cast):
    today = timezone.localdate()

    def part():
        found = board_of(cast.branch, cast.actor("alice"), today)
        return next((context for one, context in found if one.title == "愿景与目标"), None)

    assert part() is None
    GoalFactory(org=cast.branch, title="共同的")
    own(cast, title="藏着的")
    own(cast, title="展示的", is_shown=True)

    found = part()
    assert titles(found["goals"]) == {"共同的"}
    assert titles(found["shown"]) == {"展示的"}


def test_card_says_the_next_step(cast):
    today = timezone.localdate()

    def card():
        return next(c for c in cards_of(cast.actor("alice"), today) if c.title == "我的目标")

    assert card().act == "立目标"
    goal = own(cast, title="考取高级工")
    StepFactory(goal=goal, title="报名", done_on=today)
    StepFactory(goal=goal, title="模拟考试", due_on=today + timedelta(days=3))

    line = card().lines[0]
    assert (line.label, line.words) == ("考取高级工", "模拟考试 · 3 天后到期")
