"""Who is on an activity's list, and how many stand where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from gonghui.core.activities.models import Activity

from ..models import Registration

STATUS = Registration.Status


@dataclass(frozen=True)
class Counts:
    """How many stand where; people, not places."""

    signed: int
    waiting: int
    invited: int


def seated(activity: Activity) -> QuerySet[Registration]:
    """Those with a place, by unit and name."""
    rows = activity.registrations.filter(status=STATUS.SIGNED).select_related(
        "person", "org", "quota"
    )
    return rows.order_by("org__path", "person__pinyin", "guest", "pk")


def waiting(activity: Activity) -> QuerySet[Registration]:
    """Those in the line, the next to move up first."""
    rows = activity.registrations.filter(status=STATUS.WAITING)
    return rows.select_related("person", "org", "quota").order_by("line")


def asked_of(activity: Activity) -> dict[str, list[Registration]]:
    """Those who were asked: without an answer, and those who will not come."""
    rows = activity.registrations.filter(status__in=(STATUS.INVITED, STATUS.DECLINED))
    found = list(rows.select_related("person", "org").order_by("org__path", "person__pinyin"))
    return {
        "unanswered": [one for one in found if one.status == STATUS.INVITED],
        "declined": [one for one in found if one.status == STATUS.DECLINED],
    }


def counts_of(activity: Activity) -> Counts:
    """Counted from the rows, in one query."""
    states = Counter(activity.registrations.values_list("status", flat=True))
    return Counts(states[STATUS.SIGNED], states[STATUS.WAITING], states[STATUS.INVITED])
