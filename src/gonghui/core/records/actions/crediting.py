"""A finished record credits hours to those who came, taught and helped; opened again, it takes them
back until it is finished anew.
"""

from __future__ import annotations

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.credits.settling import Earned, settle, withdraw
from gonghui.core.flow import events

from ..queries.shares import kind_of, shares_of


def earned_by(activity: Activity) -> list[Earned]:
    """The hours of everybody on record who came, once each; guests earn nothing here."""
    kind, moment = kind_of(activity), activity.ends_at
    day = timezone.localdate(moment) if moment else timezone.localdate()
    return [
        Earned(
            person_id=share.registration.person_id,
            kind=kind,
            role=share.role,
            amount=share.hours,
            on=day,
            words=activity.title,
        )
        for share in shares_of(activity)
        if share.registration.person_id is not None
    ]


@events.on("activities.activity", "record")
def credit(activity: Activity, *, by: Actor) -> None:
    settle(activity, activity.org, earned_by(activity), by=by)


@events.on("activities.activity", "reopen")
def uncredit(activity: Activity, *, by: Actor) -> None:
    withdraw(activity, activity.org, by=by)
