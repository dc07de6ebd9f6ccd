"""People are marked at the door, by their code or on the list; phones send what they noted.

A mark has the number the phone gave it: sent again it changes nothing. The activity's row is
locked first, as everywhere, so that two phones never add up half of each other's marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Session
from gonghui.core.history.trail import VERBS, record
from gonghui.core.signing.actions.signing import lock
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from gonghui.kit.prepared import about_all

from ..engine import codes, merging
from ..engine.clocks import moment_of
from ..models import Attendance, Mark
from ..queries.roll import attendances_of, marks_of
from .walking import let_in

VERBS |= {"check": "签到"}

EARLY, LATE = timedelta(hours=2), timedelta(hours=12)  # how long the list is open around a session
GRACE = timedelta(minutes=10)  # who comes within is not late
BATCH = 1000
MOST_WORDS = 200  # of a conflict that are kept: ten doors fill them
NO_TIME = timedelta()


@dataclass(frozen=True)
class Note:
    """A mark as a phone sends it; ``registration``, ``ticket`` or ``who`` says whose it is.

    ``who`` is a walk-in, by name, pinyin or the last of the ID number, or a guest by name.
    ``behind`` is how far the phone's clock was behind when it last spoke with us.
    """

    number: UUID
    act: str
    at: datetime
    way: str = Mark.Way.TICKED
    registration: int | None = None
    ticket: str = ""
    door: str = ""
    reason: str = ""
    undoes: UUID | None = None
    who: str = ""
    is_guest: bool = False
    behind: timedelta = NO_TIME


@dataclass(frozen=True)
class Hand:
    """Who holds the pen at the door; ``whose`` keeps a team's leader to their own people.

    ``behind`` is how far the clock of the phone is behind, as measured when it sent.
    """

    by: Actor
    whose: Q | None = None
    behind: timedelta = NO_TIME


@dataclass(frozen=True)
class Receipt:
    """What became of one note: ``refused`` says why not, and is empty when it was taken.

    ``registration`` is whose it was, now or when it was taken before.
    """

    number: UUID
    refused: str = ""
    registration: int | None = None


def take_notes(session: Session, notes: Sequence[Note], *, by: Actor) -> list[Receipt]:
    """Take in the notes of somebody who may note everybody."""
    return take_in(session, notes, Hand(by))


@transaction.atomic
def take_in(session: Session, notes: Sequence[Note], hand: Hand) -> list[Receipt]:
    """Take in what a phone noted, late, twice or out of order; each note gets its receipt.

    A note that cannot be taken is refused with a sentence and stops no other.
    """
    now = timezone.now()
    session.activity = lock(session.activity_id)
    refused: dict[UUID, str] = {}
    people = _let_in(session, notes, hand, now, refused)
    locked = _locked(session, notes, hand.whose, people)
    people |= _whose(notes, locked.values())
    known = _known(session, notes, refused)
    made: list[Mark] = []
    for note in notes:
        if note.number in known or note.number in refused:
            continue
        try:
            mark = _mark(session, note, locked.get(people.get(note.number, 0)), hand, now)
        except DomainError as error:
            refused[note.number] = error.sentence
            continue
        known[note.number] = mark.registration_id
        made.append(mark)
    Mark.objects.bulk_create(made, batch_size=BATCH)
    if made:
        touched = {mark.registration_id for mark in made}
        add_up(session, [one for one in locked.values() if one.pk in touched])
        record(session.activity, "check", by=hand.by, changes={"count": len(made)})
    numbers = (note.number for note in notes)
    return [Receipt(one, refused.get(one, ""), known.get(one)) for one in numbers]


@transaction.atomic
def scan_ticket(session: Session, ticket: str, *, number: UUID, by: Actor, door: str = "") -> Mark:
    """Let in the person whose code was scanned, once: a copy of it is refused.

    Two doors may scan at the same moment, so it is asked under the lock.
    """
    lock(session.activity_id)
    here = Attendance.objects.filter(session=session, registration__ticket=ticket)
    came = here.filter(in_at__isnull=False).select_related("registration__person").first()
    if came and not Mark.objects.filter(number=number).exists():
        at = timezone.localtime(came.in_at)
        raise DomainError(f"{came.registration} 已在 {at:%H:%M} 签到，这个码不能再用一次。")
    note = Note(number, Mark.Act.IN, timezone.now(), Mark.Way.SCANNED, ticket=ticket, door=door)
    return take_one(session, note, by)


def take_one(session: Session, note: Note, by: Actor) -> Mark:
    """Take a single note, or raise the sentence why not."""
    (receipt,) = take_notes(session, [note], by=by)
    if receipt.refused:
        raise DomainError(receipt.refused)
    return Mark.objects.get(number=note.number)


def _known(session: Session, notes: Sequence[Note], refused: dict[UUID, str]) -> dict[UUID, int]:
    """Whose the numbers taken before are; one that another session has is nobody's to use again."""
    rows = Mark.objects.filter(number__in=[note.number for note in notes]).order_by()
    taken = list(rows.values_list("number", "session_id", "registration_id"))
    others = [number for number, pk, _ in taken if pk != session.pk]
    refused |= dict.fromkeys(others, "这条记录的编号已用在别的场次，请在名单上补签。")
    return {number: whose for number, _, whose in taken if number not in refused}


