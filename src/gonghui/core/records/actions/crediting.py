"""A finished record credits hours to those who came and what each gave; opened again, it takes them
back until it is finished anew.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle, withdraw
from gonghui.core.flow import events

from ..queries.shares import gifts_of, kind_of, shares_of


def earned_by(activity: Activity) -> list[Earned]:
    """Hours of everybody on record who came, and what they gave; guests earn nothing here."""
    kind, day = kind_of(activity), _day(activity)
    hours = [
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
    gave = [
        Earned(
            person_id=gift.person,
            kind=gift.kind,
            role=Credit.Role.OWN,
            amount=Decimal(gift.times),
            on=day,
            words=f"{activity.title}（{gift.words}）",
        )
        for gift in gifts_of(activity)
    ]
    return hours + gave


def _day(activity: Activity) -> date:
    moment = activity.ends_at
    return timezone.localdate(moment) if moment else timezone.localdate()


@events.on("activities.activity", "record")
def credit(activity: Activity, *, by: Actor) -> None:
    settle(activity, activity.org, earned_by(activity), by=by)


@events.on("activities.activity", "reopen")
def uncredit(activity: Activity, *, by: Actor) -> None:
    withdraw(activity, activity.org, by=by)
