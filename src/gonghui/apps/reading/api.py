"""What others may ask of bookrooms."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.screens.changes import changes_of, snapshot

from .actions.catalogue import add_book
from .actions.circles import plan_meeting
from .actions.keeping import reserve
from .actions.lending import finish_reading, give_back, lend
from .models import Book, Bookroom, Circle, Copy, Loan
from .queries.books import any_copy

__all__ = [
    "Book", "Bookroom", "Circle", "Copy", "Loan", "add_book", "any_copy", "finish_reading",
    "give_back", "keep_circle", "lend", "open_room", "plan_meeting", "reserve",
]  # fmt: skip


@transaction.atomic
def open_room(org: Org, *, by: Actor, **facts: Any) -> Bookroom:
    """Put a bookroom of a body on record."""
    room = Bookroom(org=org, **facts)
    room.full_clean(exclude=["org"])
    room.save()
    record(room, "create", by=by, changes=changes_of({}, snapshot(room)), is_new=True)
    return room


@transaction.atomic
def keep_circle(org: Org, *, by: Actor, **facts: Any) -> Circle:
    """Put a reading circle of a body on record."""
    circle = Circle(org=org, **facts)
    circle.full_clean(exclude=["org"])
    circle.save()
    record(circle, "create", by=by, changes=changes_of({}, snapshot(circle)), is_new=True)
    return circle
