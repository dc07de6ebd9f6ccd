"""Dull factories for units without a union, associations' reviews and outside contacts."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.organisation.models import (
    AssociationReview,
    Closing,
    Contact,
    Exchange,
    Prospect,
    SurveyNote,
)
from gonghui.core.orgs.models import Kind
from tests.factories.organisation import OrgFactory


class ProspectFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory, kind=Kind.FEDERATION)
    unit = factory.Sequence(lambda n: f"新设公司{n}")
    found_on = date(2026, 2, 1)

    class Meta:
        model = Prospect


class SurveyNoteFactory(factory.django.DjangoModelFactory):
    prospect = factory.SubFactory(ProspectFactory)
    on = date(2026, 2, 10)
    text = "职工三百余人，行政支持。"

    class Meta:
        model = SurveyNote


class ClosingFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    day = date(2026, 3, 1)

    class Meta:
        model = Closing


class AssociationReviewFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory, kind=Kind.GRASSROOTS)
    on = date(2026, 1, 20)
    members = 20
    joined = 3
    left = 1
    verdict = "good"

    class Meta:
        model = AssociationReview


class ContactFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = factory.Sequence(lambda n: f"外省先进工会{n}")
    sort = "advanced"

    class Meta:
        model = Contact


class ExchangeFactory(factory.django.DjangoModelFactory):
    contact = factory.SubFactory(ContactFactory)
    on = date(2026, 3, 5)
    subject = "学习交流"

    class Meta:
        model = Exchange
