"""A finished record certifies those who came, a class those who passed; opened again, the papers
prove nothing until it is finished anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record

from ..models import Certificate
from ..queries.shares import Share, shares_of

VERBS |= {"certify": "出具证明", "uncertify": "撤回证明"}
SAID = ("title", "first_on", "last_on", "role", "hours", "grade")
BATCH = 500
SORT = Certificate.Sort


@events.on("activities.activity", "record")
def certify(activity: Activity, *, by: Actor) -> None:
    """One paper for each who came."""
    shares = [share for share in shares_of(activity) if share.hours > 0]
    issue(activity, SORT.TOOK_PART, [_certificate(activity, share) for share in shares], by=by)


@events.on("activities.activity", "reopen")
def uncertify(activity: Activity, *, by: Actor) -> None:
    call_in(activity, SORT.TOOK_PART, by=by)


def issue(activity: Activity, sort: str, wanted: Sequence[Certificate], *, by: Actor) -> None:
    """Papers of one sort; who had the very same one before gets it back with its code."""
    rows = Certificate.objects.filter(registration__activity=activity, sort=sort)
    old = {_key(one): one.pk for one in rows}
    again = [old[key] for one in wanted if (key := _key(one)) in old]
    new = [one for one in wanted if _key(one) not in old]
    Certificate.objects.filter(pk__in=again).update(withdrawn_at=None)
    Certificate.objects.bulk_create(new, batch_size=BATCH)
    if wanted:
        record(activity, "certify", by=by, changes={"count": len(wanted)})


def call_in(activity: Activity, sort: str, *, by: Actor) -> None:
    """Withdraw the papers of one sort; they stay, and whoever checks one is told."""
    standing = Certificate.objects.standing().filter(registration__activity=activity, sort=sort)
    if gone := standing.update(withdrawn_at=timezone.now()):
        record(activity, "uncertify", by=by, changes={"count": gone})


def days_of(activity: Activity) -> dict[str, Any]:
    """The first and the last day, and today as the day of issue."""
    today = timezone.localdate()
    return {
        "first_on": timezone.localdate(activity.starts_at) if activity.starts_at else today,
        "last_on": timezone.localdate(activity.ends_at) if activity.ends_at else today,
        "issued_on": today,
    }


def _key(one: Certificate) -> tuple[Any, ...]:
    return one.registration_id, *(getattr(one, name) for name in SAID)


def _certificate(activity: Activity, share: Share) -> Certificate:
    return Certificate(
        org=activity.org,
        registration=share.registration,
        title=activity.title,
        role=share.role,
        hours=share.hours,
        **days_of(activity),
    )
