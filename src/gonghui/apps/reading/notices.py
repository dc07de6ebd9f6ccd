"""Who is told of a book that is due, overdue, or kept for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_each
from gonghui.core.notices.ticking import every_day
from gonghui.core.regulations.standards import values_for
from gonghui.kit.dates import full_day

from .actions.keeping import lapse_turns
from .models import Loan, Reservation

WEEK = 7  # an overdue book is asked for on the first day and then once a week
MOST_AHEAD = 60


@on("reading.reservation", "keep_back")
def tell_kept(turn: Reservation, *, by: Actor, **said: Any) -> None:
    """Whose turn it is hears of it at once, with the day until which it is kept."""
    room = turn.book.bookroom
    where = "，".join(filter(None, (room.name, room.place, room.hours)))
    until = f"留到 {full_day(turn.kept_until)}" if turn.kept_until else ""
    title = f"您预约的{turn.book}到了"
    _tell([(turn.reader_id, title, "，".join(filter(None, (where, until))), "")], "due")


@on("reading.loan", "give_back")
def offer_record(loan: Loan, *, by: Actor, **said: Any) -> None:
    """The reader may put the book on their record with one tap."""
    if loan.read_on is None:
        title, words = f"{loan.book}已归还", "读完了吗？点一下就记入学习档案。"
        _tell([(loan.reader_id, title, words, f"returned:{loan.pk}")], "due")


@every_day("reading.due")
def remind_readers(day: date) -> str:
    """Before a book is due, on the day after, and every week it is out longer."""
    lapsed = lapse_turns(day)
    ahead = values_for("bookroom_remind_days", day=day)
    out = Loan.objects.out().filter(due_on__lte=day + timedelta(days=MOST_AHEAD))
    soon, late = [], []
    for loan in out.select_related("book", "org").iterator():
        days = (loan.due_on - day).days
        value = ahead.at(loan.org.path)
        if days >= 0 and value is not None and days == value.value:
            soon.append(_due(loan))
        elif days < 0 and (-days - 1) % WEEK == 0:
            late.append(_late(loan, day))
    _tell(soon, "due")
    _tell(late, "overdue")
    return f"{len(soon)} due, {len(late)} overdue, {lapsed} lapsed"


Told = tuple[int, str, str, str]


def _due(loan: Loan) -> Told:
    key = f"book-due:{loan.pk}:{loan.due_on}"
    return loan.reader_id, f"请还书：{loan.book}", f"{full_day(loan.due_on)}到期，可以续借。", key


def _late(loan: Loan, day: date) -> Told:
    words = f"{full_day(loan.due_on)}到期，请尽快归还。"
    return loan.reader_id, f"书已到期：{loan.book}", words, f"book-late:{loan.pk}:{day}"


def _tell(told: Iterable[Told], kind: str) -> None:
    page = reverse("reading:my-loans")
    tell_each([Message(pk, title, body, page, key) for pk, title, body, key in told], kind=kind)