def _let_in(
    session: Session, notes: Sequence[Note], hand: Hand, now: datetime, refused: dict[UUID, str]
) -> dict[UUID, int]:
    """Sign up the walk-ins that are new; who cannot be is put into ``refused``."""
    walking = [note for note in notes if note.who]
    if not walking:
        return {}
    done, found = _known(session, walking, refused), dict[UUID, int]()
    for note in walking:
        if note.number in done or note.number in found or note.number in refused:
            continue
        try:
            _moment(session, note, hand, now)
            made = let_in(
                session.activity, note.who, by=hand.by, whose=hand.whose, is_guest=note.is_guest
            )
            found[note.number] = made.pk
        except DomainError as error:
            refused[note.number] = error.sentence
    return found


def _locked(
    session: Session, notes: Sequence[Note], whose: Q | None, let_in: dict[UUID, int]
) -> dict[int, Registration]:
    """The registrations of this activity that notes name, and those of who was let in."""
    named = {note.registration for note in notes if note.registration}
    tickets = {note.ticket for note in notes if note.ticket}
    if len(named) == 1 and not tickets and not let_in and whose is None:
        values = (session.activity_id, *named)
        return {one.pk: one for one in about_all(values, "one at the door", _locked_one)}
    meant = (Q(pk__in=named) | Q(ticket__in=tickets)) & (whose or Q())
    rows = Registration.objects.filter(
        meant | Q(pk__in=let_in.values()), activity=session.activity_id
    )
    locked = rows.select_for_update(of=("self",)).select_related("person").order_by("pk")
    return {one.pk: one for one in locked}


def _locked_one(activity: int, pk: int) -> QuerySet[Registration]:
    rows = Registration.objects.filter(pk=pk, activity=activity).order_by()
    return rows.select_for_update(of=("self",)).select_related("person")


def _whose(notes: Sequence[Note], locked: Iterable[Registration]) -> dict[UUID, int]:
    """Note → registration, for those that name one; a code comes before a number."""
    known, by_ticket = set[int](), dict[str, int]()
    for one in locked:
        known.add(one.pk)
        by_ticket[one.ticket] = one.pk
    found: dict[UUID, int] = {}
    for note in notes:
        if note.ticket in by_ticket:
            found[note.number] = by_ticket[note.ticket]
        elif note.registration in known:
            found[note.number] = note.registration  # type: ignore[assignment]  # known has no None
    return found


def _mark(
    session: Session, note: Note, registration: Registration | None, hand: Hand, now: datetime
) -> Mark:
    """The row a note becomes; one that cannot be taken raises its sentence."""
    if registration is None:
        raise DomainError("这个码不在本活动的名单里。" if note.ticket else "名单里没有这个人。")
    if note.act not in Mark.Act.values or note.way not in Mark.Way.values:
        raise DomainError("这条签到记录不完整，请在名单上补签。")
    if note.act == Mark.Act.UNDO and note.undoes is None:
        raise DomainError("没有写明撤销哪一次签到。")
    if note.act == Mark.Act.IN and registration.status != Registration.Status.SIGNED:
        status = registration.get_status_display()
        raise DomainError(f"{registration}现在是“{status}”，没有名额，请按现场报名办理。")
    return Mark(
        number=note.number,
        session=session,
        registration=registration,
        act=note.act,
        way=Mark.Way.PROXY if hand.whose is not None else note.way,
        at=_moment(session, note, hand, now),
        undoes=note.undoes,
        reason=note.reason[:100],
        door=note.door[:40],
        made_by=hand.by.person,
    )


def _moment(session: Session, note: Note, hand: Hand, now: datetime) -> datetime:
    """When it was noted; a clock that cannot be believed is told."""
    doors = codes.Window(session.starts_at - EARLY, session.ends_at + LATE)
    moment = moment_of(note.at, known=note.behind, measured=hand.behind, doors=doors, now=now)
    if moment is not None:
        return moment
    said = f"{timezone.localtime(note.at):%m月%d日 %H:%M}"
    if note.at > now:
        raise DomainError(f"手机时间快了（{said}），请校准手机时间，再在名单上补签。")
    raise DomainError(f"时间 {said} 不在本场前后，请核对手机时间，再在名单上补签。")


def add_up(session: Session, registrations: Iterable[Registration]) -> None:
    """Write the attendance of people whose rows the caller has locked."""
    rows = {one.pk: one for one in registrations}
    marks: dict[int, list[merging.Mark]] = {pk: [] for pk in rows}
    for mark in marks_of(session, list(rows)):
        marks[mark.registration_id].append(
            merging.Mark(
                mark.number, mark.act, mark.at, mark.way, mark.door, mark.undoes, mark.reason
            )
        )
    kept = {one.registration_id: one for one in attendances_of(session, list(rows))}
    for pk, registration in rows.items():
        outcome = merging.add_up(
            marks[pk], starts_at=session.starts_at, ends_at=session.ends_at, grace=GRACE
        )
        _write(session, registration, outcome, kept.get(pk))


def _write(
    session: Session,
    registration: Registration,
    outcome: merging.Outcome,
    kept: Attendance | None,
) -> None:
    if not outcome.status:
        if kept is not None:
            kept.delete()
        return
    row = kept or Attendance(
        session=session, registration=registration, person_id=registration.person_id
    )
    row.status, row.in_at, row.out_at = outcome.status, outcome.in_at, outcome.out_at
    row.reason, row.conflict = outcome.reason, outcome.conflict[:MOST_WORDS]
    row.save()
