"""Who asks: the person behind a request."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from gonghui.core.people.models import Person


def person_of(request: Any) -> Person:
    """Whoever is logged in as a person; an account without one has no page of its own."""
    person: Person | None = request.actor.person
    if person is None:
        raise Http404
    return person
