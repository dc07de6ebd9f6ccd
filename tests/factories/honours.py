"""Dull factories for honours."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.honours.models import Honour
from tests.factories.organisation import PersonFactory


class HonourFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    title = "安澜市劳动模范"
    sort = "model_worker"
    level = "city"
    granted_by = "安澜市人民政府"
    granted_on = date(2020, 4, 28)
    document = "安政发〔2020〕12号"

    class Meta:
        model = Honour
