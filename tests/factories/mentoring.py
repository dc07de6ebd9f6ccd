"""Dull factories for mentoring."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.mentoring.models import (
    Appraisal,
    DegreeTarget,
    Going,
    Ladder,
    Lesson,
    Milestone,
    Offer,
    Pair,
    Passage,
    Placement,
    Recognition,
    Tier,
    Track,
)

from .organisation import OrgFactory, PersonFactory


class TrackFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"新教师培养{n}")

    class Meta:
        model = Track


class MilestoneFactory(factory.django.DjangoModelFactory):
    track = factory.SubFactory(TrackFactory)
    months = 12
    title = factory.Sequence(lambda n: f"站稳讲台{n}")

    class Meta:
        model = Milestone


class PairFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    mentor = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..org"))
    apprentice = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..org"))
    field = "数控车床操作"
    since = date(2026, 3, 1)
    until = date(2027, 2, 28)

    class Meta:
        model = Pair


class LessonFactory(factory.django.DjangoModelFactory):
    pair = factory.SubFactory(PairFactory, state="running")
    by = factory.SelfAttribute("pair.mentor")
    on = date(2026, 3, 10)
    what = "对刀"

    class Meta:
        model = Lesson


class PassageFactory(factory.django.DjangoModelFactory):
    milestone = factory.SubFactory(MilestoneFactory)
    pair = factory.SubFactory(PairFactory, track=factory.SelfAttribute("..milestone.track"))
    on = date(2026, 9, 1)

    class Meta:
        model = Passage


class LadderFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"骨干教师分层培养{n}")

    class Meta:
        model = Ladder


class TierFactory(factory.django.DjangoModelFactory):
    ladder = factory.SubFactory(LadderFactory)
    position = factory.Sequence(lambda n: n % 9 + 1)
    name = factory.Sequence(lambda n: f"第{n}层")

    class Meta:
        model = Tier


class PlacementFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    tier = factory.SubFactory(TierFactory, ladder__org=factory.SelfAttribute("...org"))
    ladder = factory.SelfAttribute("tier.ladder")
    since = date(2026, 3, 1)

    class Meta:
        model = Placement


class DegreeTargetFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"教师学历目标{n}")
    qualifying = "40"
    over = 90
    bachelor = 30

    class Meta:
        model = DegreeTarget


class OfferFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"课程改革研修{n}")
    place = "上海"
    since = date(2026, 7, 10)
    until = date(2026, 7, 16)

    class Meta:
        model = Offer


class GoingFactory(factory.django.DjangoModelFactory):
    offer = factory.SubFactory(OfferFactory)
    org = factory.SelfAttribute("offer.org")
    person = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..org"))

    class Meta:
        model = Going


class RecognitionFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    kind = "skill"
    on = date(2026, 4, 28)
    year = 2026
    evidence = "连续三年无次品。"

    class Meta:
        model = Recognition


class AppraisalFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    on = date(2026, 4, 28)
    learning = 4

    class Meta:
        model = Appraisal
