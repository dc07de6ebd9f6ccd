"""Dull factories for statistical forms, what was sent down and what was filed."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.statistics.models import Amount, Cell, Collection, Filing, Form, Relation
from tests.factories.organisation import OrgFactory


class FormFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"工会月报表{n}")
    cadence = "month"

    class Meta:
        model = Form


class CellFactory(factory.django.DjangoModelFactory):
    form = factory.SubFactory(FormFactory)
    position = factory.Sequence(lambda n: n)
    code = factory.Sequence(lambda n: f"A{n % 1000}")
    name = "收到职工诉求"
    unit = "件"

    class Meta:
        model = Cell


class RelationFactory(factory.django.DjangoModelFactory):
    form = factory.SubFactory(FormFactory)
    left = "A1"
    sign = "<="
    right = "A2"

    class Meta:
        model = Relation


class CollectionFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    form = factory.SubFactory(FormFactory, org=factory.SelfAttribute("..org"), state="issued")
    since = date(2026, 9, 1)
    until = date(2026, 9, 30)
    due_on = date(2026, 10, 10)

    class Meta:
        model = Collection


class FilingFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    collection = factory.SubFactory(CollectionFactory)

    class Meta:
        model = Filing


class AmountFactory(factory.django.DjangoModelFactory):
    filing = factory.SubFactory(FilingFactory)
    cell = factory.SubFactory(CellFactory, form=factory.SelfAttribute("..filing.collection.form"))
    entered = 3

    class Meta:
        model = Amount
