"""Dull factories for volunteering."""

from __future__ import annotations

import factory

from gonghui.apps.volunteering.models import Need, Partner, Shift

from .activities import SessionFactory
from .organisation import OrgFactory
from .signing import QuotaFactory


class PartnerFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = factory.Sequence(lambda n: f"第{n}社区")
    sort = "community"

    class Meta:
        model = Partner


class NeedFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    partner = factory.SubFactory(PartnerFactory, org=factory.SelfAttribute("..org"))
    title = factory.Sequence(lambda n: f"看望孤寡老人{n}")

    class Meta:
        model = Need


class ShiftFactory(factory.django.DjangoModelFactory):
    session = factory.SubFactory(SessionFactory, activity__kind="volunteer")
    quota = factory.SubFactory(
        QuotaFactory, activity=factory.SelfAttribute("..session.activity"), name="上午"
    )

    class Meta:
        model = Shift
