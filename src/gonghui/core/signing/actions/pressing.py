"""A bare press signs one up where nothing is asked: in a rush, all but everybody does just that."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor

from ..models import Registration
from .locking import lock_to_sign
from .signing import Signing, seat, why_closed


@transaction.atomic
def press(pk: int, *, by: Actor) -> Registration | None:
    """Sign the actor up for an activity, as ``sign_up`` does, in as few steps as there can be.

    Whether the activity is theirs to sign up for is asked under the lock, along with the rest.
    Nothing where there is more to say: that it is not theirs, not open now, or what it asks.
    """
    locked = lock_to_sign(by, pk)
    if locked is None or by.person is None or _asks_something(locked):
        return None
    if why_closed(locked, timezone.now()):
        return None
    (made,) = seat(locked, [Signing(by.person)], by=by)
    return made


def _asks_something(locked: Any) -> bool:
    """Whether its page shows anything to fill in."""
    return bool(
        locked.has_groups
        or locked.has_questions
        or locked.consent
        or locked.categories
        or locked.companions_allowed
    )
