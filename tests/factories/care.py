"""Dull factories for the register of hardship and for dismissals."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.care.models import Dismissal, Hardship
from tests.factories.organisation import PersonFactory


class HardshipFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    grade = "relative"
    cause = "own_illness"
    since = date(2025, 3, 1)
    approval = "安工帮〔2025〕3号"

    class Meta:
        model = Hardship


class DismissalFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    reason = "严重违反规章制度"
    ends_on = date(2026, 11, 1)
    notified_on = date(2026, 10, 15)

    class Meta:
        model = Dismissal
