"""Dull factories for terms, elections, counts, departures and a chair's duties."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.elections.models import (
    Candidate,
    ChairBy,
    ChairDuty,
    Departure,
    Election,
    Leaving,
    Meeting,
    Office,
    Race,
    Step,
    Tally,
    Term,
    Vote,
)
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory


class TermFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    number = 3
    since = date(2023, 5, 10)
    years = 5
    due_on = date(2028, 5, 10)

    class Meta:
        model = Term


class ChairDutyFactory(factory.django.DjangoModelFactory):
    org = factory.SelfAttribute("post.org")
    person = factory.SelfAttribute("post.person")
    post = factory.SubFactory(PostFactory, title="主席")
    kind = "talk"
    since = date(2024, 1, 1)

    class Meta:
        model = ChairDuty


class ElectionFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    number = 4
    years = 5
    meeting = Meeting.DELEGATES
    chair_by = ChairBy.MEETING

    class Meta:
        model = Election


class RaceFactory(factory.django.DjangoModelFactory):
    election = factory.SubFactory(ElectionFactory)
    office = Office.MEMBER
    seats = 3

    class Meta:
        model = Race


class StepFactory(factory.django.DjangoModelFactory):
    election = factory.SubFactory(ElectionFactory)
    name = "agree"
    on = date(2026, 3, 1)

    class Meta:
        model = Step


class CandidateFactory(factory.django.DjangoModelFactory):
    race = factory.SubFactory(RaceFactory)
    person = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..race.election.org"))
    declared_on = date(2026, 3, 1)

    class Meta:
        model = Candidate


class TallyFactory(factory.django.DjangoModelFactory):
    race = factory.SubFactory(RaceFactory)
    by = factory.SubFactory(PersonFactory)
    issued = 40
    returned = 40

    class Meta:
        model = Tally


class VoteFactory(factory.django.DjangoModelFactory):
    tally = factory.SubFactory(TallyFactory)
    candidate = factory.SubFactory(CandidateFactory, race=factory.SelfAttribute("..tally.race"))
    yes = 30

    class Meta:
        model = Vote


class DepartureFactory(factory.django.DjangoModelFactory):
    org = factory.SelfAttribute("post.org")
    post = factory.SubFactory(PostFactory, title="主席")
    way = Leaving.RESIGNATION
    reason = "工作变动"
    proposed_on = date(2026, 3, 1)

    class Meta:
        model = Departure


def convened_race(org):
    """A race of an election whose meeting is on, ready to be counted."""
    election = ElectionFactory(
        org=org, state="convened", held_on=date(2026, 3, 20), should_attend=50, present=45
    )
    return RaceFactory(election=election)
