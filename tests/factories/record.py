"""Dull factories for what is on record of a person."""

from __future__ import annotations

from datetime import UTC, datetime

import factory

from gonghui.core.people.models import Consent, Correction, Identity, Particulars, Reveal, Scope
from gonghui.kit.identity import id_check

from .organisation import PersonFactory

MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def id_number(n: int) -> str:
    """The n-th of a row of valid ID numbers, all of women born on one day."""
    first = f"1101051990{n // 500 % 12 + 1:02}01{n % 500 * 2:03}"
    return first + id_check(first)


class IdentityFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    number = factory.Sequence(id_number)
    mobile = factory.Sequence(lambda n: f"1371234{n % 10000:04}")

    class Meta:
        model = Identity


class ParticularsFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    education = "20"

    class Meta:
        model = Particulars


class ConsentFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    scope = Scope.RECORD
    version = "1"
    text_hash = "0" * 64
    given_at = MOMENT

    class Meta:
        model = Consent


class RevealFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    by = factory.SubFactory(PersonFactory)
    field = "number"
    reason = "办理入会核对证件"
    at = MOMENT

    class Meta:
        model = Reveal


class CorrectionFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    field = "department"
    wanted = "质检科"
    reason = "去年换了部门"
    asked_at = MOMENT

    class Meta:
        model = Correction
