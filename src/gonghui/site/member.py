"""The member's home: what is on today, how their study stands, what to join, what to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from gonghui.apps.communication import api as communication
from gonghui.apps.learning import api as learning
from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, State
from gonghui.core.signing.models import Registration
from gonghui.core.signing.queries.mine import Offer, offers

MOST_RINGS, MOST_OFFERS, MOST_PAPERS = 3, 4, 3


def member_of(actor: Actor, now: datetime) -> dict[str, Any]:
    """Nothing of it for an account without a person."""
    if actor.person is None:
        return {}
    found = offers(actor, now)
    on = next((one for one in found if _is_on(one, now)), None)
    return {
        "on": on,
        "hours": _hours(on.activity) if on else "",
        "rings": learning.rings_of(actor.person, now.date())[:MOST_RINGS],
        "papers": list(communication.issued_to(actor)[:MOST_PAPERS]),
        "offers": [one for one in found if one is not on][:MOST_OFFERS],
    }


def _hours(activity: Activity) -> str:
    """14:00–15:30, or only when it begins where it goes on for days."""
    begins, ends = (
        timezone.localtime(one) for one in (activity.starts_at, activity.ends_at) if one
    )
    is_short = ends.date() == begins.date()
    return f"{begins:%H:%M}–{ends:%H:%M}" if is_short else f"{begins:%H:%M} 开始"


def _is_on(offer: Offer, now: datetime) -> bool:
    """The member signed up for it, and it is today; what was put off is on no day yet."""
    if offer.activity.state == State.POSTPONED:
        return False
    signed = offer.mine is not None and offer.mine.status == Registration.Status.SIGNED
    begins, ends = offer.activity.starts_at, offer.activity.ends_at
    return signed and bool(begins and ends) and timezone.localdate(begins) == now.date()
