"""A finished record certifies those who came; opened again, the papers prove nothing until it is
finished anew.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record

from ..models import Certificate
from ..queries.shares import Share, shares_of

VERBS |= {"certify": "出具参加证明", "uncertify": "撤回参加证明"}
SAID = ("title", "first_on", "last_on", "role", "hours")
BATCH = 500


@events.on("activities.activity", "record")
def certify(activity: Activity, *, by: Actor) -> None:
    """One paper for each who came; who had the very same one before gets it back with its code."""
    shares = [share for share in shares_of(activity) if share.hours > 0]
    old = {
        (one.registration_id, *(getattr(one, name) for name in SAID)): one.pk
        for one in Certificate.objects.filter(registration__activity=activity)
    }
    wanted = [_certificate(activity, share) for share in shares]
    keys = [(one.registration_id, *(getattr(one, name) for name in SAID)) for one in wanted]
    again = [old[key] for key in keys if key in old]
    new = [one for one, key in zip(wanted, keys, strict=True) if key not in old]
    Certificate.objects.filter(pk__in=again).update(withdrawn_at=None)
    Certificate.objects.bulk_create(new, batch_size=BATCH)
    if wanted:
        record(activity, "certify", by=by, changes={"count": len(wanted)})


@events.on("activities.activity", "reopen")
def uncertify(activity: Activity, *, by: Actor) -> None:
    standing = Certificate.objects.standing().filter(registration__activity=activity)
    if gone := standing.update(withdrawn_at=timezone.now()):
        record(activity, "uncertify", by=by, changes={"count": gone})


def _certificate(activity: Activity, share: Share) -> Certificate:
    today = timezone.localdate()
    days: dict[str, Any] = {
        "first_on": timezone.localdate(activity.starts_at) if activity.starts_at else today,
        "last_on": timezone.localdate(activity.ends_at) if activity.ends_at else today,
    }
    return Certificate(
        org=activity.org,
        registration=share.registration,
        title=activity.title,
        role=share.role,
        hours=share.hours,
        issued_on=today,
        **days,
    )
