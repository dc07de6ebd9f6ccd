"""What an activity left: its record, and what people thought of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, F, QuerySet

from gonghui.core.activities.models import Activity
from gonghui.core.attendance.queries.roll import who_came
from gonghui.core.signing.models import Registration
from gonghui.core.signing.queries.roll import seated

from ..models import Contribution, Feedback, Record


@dataclass(frozen=True)
class Opinion:
    """How many said something, their mean to one place, and their words without their names."""

    count: int
    stars: float | None
    words: list[str]


def record_of(activity: Activity) -> Record:
    """The record as kept; an empty one where nothing is written yet."""
    return Record.objects.filter(activity=activity).first() or Record(activity=activity)


def told_of(activity: Activity) -> list[Contribution]:
    """Who gave what, and after that the results of the items, the first first."""
    rows = Contribution.objects.filter(activity=activity)
    dressed = rows.select_related("registration__person", "registration__org", "quota")
    item, rank = F("quota").asc(nulls_first=True), F("rank").asc(nulls_last=True)
    return list(dressed.order_by(item, rank, "pk"))


def absent_from(activity: Activity) -> QuerySet[Registration]:
    """Who had a place and came to no session, excused or not."""
    return seated(activity).exclude(pk__in=who_came(activity))


def opinion_of(activity: Activity) -> Opinion:
    rows = Feedback.objects.filter(registration__activity=activity)
    found = rows.order_by().aggregate(count=Count("pk"), stars=Avg("stars"))
    stars = round(found["stars"], 1) if found["stars"] is not None else None
    # By the words, so that their order does not tell who wrote them.
    words = sorted(rows.exclude(words="").values_list("words", flat=True))
    return Opinion(found["count"], stars, words)
