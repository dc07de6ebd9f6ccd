"""What is read of people at a door while the activity is locked, and what their marks add up to.

It is read in as few steps as can be: everybody else at every door waits meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from gonghui.core.activities.models import Activity, Session
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import latest
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from gonghui.kit.gathered import Gathered
from gonghui.kit.loading import change
from gonghui.kit.prepared import about_all
from gonghui.kit.writing import Statement, insertion, update

from ..engine import merging
from ..models import Attendance, Mark
from ..queries.roll import Line, last_of

GRACE = timedelta(minutes=10)  # who comes within is not late
MOST_WORDS = 200  # of a conflict that are kept: ten doors fill them
BATCH = 1000
SAID = ("status", "in_at", "out_at", "reason", "conflict")


class Named(Protocol):
    """What a note says of whose it is."""

    @property
    def number(self) -> UUID: ...
    @property
    def registration(self) -> int | None: ...
    @property
    def ticket(self) -> str: ...
    @property
    def who(self) -> str: ...


@dataclass
class Sheet:
    """Some people at one session: their marks, their attendance, the activity's latest entry."""

    session: Session
    people: dict[int, Registration] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    kept: dict[int, Attendance] = field(default_factory=dict)
    told: tuple[int, str] = (0, "")

    @classmethod
    def of(
        cls,
        session: Session,
        notes: Sequence[Named],
        whose: Q | None,
        let_in: Collection[int],
        asked: QuerySet[Any] | None = None,
    ) -> Sheet:
        """Those the notes name, those just let in, and the marks the notes may have made before.

        ``asked`` is what ``asked_of_one`` gave for the same notes, answered or not.
        """
        sheet = cls(session)
        if asked is not None:
            has_marks = sheet._read_one(asked)
        else:
            has_marks = sheet._read_all(notes, whose, let_in)
        if has_marks or not sheet.people:
            theirs = Q(session=session, registration__in=sheet.people)
            mine = Q(number__in=[note.number for note in notes])
            sheet.marks = list(Mark.objects.filter(mine | theirs).order_by())
        return sheet

    def _read_one(self, asked: QuerySet[Any]) -> bool:
        """The only one, with all there is to know; whether there are marks."""
        for one in asked:
            self._put(one)
            if one.told:
                ((number, digest),) = one.told
                self.told = number, digest
            return bool(one.has_marks)
        return False

    def _read_all(self, notes: Sequence[Named], whose: Q | None, let_in: Collection[int]) -> bool:
        named = {note.registration for note in notes if note.registration}
        tickets = {note.ticket for note in notes if note.ticket}
        meant = (Q(pk__in=named) | Q(ticket__in=tickets)) & (whose or Q()) | Q(pk__in=let_in)
        activity, session = self.session.activity_id, self.session.pk
        for one in _people(activity, session).filter(meant).order_by("pk"):
            self._put(one)
        self.told = latest(self.session.activity)
        return True

    def _put(self, one: Any) -> None:
        self.people[one.pk] = one
        if here := getattr(one, "here", None):
            self.kept[one.pk] = here

    def known(self, numbers: Collection[UUID], refused: dict[UUID, str]) -> dict[UUID, int]:
        """Whose the numbers taken before are; one of another session is nobody's to use again."""
        taken = [mark for mark in self.marks if mark.number in numbers]
        others = [mark.number for mark in taken if mark.session_id != self.session.pk]
        refused |= dict.fromkeys(others, "这条记录的编号已用在别的场次，请在名单上补签。")
        return {one.number: one.registration_id for one in taken if one.number not in refused}

    def refuse_copy(self, registration: Registration) -> None:
        """A code lets in once."""
        came = self.kept.get(registration.pk)
        if came is not None and came.in_at is not None:
            at = timezone.localtime(came.in_at)
            raise DomainError(f"{registration} 已在 {at:%H:%M} 签到，这个码不能再用一次。")

    def add_up(self, made: Sequence[Mark]) -> list[Statement]:
        """Put the new marks in; what writes the attendance of one, of several it is written."""
        self.marks += made
        touched = {mark.registration_id for mark in made}
        marks: dict[int, list[merging.Mark]] = {pk: [] for pk in touched}
        for mark in self.marks:
            if mark.session_id == self.session.pk and mark.registration_id in touched:
                marks[mark.registration_id].append(_plain(mark))
        changed = {pk: row for pk in touched if (row := self.kept.get(pk))}
        for pk in touched:
            self._set(pk, marks[pk])
        gone = [row.pk for pk, row in changed.items() if pk not in self.kept]
        if gone:
            Attendance.objects.filter(pk__in=gone).delete()
        fresh = [self.kept[pk] for pk in touched if pk in self.kept and pk not in changed]
        still = [row for pk, row in changed.items() if pk in self.kept]
        if len(touched) == 1:
            return [*(insertion(row) for row in fresh), *(update(row, *SAID) for row in still)]
        Attendance.objects.bulk_create(fresh, batch_size=BATCH)
        change(Attendance, still, SAID)
        return []

    def _set(self, pk: int, marks: list[merging.Mark]) -> None:
        starts_at, ends_at = self.session.starts_at, self.session.ends_at
        outcome = merging.add_up(marks, starts_at=starts_at, ends_at=ends_at, grace=GRACE)
        if not outcome.status:
            self.kept.pop(pk, None)
            return
        person = self.people[pk].person_id
        row = self.kept.setdefault(
            pk, Attendance(session=self.session, registration_id=pk, person_id=person)
        )
        row.status, row.in_at, row.out_at = outcome.status, outcome.in_at, outcome.out_at
        row.reason, row.conflict = outcome.reason, outcome.conflict[:MOST_WORDS]

    def mark(self, number: UUID) -> Mark:
        """The mark of a number that was taken, now or before, with whose it is."""
        (found,) = (mark for mark in self.marks if mark.number == number)
        if found.registration_id in self.people:
            found.registration = self.people[found.registration_id]
        return found

    def line(self, pk: int) -> Line:
        """How somebody stands now."""
        here = (mark for mark in self.marks if mark.session_id == self.session.pk)
        mine = sorted(
            (mark for mark in here if mark.registration_id == pk),
            key=lambda mark: (mark.received_at, mark.at),
        )
        return Line(self.people[pk], self.kept.get(pk), last_of(mine).get(pk))


