"""What the site, the demo and the seams may do with the register of hardship and dismissals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.people.consents import has_agreed
from gonghui.core.people.models import Person, Scope
from gonghui.core.screens.changes import record_made
from gonghui.kit.errors import DomainError

from .actions import keep_illness
from .forms import UNAGREED
from .models import Dismissal, Hardship


@transaction.atomic
def open_file(
    person: Person, *, by: Actor, illness: str = "", signed_on: date | None = None, **facts: Any
) -> Hardship:
    """Put a worker on the register; an illness is kept with their agreement alone (§29)."""
    made = Hardship(person=person, org=person.org, **facts)
    if illness:
        if signed_on is None and not has_agreed(person, Scope.HEALTH):
            raise DomainError(UNAGREED)
        keep_illness(made, illness, signed_on=signed_on, by=by)
    made.save()
    record_made(made, by=by)
    return made


@transaction.atomic
def note_dismissal(person: Person, *, by: Actor, **facts: Any) -> Dismissal:
    """Enter a contract the employer ends, and what the union was told and said (ORG-20)."""
    made = Dismissal.objects.create(person=person, org=person.org, **facts)
    record_made(made, by=by)
    return made


__all__ = ["note_dismissal", "open_file"]
