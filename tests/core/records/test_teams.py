"""The teams of a sports meet: ranks become the points its organiser chose, and nobody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import history_of
from gonghui.core.records.actions.recording import Result, set_results
from gonghui.core.records.actions.scoring import set_scoring
from gonghui.core.records.engine.teams import Placing, standings
from gonghui.core.records.models import Scoring
from gonghui.core.records.papers.record import record_paper
from gonghui.core.records.queries.teams import team_table
from gonghui.core.signing.actions.places import Share, set_places
from gonghui.core.signing.models import Quota, Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import OrgFactory
from tests.factories.records import ScoringFactory
from tests.factories.signing import DelegationFactory, QuotaFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meet(cast) -> Activity:
    meet = ActivityFactory(org=cast.company, kind="sport", state="held", title="职工运动会")
    SessionFactory(activity=meet)
    for name in ("100 米", "接力"):
        QuotaFactory(activity=meet, name=name)
    return meet


@pytest.fixture
def items(meet) -> dict[str, Quota]:
    return {one.name: one for one in meet.quotas.all()}


@pytest.fixture
def runners(cast, meet, items) -> dict[str, Registration]:
    """Alice and Bob of the branch, Carol of the one beside it, Dave from elsewhere; all placed."""
    homes = {"alice": cast.branch, "bob": cast.branch, "carol": cast.second_branch,
             "dave": OrgFactory(name="外单位")}  # fmt: skip
    found = {
        name: RegistrationFactory(activity=meet, person=cast.person(name), org=org)
        for name, org in homes.items()
    }
    frank = cast.actor("frank")
    ran = [Result(found[name], rank) for name, rank in
           {"alice": 1, "carol": 2, "bob": 3, "dave": 4}.items()]  # fmt: skip
    set_results(meet, items["100 米"], ran, by=frank)
    relay = [Result(found["alice"], 2), Result(found["bob"], 2), Result(found["carol"], 1)]
    set_results(meet, items["接力"], relay, by=frank)
    return found


def page(meet: Activity) -> str:
    return reverse("records:teams", args=[meet.pk])


def told(meet: Activity) -> list[tuple[int, str, int]]:
    return [(one.rank, one.team, one.points) for one in team_table(meet)]


def test_equal_points_share_a_place_and_the_next_is_left_out():
    placings = [Placing("甲", "跳远", 1), Placing("乙", "跳高", 1), Placing("丙", "跳高", 2)]

    found = standings(placings, [5, 3])

    assert [(one.rank, one.team) for one in found] == [(1, "乙"), (1, "甲"), (3, "丙")]


def test_rank_beyond_the_points_has_none_and_the_last_with_points_has_its_own():
    placings = [Placing("甲", "跳远", 3), Placing("乙", "跳远", 4)]

    found = standings(placings, [5, 3, 1])

    assert [(one.team, one.points, one.won) for one in found] == [
        ("甲", 1, ("跳远 第 3 名 1 分",)),
        ("乙", 0, ()),
    ]


def test_what_a_team_did_as_one_counts_its_best_once_and_so_many_times():
    relay = [Placing("甲", "接力", rank, together=True) for rank in (3, 2, 2)]

    (one,) = standings(relay, [5, 3, 1], times=2)

    assert (one.points, one.won) == (6, ("接力 第 2 名 6 分",))
    again = [Placing("甲", "接力", 1, together=True, number=at) for at in (1, 2, 2)]
    assert standings(again, [5])[0].points == 10  # two relays of one name


def test_organiser_chooses_the_points_and_the_table_follows(cast, meet, items, runners):
    frank = cast.client("frank")
    shown = frank.get(page(meet)).content.decode()
    assert ("还没有团体总分" in shown, told(meet)) == (True, [])

    said = {"points": "5、3，1", "together": [items["接力"].pk], "times": 2}
    assert frank.post(page(meet), said).status_code == 302

    branch, second = str(cast.branch), str(cast.second_branch)
    assert told(meet) == [(1, second, 13), (2, branch, 12), (3, "外单位", 0)]
    shown = frank.get(page(meet)).content.decode()
    assert "100 米 第 1 名 5 分；100 米 第 3 名 1 分；接力 第 2 名 6 分" in shown
    assert 'value="5、3、1"' in shown
    (entry,) = history_of(meet).filter(verb="scoring")
    assert entry.changes["scoring"][1] == "第 1 名起 5、3、1 分；接力一队计一次，按 2 倍"
    frank.post(page(meet), {"points": ""})
    assert told(meet) == []


def test_everybody_it_was_for_reads_the_table_with_the_results(cast, meet, items, runners):
    set_scoring(meet, [5, 3, 1], by=cast.actor("frank"), together=[items["接力"]])
    portal = reverse("signing:portal-activity", args=[meet.pk])
    alice = cast.client("alice")
    assert "团体总分" not in alice.get(portal).content.decode()

    Activity.objects.filter(pk=meet.pk).update(state="recorded")

    shown = alice.get(portal).content.decode().split("团体总分")[1]
    assert shown.index(str(cast.branch)) < shown.index(str(cast.second_branch))
    detail = reverse("activities:activity-detail", args=[meet.pk])
    assert "团体总分" in cast.client("frank").get(detail).content.decode()
    assert record_paper(meet)[:5] == b"%PDF-"


def test_who_came_with_a_delegation_wins_for_it(cast, meet, items, runners):
    """And who did not, for the nearest one above their unit."""
    team = DelegationFactory(activity=meet, org=cast.second_branch)
    whole = DelegationFactory(activity=meet, org=cast.company)
    Registration.objects.filter(pk=runners["alice"].pk).update(delegation=team)
    ScoringFactory(activity=meet)

    found = {one.team: one.points for one in team_table(meet)}

    alone = {str(team.org): 5 + 3 + 3 + 5, str(whole.org): 1 + 3, "外单位": 0}
    assert found == alone


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"points": "5、三"}, "得分写整数"),
        ({"points": "5、-1"}, "得分写整数"),
        ({"points": "3、5"}, "不能比前面的名次得分高"),
        ({"points": "、".join(["1"] * 51)}, "最多写到第 50 名"),
        ({"points": "5", "times": 0}, "大于或等于1"),
    ],
)
def test_bad_points_are_refused_with_a_sentence(cast, meet, said, why):
    answer = cast.client("frank").post(page(meet), said)

    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Scoring.objects.exists()


def test_as_many_ranks_as_may_be_and_equal_points_are_taken(cast, meet):
    cast.client("frank").post(page(meet), {"points": "、".join(["1"] * 50)})

    assert meet.scoring.points == [1] * 50


def test_finished_record_keeps_its_points_and_another_item_is_none(cast, meet):
    frank = cast.actor("frank")
    with pytest.raises(DomainError, match="没有这一项"):
        set_scoring(meet, [5], by=frank, together=[QuotaFactory(name="跳远")])
    Activity.objects.filter(pk=meet.pk).update(state="recorded")
    with pytest.raises(DomainError, match="继续补记"):
        set_scoring(meet, [5], by=frank)


def test_item_that_goes_is_no_team_item_any_more(cast, meet, items):
    set_scoring(meet, [5], by=cast.actor("frank"), together=items.values())
    kept = items["100 米"]

    set_places(meet, None, shares=[Share(8, "100 米", pk=kept.pk)], by=cast.actor("frank"))

    assert list(meet.scoring.together.all()) == [kept]


@pytest.mark.parametrize("who", ["alice", "bob", "dave", "mallory"])
def test_nobody_else_chooses_the_points(cast, meet, who):
    assert cast.client(who).get(page(meet)).status_code == 404
    assert cast.client(who).post(page(meet), {"points": "5"}).status_code == 404


def test_gathering_without_items_has_no_teams(cast, meet):
    Activity.objects.filter(pk=meet.pk).update(kind="volunteer")

    assert cast.client("frank").get(page(meet)).status_code == 404
