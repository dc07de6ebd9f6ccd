"""A dull factory for what a record earned somebody."""

from __future__ import annotations

from decimal import Decimal

import factory
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from gonghui.core.credits.models import Credit, Unit

from .activities import ActivityFactory
from .organisation import OrgFactory, PersonFactory


class CreditFactory(factory.django.DjangoModelFactory):
    class Params:
        source = factory.SubFactory(ActivityFactory)

    org = factory.SubFactory(OrgFactory)
    person = factory.SubFactory(PersonFactory)
    kind = "learning"
    unit = Unit.HOUR
    amount = Decimal("2")
    on = factory.LazyFunction(timezone.localdate)
    words = "书法讲座"
    record_type = factory.LazyAttribute(lambda one: ContentType.objects.get_for_model(one.source))
    record_id = factory.LazyAttribute(lambda one: one.source.pk)
    confirmed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Credit
