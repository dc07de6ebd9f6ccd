"""A reader waits for a book; what comes back is kept for the first, and not for ever."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.core.regulations.standards import standard
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import Book, Closing, Copy, Loan, Reservation
from ..queries.books import free_copies, waiting_for

VERBS |= {
    "reserve": "预约",
    "keep_back": "留书",
    "drop_reservation": "取消预约",
    "let_lapse": "过期未取",
}
WORDS |= {"kept_until": "留到"}


@transaction.atomic
def reserve(book: Book, reader: Person, *, by: Actor) -> Reservation:
    """Take a turn for a book; nobody waits for one that stands on the shelf."""
    locked = Book.objects.select_for_update(of=("self",)).select_related("org").get(pk=book.pk)
    if not reader.org.path.startswith(locked.org.path):
        raise DomainError(f"{reader}不是{locked.org}的人，不能在这里预约。")
    if Loan.objects.out().filter(book=locked, reader=reader).exists():
        raise DomainError("这本书就在您手里。")
    if Reservation.objects.open().filter(book=locked, reader=reader).exists():
        raise DomainError("您已经预约了这本书。")
    if free_copies(locked).exists():
        raise DomainError("架上还有这本书，可以直接去借。")
    if not Copy.objects.held().filter(book=locked).exists():
        raise DomainError("书屋已经没有这本书。")
    made = Reservation.objects.create(org=locked.org, book=locked, reader=reader)
    record(made, "reserve", by=by, is_new=True)
    return made


@transaction.atomic
def drop_reservation(turn: Reservation, *, by: Actor, day: date) -> None:
    """Give up one's turn; a copy that was kept goes to the next."""
    _close(turn, Closing.DROPPED, by=by, day=day)


def _close(turn: Reservation, closing: Closing, *, by: Actor, day: date) -> None:
    kept = (
        Reservation.objects.select_for_update(of=("self",)).select_related("copy").get(pk=turn.pk)
    )
    if kept.closing:
        raise DomainError("这次预约已经结束。")
    copy, kept.copy, kept.kept_until, kept.closing = kept.copy, None, None, closing
    kept.save(update_fields=["copy", "kept_until", "closing"])
    verb = "let_lapse" if closing == Closing.LAPSED else "drop_reservation"
    record(kept, verb, by=by)
    if copy is not None:
        keep_for_next(copy, by=by, day=day)


@transaction.atomic
def keep_for_next(copy: Copy, *, by: Actor, day: date) -> Reservation | None:
    """Keep a copy that is at hand for the first who waits for its book, and tell them."""
    Book.objects.select_for_update().get(pk=copy.book_id)
    turn = waiting_for(copy.book).select_for_update().first()
    if turn is None or copy.fate:
        return None
    days = standard("bookroom_keep_days", org=turn.org, day=day)
    turn.copy, turn.kept_until = copy, day + timedelta(days=days.value if days else 0)
    turn.save(update_fields=["copy", "kept_until"])
    record(turn, "keep_back", by=by, changes={"kept_until": turn.kept_until})
    events.emit(turn, "keep_back", by=by)
    return turn


def lapse_turns(day: date) -> int:
    """What was kept and not fetched goes to the next; the daily job asks for it."""
    late = list(Reservation.objects.open().filter(kept_until__lt=day).order_by("pk"))
    for turn in late:
        with transaction.atomic():
            _close(turn, Closing.LAPSED, by=SYSTEM, day=day)
    return len(late)
