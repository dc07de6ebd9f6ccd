"""The list at the door: everybody with a place, and what they came to."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from gonghui.core.activities.models import Activity, Session
from gonghui.core.signing.models import Registration
from gonghui.core.signing.queries.roll import seated
from gonghui.kit.prepared import about

from ..models import Attendance, Mark
from ..sockets import expected_at

M = TypeVar("M", Mark, Attendance)


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
    reads: Sequence[str] = (),
) -> list[Line]:
    """Everybody with a place, by unit and name; three queries however long the list is.

    Of a shift those who chose it, and who came all the same; who is looked for is found anyhow.
    ``only`` asks for a few registrations, and reads no more than their marks; ``reads`` names the
    columns that will be told, where a long list needs no others.
    """
    people = _called(seated(session.activity).filter(whose or Q()), said)
    if reads:
        people = people.select_related(None).select_related("person", "org").only(*reads)
    if only is not None:
        people = people.filter(pk__in=only)
    elif not said:
        people = people.filter(due_at(session))
    kept = {row.registration_id: row for row in attendances_of(session, only)}
    last = _last_marks(session, only)
    return [Line(one, kept.get(one.pk), last.get(one.pk)) for one in people]


def due_at(session: Session) -> Q:
    """Those expected at a session, and those who came to it all the same."""
    expected = expected_at(session)
    came = Attendance.objects.filter(session=session).order_by().values("registration")
    return expected | Q(pk__in=came) if expected else expected


def _called(people: QuerySet[Registration], said: str) -> QuerySet[Registration]:
    if not said:
        return people
    person = Q(person__name__contains=said) | Q(person__pinyin__contains=said.lower())
    initials = Q(person__initials__startswith=said.lower())
    return people.filter(person | initials | Q(guest__contains=said))


def marks_of(session: Session, only: Collection[int] | None = None) -> QuerySet[Mark]:
    """Marks of a session, or of a few people at it, in the order they came."""
    return _of(Mark.objects.order_by("received_at", "at"), session, only)


def attendances_of(session: Session, only: Collection[int] | None = None) -> QuerySet[Attendance]:
    """What they add up to, likewise."""
    return _of(Attendance.objects.order_by(), session, only)


def _of(rows: QuerySet[M], session: Session, only: Collection[int] | None) -> QuerySet[M]:
    here = rows.filter(session=session)
    return here if only is None else here.filter(registration__in=only)


def _last_marks(session: Session, only: Collection[int] | None) -> dict[int, uuid.UUID]:
    """Registration → its latest mark that still stands."""
    return last_of(marks_of(session, only))


def last_of(marks: Iterable[Mark]) -> dict[int, uuid.UUID]:
    """Registration → the latest of its marks, given in the order they came, that still stands."""
    rows = list(marks)
    undone = {mark.undoes for mark in rows if mark.act == Mark.Act.UNDO}
    standing = (m for m in rows if m.act != Mark.Act.UNDO and m.number not in undone)
    return {mark.registration_id: mark.number for mark in standing}


def tally_of(session: Session, *, whose: Q | None = None) -> Tally:
    people = seated(session.activity).filter(due_at(session), whose or Q())
    rows = Attendance.objects.filter(session=session).order_by()
    if whose is not None:
        rows = rows.filter(registration__in=people.order_by().values("pk"))
    found = rows.aggregate(
        came=Count("pk", filter=Q(in_at__isnull=False)),
        excused=Count("pk", filter=Q(status=Attendance.Status.EXCUSED)),
    )
    return Tally(people.count(), found["came"], found["excused"])


def came_to(registration: Registration) -> list[Attendance]:
    """The sessions somebody came to; asked once of one registration in hand."""
    held: list[Attendance] | None = registration.__dict__.get("came_to")
    if held is None:
        held = registration.__dict__["came_to"] = list(about(registration.pk, "came", _came))
    return held


def _came(registration: int) -> QuerySet[Attendance]:
    here = Attendance.objects.filter(registration=registration, in_at__isnull=False)
    return here.select_related("session")


def came_count(activity: Activity) -> int:
    """How many people came to at least one session."""
    return who_came(activity).distinct().count()


def who_came(activity: Activity) -> QuerySet[Attendance, Any]:
    """The registrations of those who came to at least one session, as others ask for them."""
    came = Attendance.objects.filter(session__activity=activity, in_at__isnull=False)
    return came.order_by().values("registration")
