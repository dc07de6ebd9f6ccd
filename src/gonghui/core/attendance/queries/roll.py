"""The list at the door: everybody with a place, and what they came to."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Q

from gonghui.core.activities.models import Activity, Session
from gonghui.core.signing.models import Registration
from gonghui.core.signing.queries.roll import seated

from ..models import Attendance, Mark


@dataclass(frozen=True)
class Line:
    """One person of the list; ``number`` is that of the mark the next press makes."""

    registration: Registration
    attendance: Attendance | None
    last: uuid.UUID | None  # the mark that is taken back by 撤销
    number: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class Tally:
    """How many have a place, came, are excused."""

    seated: int
    came: int
    excused: int


def roll_of(
    session: Session,
    said: str = "",
    *,
    whose: Q | None = None,
    only: Collection[int] | None = None,
) -> list[Line]:
    """Everybody with a place, by unit and name; three queries however long the list is.

    ``only`` asks for a few registrations, and reads no more than their marks.
    """
    people = seated(session.activity).filter(whose or Q())
    few = Q()
    if only is not None:
        people, few = people.filter(pk__in=only), Q(registration__in=only)
    if said:
        person = Q(person__name__contains=said) | Q(person__pinyin__contains=said.lower())
        initials = Q(person__initials__startswith=said.lower())
        people = people.filter(person | initials | Q(guest__contains=said))
    rows = Attendance.objects.filter(few, session=session)
    kept = {row.registration_id: row for row in rows}
    last = _last_marks(session, few)
    return [Line(one, kept.get(one.pk), last.get(one.pk)) for one in people]


def _last_marks(session: Session, few: Q) -> dict[int, uuid.UUID]:
    """Registration → its latest mark that still stands."""
    rows = list(Mark.objects.filter(few, session=session).order_by("received_at", "at"))
    undone = {mark.undoes for mark in rows if mark.act == Mark.Act.UNDO}
    standing = (m for m in rows if m.act != Mark.Act.UNDO and m.number not in undone)
    return {mark.registration_id: mark.number for mark in standing}


def tally_of(session: Session, *, whose: Q | None = None) -> Tally:
    people = seated(session.activity).filter(whose or Q())
    rows = Attendance.objects.filter(session=session).order_by()
    if whose is not None:
        rows = rows.filter(registration__in=people.order_by().values("pk"))
    found = rows.aggregate(
        came=Count("pk", filter=Q(in_at__isnull=False)),
        excused=Count("pk", filter=Q(status=Attendance.Status.EXCUSED)),
    )
    return Tally(people.count(), found["came"], found["excused"])


def came_count(activity: Activity) -> int:
    """How many people came to at least one session."""
    came = Attendance.objects.filter(session__activity=activity, in_at__isnull=False)
    return came.order_by().values("registration").distinct().count()
