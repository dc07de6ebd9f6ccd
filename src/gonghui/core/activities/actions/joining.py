"""Bodies that are asked to hold an activity together with another agree, or need not be asked."""

from __future__ import annotations

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError

from ..models import Activity
from ..rules import UPCOMING

VERBS |= {"cohost": "同意协办"}


@transaction.atomic
def join_activity(activity: Activity, org: Org, *, by: Actor) -> Activity:
    """It is for the people of this body too, who hear of it (R-211); said once."""
    kept = Activity.objects.select_for_update().get(pk=activity.pk)
    if kept.state not in UPCOMING or kept.is_past:
        raise DomainError("活动已经结束或取消，不用再答复。")
    if kept.joined.filter(pk=org.pk).exists():
        return kept
    kept.joined.add(org)
    record(kept, "cohost", by=by, changes={"org": str(org)})
    events.emit(kept, "joined", by=by, org=org)
    return kept


def follow_partners(activity: Activity, by: Actor) -> None:
    """Who was taken off the list holds it no more; whom the organiser leads need not agree."""
    partners, joined = set(activity.partners.all()), set(activity.joined.all())
    led = {org for org in partners if by.can("activities.write", at=org)}
    if (wanted := joined & partners | led) != joined:
        activity.joined.set(wanted)
