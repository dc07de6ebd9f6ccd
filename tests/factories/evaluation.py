"""Dull factories for evaluation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from gonghui.apps.evaluation.models import (
    BallotCount,
    Band,
    Contender,
    Criterion,
    Objection,
    Opinion,
    Poll,
    Rater,
    Review,
    Round,
    Scheme,
    SheetLine,
    Tally,
    Voter,
)
from tests.factories.organisation import OrgFactory, PersonFactory


class SchemeFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"学习型班组评估{n}")
    target = "unit"

    class Meta:
        model = Scheme


class CriterionFactory(factory.django.DjangoModelFactory):
    scheme = factory.SubFactory(SchemeFactory)
    code = factory.Sequence(lambda n: f"A{n}")
    name = "集体学习"
    weight = 10
    method = "mark"
    filler = "upper"

    class Meta:
        model = Criterion


class BandFactory(factory.django.DjangoModelFactory):
    scheme = factory.SubFactory(SchemeFactory)
    title = factory.Sequence(lambda n: f"等次{n}")
    at_least = factory.Sequence(Decimal)

    class Meta:
        model = Band


class RoundFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    scheme = factory.SubFactory(SchemeFactory, org=factory.SelfAttribute("..org"), state="issued")
    title = factory.Sequence(lambda n: f"年度评估{n}")
    since = date(2026, 1, 1)
    until = date(2026, 12, 31)
    apply_from = date(2026, 11, 1)
    apply_until = date(2026, 11, 30)
    raters_each = 2
    term_years = 2
    seed = "a-kept-seed"

    class Meta:
        model = Round


class ContenderFactory(factory.django.DjangoModelFactory):
    round = factory.SubFactory(RoundFactory)
    org = factory.SubFactory(OrgFactory, parent=factory.SelfAttribute("..round.org"))

    class Meta:
        model = Contender


class SheetLineFactory(factory.django.DjangoModelFactory):
    contender = factory.SubFactory(ContenderFactory)
    criterion = factory.SubFactory(
        CriterionFactory, scheme=factory.SelfAttribute("..contender.round.scheme")
    )

    class Meta:
        model = SheetLine


class RaterFactory(factory.django.DjangoModelFactory):
    round = factory.SubFactory(RoundFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Rater
        skip_postgeneration_save = True


class ReviewFactory(factory.django.DjangoModelFactory):
    contender = factory.SubFactory(ContenderFactory)
    rater = factory.SubFactory(RaterFactory, round=factory.SelfAttribute("..contender.round"))

    class Meta:
        model = Review


class BallotCountFactory(factory.django.DjangoModelFactory):
    line = factory.SubFactory(SheetLineFactory)
    by = factory.SubFactory(PersonFactory)
    yes = 8
    cast = 10

    class Meta:
        model = BallotCount


class ObjectionFactory(factory.django.DjangoModelFactory):
    round = factory.SubFactory(RoundFactory)
    org = factory.SelfAttribute("round.org")
    words = "学习记录与实际不符。"
    on = date(2026, 12, 10)

    class Meta:
        model = Objection


class PollFactory(factory.django.DjangoModelFactory):
    contender = factory.SubFactory(ContenderFactory)
    opened_on = date(2026, 11, 1)
    until = date(2026, 12, 31)
    called = 4
    least = 3
    basis = "示例"

    class Meta:
        model = Poll


class TallyFactory(factory.django.DjangoModelFactory):
    poll = factory.SubFactory(PollFactory)
    criterion = factory.SubFactory(CriterionFactory, filler="members")
    choice = "yes"

    class Meta:
        model = Tally


class VoterFactory(factory.django.DjangoModelFactory):
    poll = factory.SubFactory(PollFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Voter


class OpinionFactory(factory.django.DjangoModelFactory):
    line = factory.SubFactory(SheetLineFactory)
    heard_on = date(2026, 11, 8)
    cast = 10
    content = 8

    class Meta:
        model = Opinion