def asked_of_one(session: Session, notes: Sequence[Named], whose: Q | None) -> QuerySet[Any] | None:
    """The only question about a single note that names whose it is; nothing for any others."""
    if len(notes) != 1 or whose is not None:
        return None
    (note,) = notes
    if note.who or bool(note.ticket) == bool(note.registration):
        return None
    kind = ContentType.objects.get_for_model(Activity).pk
    named = note.ticket or note.registration
    values = (session.activity_id, session.pk, kind, note.number.hex, named)
    return about_all(values, "one at the door", _one)


def _plain(mark: Mark) -> merging.Mark:
    return merging.Mark(
        mark.number, mark.act, mark.at, mark.way, mark.door, mark.undoes, mark.reason
    )


def _people(activity: Any, session: Any) -> QuerySet[Registration]:
    """Registrations of an activity, locked, each with the attendance at a session as ``here``."""
    here = FilteredRelation("attendances", condition=Q(attendances__session=session))
    rows: QuerySet[Any] = Registration.objects.filter(activity=activity).annotate(here=here)
    return rows.select_for_update(of=("self",)).select_related("person", "org", "here")


def _one(activity: int, session: int, kind: int, number: str, named: int | str) -> QuerySet[Any]:
    """One of them, by key or by code, with the activity's latest entry (``told``)."""
    this = Q(ticket=named) if isinstance(named, str) else Q(pk=named)
    # A number is put in as a word, for the database to read: what stands in for it is none.
    mark = Q(number=Cast(Value(number), UUIDField()))
    theirs = Q(session=session, registration=OuterRef("pk"))
    entries = Entry.objects.filter(content_type=kind, object_id=activity).order_by("-number")
    rows = _people(activity, session).filter(this).order_by()
    return rows.annotate(
        has_marks=Exists(Mark.objects.filter(mark | theirs)),
        told=Gathered(entries[:1], "number", "digest"),
    )
