"""A committee elects its officers itself: of its members, counted against all of them (ELE-04)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from gonghui.apps.elections.actions import counting, planning
from gonghui.apps.elections.models import Candidate, ChairBy, Office, Race
from gonghui.apps.elections.queries.result_papers import result
from gonghui.kit.errors import DomainError
from tests.apps.elections.life import DECLARED, convened, count, plan, step
from tests.factories.elections import TallyFactory
from tests.factories.organisation import PersonFactory, PostFactory

ELECTED = [40, 38, 35, 10]  # of four who stand for three seats
PAPERS = {"issued": 3, "returned": 3}


@pytest.fixture
def election(cast):
    """Three are to be elected by a meeting of fifty, and the chair by the three."""
    return convened(cast, plan(cast, seats=3, stand=4, chair_by=ChairBy.COMMITTEE))


def race(election, office):
    return election.races.get(office=office, again=None)


def won(office):
    rows = Candidate.objects.filter(race__office=office, elected=True)
    return sorted(str(one) for one in rows)


def test_the_chair_is_elected_by_more_than_half_of_the_committee(cast, election):
    count(cast, race(election, Office.MEMBER), ELECTED)
    count(cast, race(election, Office.CHAIR), [2], **PAPERS)

    step(election, "settle", cast.actor("frank"))

    assert won(Office.CHAIR) == ["候选0"]
    titles = [sheet.title for sheet in result(election).sheets]
    assert "全体委员 3 人，发出 3 票" in titles[1]


def test_half_of_the_committee_is_not_enough(cast, election):
    count(cast, race(election, Office.MEMBER), ELECTED)
    count(cast, race(election, Office.CHAIR), [1], **PAPERS)

    with pytest.raises(DomainError, match="「主席」还有名额没有选出"):
        step(election, "settle", cast.actor("frank"))


def test_the_committee_votes_once_it_is_elected(cast, election):
    with pytest.raises(DomainError, match="主席由委员会选举，请先选出委员"):
        count(cast, race(election, Office.CHAIR), [3], **PAPERS)
    page = cast.client("frank").get(f"/elections/race/{race(election, Office.CHAIR).pk}/")
    assert "要等委员选出以后，才由委员会选举主席" in page.content.decode()
    assert "下一步" not in page.content.decode()

    with pytest.raises(DomainError, match="「委员」还差 2 个人录入计票"):
        step(election, "settle", cast.actor("frank"))


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ({"issued": 4, "returned": 4}, "发出 4 票，多于委员会全体 3 人"),
        ({"issued": 1, "returned": 1}, "委员会全体 3 人，发出 1 票，到会人数不够"),
    ],
)
def test_more_papers_than_members_or_too_few_elect_nobody(cast, election, papers, words):
    count(cast, race(election, Office.MEMBER), ELECTED)
    count(cast, race(election, Office.CHAIR), [1], **papers)

    with pytest.raises(DomainError, match=words):
        step(election, "settle", cast.actor("frank"))


@pytest.mark.parametrize("by", [ChairBy.COMMITTEE, ChairBy.MEETING])
def test_who_is_not_of_the_committee_is_not_its_chair(cast, by):
    election = convened(cast, plan(cast, seats=3, stand=4, chair_by=by))
    count(cast, race(election, Office.MEMBER), [10, 38, 35, 40])
    count(cast, race(election, Office.CHAIR), [3 if by == ChairBy.COMMITTEE else 41],
          **(PAPERS if by == ChairBy.COMMITTEE else {}))  # fmt: skip
    with pytest.raises(DomainError, match="候选0没有当选委员，不能当选主席"):
        step(election, "settle", cast.actor("frank"))
    page = cast.client("frank").get(f"/elections/race/{race(election, Office.CHAIR).pk}/")
    assert "候选0没有当选委员，不能当选主席。" in page.content.decode()

    again = counting.repeat_race(race(election, Office.CHAIR), by=cast.actor("frank"))
    other = Candidate.objects.get(person__name="候选1", race__again=None).person
    planning.add_candidate(again, other, by=cast.actor("frank"), **DECLARED)
    count(cast, again, [3 if by == ChairBy.COMMITTEE else 41],
          **(PAPERS if by == ChairBy.COMMITTEE else {}))  # fmt: skip
    step(election, "settle", cast.actor("frank"))

    assert (again.voted_by, again.candidates.count(), won(Office.CHAIR)) == (by, 1, ["候选1"])


def test_between_elections_those_who_sit_vote_as_well(cast):
    for name in ("在任甲", "在任乙"):
        sitting = PersonFactory(name=name, org=cast.company)
        PostFactory(person=sitting, org=cast.company, title="委员")
    PostFactory(person=cast.grace, org=cast.company, title="干事")
    election = plan(cast, seats=1, stand=2, kind="by_election", chair_by=ChairBy.COMMITTEE)
    convened(cast, election)
    count(cast, race(election, Office.MEMBER), [40, 5])
    count(cast, race(election, Office.CHAIR), [2], **PAPERS)

    step(election, "settle", cast.actor("frank"))

    assert won(Office.CHAIR) == ["候选0"]


def test_elections_under_way_are_voted_on_as_they_were_planned(cast):
    election = plan(cast, chair_by=ChairBy.COMMITTEE)
    other = plan(cast, chair_by=ChairBy.COMMITTEE, number=5)
    Race.objects.update(voted_by=ChairBy.MEETING)
    TallyFactory(race=race(other, Office.CHAIR))
    name = "gonghui.apps.elections.migrations.0005_officers_of_running_elections"

    import_module(name).follow_plans(apps, None)

    assert [race(one, Office.CHAIR).voted_by for one in (election, other)] == [
        ChairBy.COMMITTEE,
        ChairBy.MEETING,
    ]
    assert race(election, Office.MEMBER).voted_by == ChairBy.MEETING


def test_who_votes_follows_the_plan_and_can_be_said_of_an_office(cast):
    election = plan(cast, chair_by=ChairBy.COMMITTEE)
    frank = cast.client("frank")
    standing = planning.add_race(election, office=Office.STANDING, seats=1, by=cast.actor("frank"))
    chair = race(election, Office.CHAIR)
    assert (chair.voted_by, standing.voted_by) == ("committee", "committee")
    assert race(election, Office.MEMBER).voted_by == "meeting"

    asked = {"kind": "term", "number": 4, "years": 5, "meeting": "delegates", "mode": "direct"}
    frank.post(f"/elections/election/{election.pk}/edit/", asked | {"chair_by": "meeting"})
    chair.refresh_from_db()
    assert chair.voted_by == "meeting"

    frank.post(f"/elections/race/{chair.pk}/edit/", {"seats": 1, "voted_by": "committee"})
    chair.refresh_from_db()
    assert chair.voted_by == "committee"
    page = frank.get(f"/elections/race/{race(election, Office.MEMBER).pk}/edit/")
    assert "由谁选举" not in page.content.decode()
