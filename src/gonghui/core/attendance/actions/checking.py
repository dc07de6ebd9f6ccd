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
from django.db.models import Q
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Session
from gonghui.core.history.trail import VERBS, record
from gonghui.core.signing.actions.locking import lock, take_turn
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from gonghui.kit.writing import insertion

from ..engine import codes
from ..engine.clocks import moment_of
from ..models import Mark
from ..queries.roll import Line
from .sheet import BATCH, Sheet, asked_of_one
from .walking import let_in

VERBS |= {"check": "签到"}

EARLY, LATE = timedelta(hours=2), timedelta(hours=12)  # how long the list is open around a session
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

    ``behind`` is how far the clock of the phone is behind, as measured when it sent. ``once``: who
    has come is not let in again, because a code in two hands is a copy.
    """

    by: Actor
    whose: Q | None = None
    behind: timedelta = NO_TIME
    once: bool = False


@dataclass(frozen=True)
class Receipt:
    """What became of one note: ``refused`` says why not, and is empty when it was taken.

    ``registration`` is whose it was, now or when it was taken before.
    """

    number: UUID
    refused: str = ""
    registration: int | None = None


@dataclass(frozen=True)
class Taken:
    """What became of a log: a receipt for each note, and how those it was about now stand."""

    receipts: list[Receipt]
    sheet: Sheet

    def lines(self) -> list[Line]:
        """Those with a place; nothing is asked anew."""
        seated, meant = Registration.Status.SIGNED, {one.registration for one in self.receipts}
        people = (one for pk, one in self.sheet.people.items() if pk in meant)
        return [self.sheet.line(one.pk) for one in people if one.status == seated]


def take_notes(session: Session, notes: Sequence[Note], *, by: Actor) -> list[Receipt]:
    """Take in the notes of somebody who may note everybody."""
    return take_in(session, notes, Hand(by)).receipts


@transaction.atomic
def take_in(session: Session, notes: Sequence[Note], hand: Hand) -> Taken:
    """Take in what a phone noted, late, twice or out of order; each note gets its receipt.

    A note that cannot be taken is refused with a sentence and stops no other.
    """
    now = timezone.now()
    asked = asked_of_one(session, notes, hand.whose)
    take_turn(session.activity_id, asked)
    refused: dict[UUID, str] = {}
    people = _let_in(session, notes, hand, now, refused)
    sheet = Sheet.of(session, notes, hand.whose, people.values(), asked)
    people |= _whose(notes, sheet.people.values())
    known = sheet.known([note.number for note in notes], refused)
    made: list[Mark] = []
    for note in notes:
        if note.number in known or note.number in refused:
            continue
        try:
            registration = sheet.people.get(people.get(note.number, 0))
            if hand.once and registration is not None:
                sheet.refuse_copy(registration)
            mark = _mark(session, note, registration, hand, now)
        except DomainError as error:
            refused[note.number] = error.sentence
            continue
        known[note.number] = mark.registration_id
        made.append(mark)
    _keep(sheet, made, hand.by)
    numbers = (note.number for note in notes)
    return Taken([Receipt(one, refused.get(one, ""), known.get(one)) for one in numbers], sheet)


def _keep(sheet: Sheet, made: list[Mark], by: Actor) -> None:
    """Write the marks, what they add up to, and one entry: of one mark in a single step."""
    if not made:
        return
    beside = [*sheet.add_up(made)]
    if len(made) == 1:
        beside.insert(0, insertion(made[0]))
    else:
        Mark.objects.bulk_create(made, batch_size=BATCH)
    said = {"count": len(made)}
    record(sheet.session.activity, "check", by=by, changes=said, after=sheet.told, beside=beside)


def scan_ticket(session: Session, ticket: str, *, number: UUID, by: Actor, door: str = "") -> Mark:
    """Let in the person whose code was scanned, once: a copy of it is refused.

    Two doors may scan at the same moment, so it is asked under the lock.
    """
    note = Note(number, Mark.Act.IN, timezone.now(), Mark.Way.SCANNED, ticket=ticket, door=door)
    return take_one(session, note, Hand(by, once=True))


def take_one(session: Session, note: Note, hand: Hand) -> Mark:
    """Take a single note, or raise the sentence why not."""
    taken = take_in(session, [note], hand)
    (receipt,) = taken.receipts
    if receipt.refused:
        raise DomainError(receipt.refused)
    return taken.sheet.mark(note.number)


def _let_in(
    session: Session, notes: Sequence[Note], hand: Hand, now: datetime, refused: dict[UUID, str]
) -> dict[UUID, int]:
    """Sign up the walk-ins that are new; who cannot be is put into ``refused``."""
    walking = [note for note in notes if note.who]
    if not walking:
        return {}
    session.activity = lock(session.activity_id)
    numbers, found = [note.number for note in walking], dict[UUID, int]()
    rows = Mark.objects.filter(number__in=numbers).order_by()
    done = set(rows.values_list("number", flat=True))
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
