"""The approval seats the elected, ends the old committee and begins the term."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.elections.actions import planning
from gonghui.apps.elections.models import ChairDuty, Office, Term
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Function, Kind, Org
from gonghui.core.people.models import Post, Way
from tests.apps.elections.life import (
    DECLARED,
    MEETING,
    confirmed,
    convened,
    count,
    plan,
    settled,
    step,
)
from tests.factories.elections import TermFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.slow


def held(org, day=MEETING):
    return sorted((p.person.name, p.title) for p in Post.objects.held(day).filter(org=org))


def test_the_new_committee_takes_over_from_the_old(cast):
    old = PostFactory(person=cast.frank, title="主席", since=date(2023, 3, 1))
    clerk = PostFactory(person=cast.grace, title="干事", since=date(2023, 3, 1))

    confirmed(cast, plan(cast))

    assert held(cast.company) == [("候选0", "主席"), ("候选1", "委员"), ("葛瑞", "干事")]
    assert Post.objects.get(pk=old.pk).until == date(2026, 3, 19)
    assert Post.objects.get(pk=clerk.pk).until is None
    chair = Post.objects.get(title="主席", until=None)
    assert (chair.way, chair.approval, chair.approved_on, chair.full_time, chair.since) == (
        Way.ELECTED,
        "安工〔2026〕9号",
        date(2026, 3, 25),
        True,
        MEETING,
    )
    assert history_of(chair)[0].verb == "create"


def test_the_old_term_ends_the_day_before_the_new_one_begins(cast):
    old = TermFactory(org=cast.company, number=3)

    election = confirmed(cast, plan(cast))

    old.refresh_from_db()
    assert (old.ended_on, history_of(old)[0].changes["ended_on"]) == (
        date(2026, 3, 19),
        [None, "2026-03-19"],
    )
    assert (election.term.number, election.term.since, election.term.due_on) == (
        4,
        MEETING,
        date(2031, 3, 20),
    )


def test_a_new_chair_is_owed_a_talk_and_a_training(cast):
    confirmed(cast, plan(cast))

    duties = ChairDuty.objects.order_by("kind")
    assert [(d.person.name, d.kind, d.done_on) for d in duties] == [
        ("候选0", "talk", None),
        ("候选0", "training", None),
    ]


def test_a_chair_who_stays_is_owed_nothing(cast):
    election = plan(cast)
    again_chair = election.races.get(office=Office.CHAIR).candidates.get().person
    PostFactory(person=again_chair, org=cast.company, title="主席", since=date(2023, 3, 1))

    confirmed(cast, election)

    assert ChairDuty.objects.count() == 0


def test_a_committee_elected_for_the_first_time_is_founded_below_the_union(cast):
    election = plan(cast)
    frank = cast.actor("frank")
    audit = planning.add_race(election, office=Office.AUDITOR, seats=1, by=frank)
    for name in ("审计甲", "审计乙"):
        person = PersonFactory(name=name, org=cast.company)
        planning.add_candidate(audit, person, by=frank, **DECLARED)
    convened(cast, election)
    for race, votes in zip(
        election.races.order_by("pk"), ([40, 35, 1], [41], [44, 1]), strict=True
    ):
        count(cast, race, votes)
    step(election, "settle", frank)
    step(election, "report", frank, on=date(2026, 3, 21))
    step(election, "confirm", cast.actor("carol"), on=date(2026, 3, 25), paper="安工〔2026〕9号")

    body = Org.objects.get(function=Function.AUDIT)
    assert (body.parent, body.kind, held(body)) == (
        cast.company,
        Kind.COMMITTEE,
        [("审计甲", "委员")],
    )


def test_members_sit_in_the_committee_where_it_is_a_body(cast):
    body = OrgFactory(
        name="工会委员会", kind=Kind.COMMITTEE, function=Function.UNION, parent=cast.company
    )

    confirmed(cast, plan(cast))

    assert held(body) == [("候选0", "主席"), ("候选1", "委员")]
    assert held(cast.company) == []


def test_a_by_election_ends_only_who_stood_in(cast):
    acting = PostFactory(person=cast.frank, title="主席", since=date(2026, 1, 1), way=Way.ACTING)
    other = PostFactory(person=cast.grace, title="副主席", since=date(2023, 1, 1))
    TermFactory(org=cast.company, number=4)

    election = confirmed(cast, plan(cast, kind="by_election"))

    assert Post.objects.get(pk=acting.pk).until == date(2026, 3, 19)
    assert Post.objects.get(pk=other.pk).until is None
    assert Post.objects.get(title="主席", until=None).way == Way.BY_ELECTION
    assert (Term.objects.count(), election.term) == (1, None)


def test_who_will_be_seated_is_shown_before_it_is_approved(cast):
    PostFactory(person=cast.frank, title="主席", since=date(2023, 3, 1))
    election = settled(cast, plan(cast))

    page = cast.client("carol").get(f"/elections/election/{election.pk}/").content.decode()

    assert "批复后将就任" in page
    assert "候选0 任 主席" in page
    assert "方兰 的 主席" in page
    assert Post.objects.filter(until=None).count() == 1
