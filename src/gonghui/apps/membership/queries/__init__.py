"""What is asked about people."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person


def people_of(org: Org) -> models.QuerySet[Person]:
    """The people who belong to a body now, without those of the bodies below."""
    return Person.objects.active().filter(org=org)
