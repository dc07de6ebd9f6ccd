"""The board of a body gathers what there is, on the screen, on the phone and on paper."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.teams.models import Topic
from gonghui.apps.teams.queries.board import recent_sessions, week_sessions
from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.sockets import cards_of
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.goals import GoalFactory
from tests.factories.organisation import OrgFactory, PostFactory
from tests.factories.teams import (
    EnlistmentFactory,
    EvidenceFactory,
    IncentiveFactory,
    InstructorFactory,
    PlanStepFactory,
    StudyPlanFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def team(cast) -> Org:
    """Alice's team, with something for every part of its board."""
    team = OrgFactory(parent=cast.branch, kind="team", name="一班")
    Person.objects.filter(pk=cast.alice.pk).update(org=team)
    cast.alice.refresh_from_db()
    return team


def fill(team: Org, cast) -> None:
    today = timezone.localdate()
    GoalFactory(org=team, sort="vision", title="人人有绝活")
    teacher = InstructorFactory(org=team, person=cast.bob, field="看图")
    plan = StudyPlanFactory(org=team, year=today.year)
    PlanStepFactory(plan=plan, month=today.month, topic="读新图纸", instructor=teacher)
    moment = datetime.combine(today, time(8), timezone.get_current_timezone())
    activity = ActivityFactory(
        org=team, kind="study", state="announced", theme="安全规程", starts_at=moment,
        ends_at=moment + timedelta(minutes=30),
    )  # fmt: skip
    SessionFactory(activity=activity, starts_at=moment)
    TopicFactory(org=team, leader=cast.alice, state="running", title="缩短换模时间")
    EvidenceFactory(org=team, title="每周一课", on=today)
    IncentiveFactory(org=team, person=cast.alice, what="学习标兵", on=today)


SHOWN = (
    "人人有绝活", "读新图纸", "安全规程", "缩短换模时间", "每周一课", "学习标兵", "看图",
)  # fmt: skip


def test_board_gathers_every_part(cast, team):
    fill(team, cast)
    EnlistmentFactory(org=team)
    PostFactory(person=cast.bob, org=team, title="班组长")

    page = cast.client("alice").get(reverse("teams:board", args=[team.pk])).content.decode()

    assert [words for words in SHOWN if words not in page] == []
    assert "班组长 鲍博" in page
    assert "2026 年 1 月起参加创建" in page
    assert "记一次班前班后学习" not in page
    officer = cast.client("bob").get(reverse("teams:board", args=[team.pk])).content.decode()
    assert "记一次班前班后学习" in officer


def test_board_prints_on_a3(cast, team):
    fill(team, cast)

    answer = cast.client("alice").get(reverse("teams:board-print", args=[team.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_board_is_for_those_below_it_and_those_who_look_after_it(cast, team):
    fill(team, cast)
    url, paper = (reverse(f"teams:{name}", args=[team.pk]) for name in ("board", "board-print"))

    for who in ("alice", "bob", "frank", "grace", "carol"):
        assert cast.client(who).get(url).status_code == 200, who
    for who in ("dave", "mallory"):
        assert cast.client(who).get(url).status_code == 404, who
        assert cast.client(who).get(paper).status_code == 404, who
    above = reverse("teams:board", args=[cast.branch.pk])
    assert cast.client("alice").get(above).status_code == 200
    beside = reverse("teams:board", args=[cast.second_branch.pk])
    assert cast.client("alice").get(beside).status_code == 404


def test_empty_board_says_the_first_step_to_who_may_take_it(cast, team):
    url = reverse("teams:board", args=[team.pk])

    assert reverse("goals:goal-create") in cast.client("bob").get(url).content.decode()
    assert reverse("goals:goal-create") not in cast.client("alice").get(url).content.decode()


def test_board_says_which_parts_are_bare_to_who_may_fill_them(cast, team):
    GoalFactory(org=team, sort="vision", title="修得快")
    url = reverse("teams:board", args=[team.pk])

    page = cast.client("frank").get(url).content.decode()
    assert "还空着的栏目：" in page
    assert "成员风采" in page
    assert "愿景与目标、" not in page
    assert "还空着的栏目" not in cast.client("grace").get(url).content.decode()


def test_list_of_boards_says_who_takes_part(cast, team):
    EnlistmentFactory(org=OrgFactory(parent=cast.branch, kind="team", name="二班"))
    frank = cast.client("frank")
    url = reverse("teams:boards")

    def names(**asked) -> list[str]:
        return [one.name for one in frank.get(url, asked).context["page"]]

    assert names() == ["一班", "二班"]
    assert names(taking="yes") == ["二班"]
    assert names(taking="no") == ["一班"]
    body = frank.get(reverse("organisation:org-detail", args=[team.pk])).content.decode()
    assert reverse("teams:board", args=[team.pk]) in body


def test_on_a_monday_the_board_still_tells_of_the_days_before(team):
    monday = date(2026, 11, 23)
    at = [datetime.combine(monday - timedelta(days=ago), time(7, 30)) for ago in (7, 1)]
    before, sunday = (
        ActivityFactory(
            org=team, kind="study", state="recorded", starts_at=timezone.make_aware(one)
        )
        for one in at
    )

    assert recent_sessions(team, monday) == [sunday]
    assert recent_sessions(team, monday - timedelta(days=1)) == [before, sunday]
    assert week_sessions(team, monday) == []


def test_member_finds_the_week_on_the_study_page(cast, team):
    today = timezone.localdate()

    def card():
        found = cards_of(cast.actor("alice"), today)
        return next((one for one in found if one.title.startswith("我的班组")), None)

    assert card().words == "本周没有安排学习。"
    fill(team, cast)

    assert card().url == reverse("teams:board", args=[team.pk])
    assert len(card().lines) == 1
    nobody_here = cards_of(cast.actor("mallory"), today)
    assert [one for one in nobody_here if one.title.startswith("我的班组")] == []


def test_empty_board_prints_too(cast, team):
    answer = cast.client("alice").get(reverse("teams:board-print", args=[team.pk]))

    assert answer.content.startswith(b"%PDF")


def test_what_hangs_on_the_board_opens_to_each_where_they_may_go(cast, team):
    fill(team, cast)
    activity, topic = Activity.objects.get(), Topic.objects.get()
    portal = reverse("signing:portal-activity", args=[activity.pk])
    detail = reverse("activities:activity-detail", args=[activity.pk])

    def doors(who: str) -> list[str]:
        page = cast.client(who).get(reverse("teams:board", args=[team.pk])).content.decode()
        known = (portal, detail, reverse("teams:topic-detail", args=[topic.pk]))
        return [one for one in known if f'href="{one}"' in page]

    found = {who: doors(who) for who in ("alice", "bob", "grace")}
    assert found["alice"] == [portal, reverse("teams:topic-detail", args=[topic.pk])]
    assert found["bob"][0] == detail
    assert found["grace"] == [reverse("teams:topic-detail", args=[topic.pk])]
    for who, urls in found.items():
        assert {cast.client(who).get(one).status_code for one in urls} == {200}
