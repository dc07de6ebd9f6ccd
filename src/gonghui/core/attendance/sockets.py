"""What other parts add at the door: who is expected at a session where that is not everybody."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from gonghui.core.activities.models import Session
from gonghui.kit.registry import Registry

# The registrations a session is for, or nothing where it is for all of the activity.
expected: Registry[Callable[[Session], Q | None]] = Registry("who is expected at a session")


def expected_at(session: Session) -> Q:
    """A condition on registrations; everybody where nobody says otherwise."""
    found = (one(session) for one in expected)
    return next((one for one in found if one is not None), Q())
