"""Dull factories for the learning archive."""

from __future__ import annotations

from datetime import date

import factory
from django.utils import timezone

from gonghui.apps.archive.models import (
    Comment,
    Material,
    Piece,
    Recommendation,
    Shown,
    State,
    Thanks,
    Volume,
)

from .organisation import OrgFactory, PersonFactory


class PieceFactory(factory.django.DjangoModelFactory):
    """A book that was read and is shown to officers."""

    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    kind = "book"
    state = State.WRITTEN
    title = factory.Sequence(lambda n: f"教育的情调{n}")
    on = factory.LazyFunction(timezone.localdate)
    shown_to = Shown.OFFICERS

    class Meta:
        model = Piece


class RecommendationFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"班组管理{n}")
    readers = "全体职工"
    why = "写得明白，用得上。"
    on = date(2026, 3, 1)

    class Meta:
        model = Recommendation


class MaterialFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"安全生产课件{n}")
    on = date(2026, 3, 1)

    class Meta:
        model = Material


class ThanksFactory(factory.django.DjangoModelFactory):
    piece = factory.SubFactory(PieceFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Thanks


class CommentFactory(factory.django.DjangoModelFactory):
    piece = factory.SubFactory(PieceFactory)
    person = factory.SubFactory(PersonFactory)
    words = "很受启发。"

    class Meta:
        model = Comment


class VolumeFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    year = 2025
    edition = factory.Sequence(lambda n: n + 1)
    name = factory.SelfAttribute("person.name")
    union = factory.SelfAttribute("org.name")
    sums = [["读书", "本人完成", "3 本"]]
    content = "0" * 64
    digest = "0" * 64
    on = date(2026, 1, 5)

    class Meta:
        model = Volume
