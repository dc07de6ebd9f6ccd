"""Occasions that come near, with what a body held for them last year and plans for this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, State
from gonghui.core.activities.occasions import Occasion, nearest, occasions_between
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.files.store import attachments_of
from gonghui.core.orgs.models import Org
from gonghui.kit.moments import midnight

AHEAD = timedelta(days=30)  # beyond the month that is shown
AROUND = timedelta(days=45)  # what is held for a festival lies so near to it
YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Before:
    """What was held for it a year ago, to be done again with its papers."""

    activity: Activity
    papers: int


@dataclass(frozen=True)
class Suggestion:
    """A festival to come; ``plan_url`` leads to a new activity on its day."""

    occasion: Occasion
    planned: list[Activity]
    before: list[Before]
    plan_url: str


def suggestions(actor: Actor, org: Org, first: date, last: date) -> list[Suggestion]:
    """For who plans activities of the body; nothing for anybody else and for days gone by."""
    today = timezone.localdate()
    found = occasions_between(max(first, today), last + AHEAD)
    if not found or not actor.can("activities.write", at=org):
        return []
    rows = Activity.objects.filter(org=org, starts_at__gte=midnight(found[0].day - YEAR - AROUND))
    known = list(ACTIVITY_RULES["view"].narrow(rows.exclude(state=State.CANCELLED), actor))
    may_copy = _numbers(ACTIVITY_RULES["clone"].narrow(rows, actor))
    return [_suggestion(one, org, known, may_copy) for one in found]


def _suggestion(
    occasion: Occasion, org: Org, known: list[Activity], may_copy: frozenset[int]
) -> Suggestion:
    held = [one for one in known if _is_for(one, occasion)]
    this = [one for one in held if abs(_day(one) - occasion.day) <= AROUND]
    last = nearest(occasion.name, occasion.day - timedelta(days=365)) or occasion.day
    before = [one for one in held if abs(_day(one) - last) <= AROUND and one.pk in may_copy]
    asked = {
        "org": org.pk,
        "kind": occasion.kinds[0].code,
        "occasion": occasion.name,
        "on": occasion.day.isoformat(),
    }
    return Suggestion(
        occasion,
        this,
        [Before(one, attachments_of(one).count()) for one in before],
        f"{reverse('activities:activity-create')}?{urlencode(asked)}",
    )


def _is_for(activity: Activity, occasion: Occasion) -> bool:
    """It says so, or it was held on the very day."""
    if activity.occasion:
        return activity.occasion == occasion.name
    return nearest(occasion.name, _day(activity)) == _day(activity)


def _day(activity: Activity) -> date:
    return timezone.localdate(activity.starts_at)


def _numbers(rows: QuerySet[Activity]) -> frozenset[int]:
    return frozenset(rows.values_list("pk", flat=True))
