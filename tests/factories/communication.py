"""Dull factories for what was issued."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.communication.models import Publication
from tests.factories.organisation import OrgFactory


class PublicationFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    kind = "brief"
    title = "工会工作简报"
    year = 2026
    number = factory.Sequence(lambda n: n + 1)
    issued_on = date(2026, 5, 8)

    class Meta:
        model = Publication
