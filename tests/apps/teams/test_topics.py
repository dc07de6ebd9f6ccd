"""Topics are worked at, released with their figures and praised; rewards become credits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from gonghui.apps.teams.actions.praise import settle_incentive
from gonghui.apps.teams.flow import TOPIC_LIFE
from gonghui.apps.teams.models import Incentive, Topic
from gonghui.apps.teams.queries.board import incentives_of, topics_of
from gonghui.apps.teams.rules import TOPIC_RULES
from gonghui.core.credits.models import Credit
from gonghui.core.flow.life import Refused
from gonghui.core.notices.models import Notice
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PersonFactory
from tests.factories.teams import IncentiveFactory, InstructorFactory, TopicFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def topic(cast) -> Topic:
    made = TopicFactory(
        org=cast.branch, leader=cast.alice, state="running", measure="废品率", unit="%",
        before=Decimal("3.50"),
    )  # fmt: skip
    made.members.add(cast.bob)
    return made


def improvements() -> set[int]:
    return set(
        Credit.objects.standing().filter(kind="improvement").values_list("person", flat=True)
    )


def test_released_topic_compares_and_earns_its_group_a_credit_once(cast, topic):
    alice, bob = cast.actor("alice"), cast.actor("bob")

    TOPIC_LIFE.perform(topic, "release", by=alice, on=DAY, result="改了模具", after=Decimal("1.2"))
    topic.refresh_from_db()
    assert topic.change == "废品率由 3.5 %变为 1.2 %"
    assert improvements() == {cast.alice.pk, cast.bob.pk}
    TOPIC_LIFE.perform(topic, "praise", by=bob, on=DAY, words="班前会表彰")
    TOPIC_LIFE.perform(topic, "reopen", by=bob, reason="数据有误")

    topic.refresh_from_db()
    assert (topic.state, topic.after, topic.praise, topic.change) == ("running", None, "", "")
    assert improvements() == set()
    TOPIC_LIFE.perform(topic, "release", by=alice, on=DAY, result="改了模具", after=Decimal("1.3"))
    assert Credit.objects.standing().count() == 2


def test_figures_of_both_sides_are_asked_for(cast, topic):
    alice = cast.actor("alice")

    with pytest.raises(DomainError, match="请填改善后的废品率"):
        TOPIC_LIFE.perform(topic, "release", by=alice, on=DAY, result="改了模具")
    Topic.objects.update(before=None)
    with pytest.raises(DomainError, match="改善前的数"):
        TOPIC_LIFE.perform(topic, "release", by=alice, on=DAY, result="好", after=Decimal(1))
    Topic.objects.update(measure="", unit="")
    with pytest.raises(DomainError, match="用什么衡量"):
        TOPIC_LIFE.perform(topic, "release", by=alice, on=DAY, result="好", after=Decimal(1))

    TOPIC_LIFE.perform(topic, "release", by=alice, on=DAY, result="流程理顺了")
    topic.refresh_from_db()
    assert topic.change == ""


def test_figure_of_nought_is_a_figure(cast, topic):
    TOPIC_LIFE.perform(
        topic, "release", by=cast.actor("alice"), on=DAY, result="好", after=Decimal(0)
    )

    topic.refresh_from_db()
    assert topic.change == "废品率由 3.5 %变为 0 %"


def test_number_without_a_unit_is_refused():
    with pytest.raises(ValidationError, match="什么单位"):
        Topic(title="课题", field="cost", before=Decimal(1)).validate_constraints()


def test_group_leader_works_at_it_and_officers_praise(cast, topic):
    with pytest.raises(Refused):
        TOPIC_LIFE.perform(topic, "drop", by=cast.actor("grace"), reason="没空")
    TOPIC_LIFE.perform(topic, "drop", by=cast.actor("alice"), reason="设备停产")
    TOPIC_LIFE.perform(topic, "resume", by=cast.actor("alice"))
    with pytest.raises(Refused):
        TOPIC_LIFE.perform(topic, "start", by=cast.actor("alice"))
    TOPIC_LIFE.perform(topic, "start", by=cast.actor("bob"))

    def may(action: str) -> list[str]:
        return [who for who in cast.names if TOPIC_RULES[action].allows(cast.actor(who), topic)]

    assert may("edit") == ["alice", "bob", "carol", "erin", "frank"]
    assert may("view") == ["alice", "bob", "carol", "erin", "frank", "grace"]


def test_release_asks_by_the_topics_own_measure(cast, topic):
    bob = cast.client("bob")
    url = reverse("teams:topic-transition", args=[topic.pk, "release"])

    assert "改善后的废品率（%）" in bob.get(url).content.decode()
    bob.post(url, {"on": "2026-05-04", "after": "1.2", "result": "改了模具"})
    topic.refresh_from_db()
    assert (topic.state, topic.after) == ("released", Decimal("1.2"))
    page = bob.get(reverse("teams:topic-detail", args=[topic.pk])).content.decode()
    assert "废品率由 3.5 %变为 1.2 %" in page
    bare = TopicFactory(org=cast.branch, leader=cast.alice, state="running")
    url = reverse("teams:topic-transition", args=[bare.pk, "release"])
    assert "改善后" not in bob.get(url).content.decode()


def test_topic_is_made_with_its_group(cast):
    bob = cast.client("bob")
    data = {
        "org": f"#{cast.branch.pk}", "title": "缩短换模时间", "field": "efficiency",
        "leader": f"#{cast.alice.pk}", "members": f"{cast.bob.name} #{cast.bob.pk}",
        "measure": "换模时间", "unit": "分钟", "before": "42",
    }  # fmt: skip

    assert bob.post(reverse("teams:topic-create"), data).status_code == 302
    made = Topic.objects.get()
    page = bob.get(reverse("teams:topic-detail", args=[made.pk])).content.decode()

    assert list(made.members.all()) == [cast.bob]
    assert "改善后待填" in page
    change = reverse("teams:topic-update", args=[made.pk])
    assert 'value="鲍博（一分会）"' in bob.get(change).content.decode()


@pytest.mark.parametrize(
    ("ground", "reward", "kind"),
    [
        ("study", "team", "award"),
        ("improvement", "department", "award"),
        ("teaching", "study", ""),
        ("skill", "stage", "skill"),
    ],
)
def test_reward_becomes_what_it_is(cast, ground, reward, kind):
    given = IncentiveFactory(org=cast.branch, person=cast.alice, ground=ground, reward=reward)

    settle_incentive(given, by=cast.actor("bob"))
    settle_incentive(given, by=cast.actor("bob"))

    assert [one.kind for one in Credit.objects.standing()] == ([kind] if kind else [])


def test_changed_reward_changes_its_credit(cast):
    bob = cast.client("bob")
    data = {
        "org": f"#{cast.branch.pk}", "person": f"#{cast.alice.pk}", "ground": "study",
        "reward": "team", "what": "学习标兵", "reason": "学时最多", "on": "2026-03-02",
    }  # fmt: skip
    assert bob.post(reverse("teams:incentive-create"), data).status_code == 302
    given = Incentive.objects.get()

    bob.post(reverse("teams:incentive-update", args=[given.pk]), data | {"ground": "skill"})

    assert [one.kind for one in Credit.objects.standing()] == ["skill"]
    page = bob.get(
        reverse("membership:person-detail", args=[cast.alice.pk]) + "?part=learning"
    ).content.decode()
    assert "学习标兵" in page


def told(person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", flat=True))


def test_member_from_another_team_sees_the_topic_and_hears_of_it(cast):
    topic = TopicFactory(org=cast.second_branch, leader=PersonFactory(org=cast.second_branch))
    topic.members.add(cast.alice, PersonFactory(org=cast.second_branch))
    page = reverse("teams:topic-detail", args=[topic.pk])

    TOPIC_LIFE.perform(topic, "start", by=cast.actor("frank"))

    assert cast.client("alice").get(page).status_code == 200
    assert cast.client("bob").get(page).status_code == 404
    assert told(cast.alice) == [f"课题攻关中：{topic}"]
    assert told(cast.frank) == told(cast.bob) == []


def test_rewarded_person_is_told_once(cast):
    bob = cast.client("bob")
    data = {
        "org": f"#{cast.branch.pk}", "person": f"#{cast.alice.pk}", "ground": "study",
        "reward": "team", "what": "学习标兵", "reason": "每周都讲一课", "given_by": "",
        "on": str(DAY),
    }  # fmt: skip

    assert bob.post(reverse("teams:incentive-create"), data).status_code == 302
    made = Incentive.objects.get()
    change = reverse("teams:incentive-update", args=[made.pk])
    assert bob.post(change, data | {"what": "班组学习标兵"}).status_code == 302

    assert told(cast.alice) == [f"{cast.branch}给予您班组奖励：学习标兵"]


def test_who_left_stays_named_in_what_is_changed_later(cast):
    gone = PersonFactory(org=cast.branch, name="高师傅")
    teaches = InstructorFactory(org=cast.branch, person=gone, name="", source="member")
    topic = TopicFactory(org=cast.branch, leader=gone)
    topic.members.add(gone)
    gone.left_on = DAY
    gone.save()
    bob = cast.client("bob")

    answer = bob.post(
        reverse("teams:instructor-update", args=[teaches.pk]),
        {"source": "member", "person": f"#{gone.pk}", "field": "车床", "until": str(DAY)},
    )
    assert answer.status_code == 302
    answer = bob.post(
        reverse("teams:topic-update", args=[topic.pk]),
        {"title": "降废品", "field": "quality", "leader": f"#{gone.pk}", "members": f"#{gone.pk}"},
    )
    assert answer.status_code == 302
    topic.refresh_from_db()
    assert (topic.title, topic.leader, list(topic.members.all())) == ("降废品", gone, [gone])


def test_board_shows_all_that_is_worked_at_and_the_latest_results(cast):
    for number in range(8):
        TopicFactory(org=cast.branch, leader=cast.alice, state="running", title=f"在做{number}")
    done = TopicFactory(org=cast.branch, leader=cast.alice, state="released", released_on=DAY)
    for number in range(8):
        IncentiveFactory(org=cast.branch, person=cast.alice, on=DAY, what=f"奖{number}")

    assert [one.state for one in topics_of(cast.branch)] == [*["running"] * 8, "released"]
    assert topics_of(cast.branch)[-1] == done
    assert len(incentives_of(cast.branch, DAY.year)) == 8
