"""What the site, the demo and the seams may do with honours."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import record_made

from .models import Honour


@transaction.atomic
def register_honour(person: Person, *, by: Actor, **facts: Any) -> Honour:
    """Enter what a person was granted; it lies with the body they belong to."""
    made = Honour.objects.create(person=person, org=person.org, **facts)
    record_made(made, by=by)
    return made


__all__ = ["register_honour"]
