"""A copy is lent, renewed, brought back; a reader has it put on their record in one tap."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from gonghui.core.access.actor import Actor
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle, withdraw
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.core.regulations.standards import standard
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import Closing, Copy, Loan, Reservation
from ..queries.books import has_read, waiting_for
from .keeping import keep_for_next

VERBS |= {
    "lend": "借出",
    "renew": "续借",
    "give_back": "归还",
    "finish_reading": "读完",
    "unread": "没有读完",
}
WORDS |= {"due_on": "应还日期", "reader": "读者"}
GONE = "这一册刚刚借给了别人，请换一册，或者为读者预约。"


@transaction.atomic
def lend(copy: Copy, reader: Person, *, by: Actor, day: date) -> Loan:
    """Hand a copy to a reader; of two who lend it at once the database lets one win."""
    held = (
        Copy.objects.select_for_update(of=("self",))
        .select_related("book__bookroom__org")
        .get(pk=copy.pk)
    )
    _check(held, reader)
    org = held.book.org
    days = standard("bookroom_loan_days", org=org, day=day)
    if days is None:
        raise DomainError("还没有规定借期。请在「设置 → 标准」里填写职工书屋借期。")
    loan = Loan(
        org=org,
        copy=held,
        book=held.book,
        reader=reader,
        lent_on=day,
        due_on=day + timedelta(days=days.value),
        lent_by=by.person,
    )
    try:
        with transaction.atomic():
            loan.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(GONE) from error
    turn = Reservation.objects.open().filter(book=held.book, reader=reader)
    turn.update(closing=Closing.LENT)
    record(loan, "lend", by=by, changes={"due_on": loan.due_on}, is_new=True)
    return loan


def _check(copy: Copy, reader: Person) -> None:
    room = copy.book.bookroom
    if copy.fate:
        raise DomainError(f"{copy} 已经{copy.get_fate_display()}，不能借。")
    if not room.is_open:
        raise DomainError(f"{room}现在没有开放。")
    if reader.left_on is not None or not reader.org.path.startswith(room.org.path):
        raise DomainError(f"{reader}不是{room.org}的人，不能在这里借书。")
    kept = Reservation.objects.open().filter(copy=copy).exclude(reader=reader)
    if other := kept.select_related("reader").first():
        raise DomainError(f"{copy} 留给了{other.reader}，到 {other.kept_until:%Y-%m-%d}。")
    out = Loan.objects.out().filter(copy=copy).select_related("reader").first()
    if out is not None:
        words = "就在您手里" if out.reader_id == reader.pk else "已经借出，还没有还"
        raise DomainError(f"{copy} {words}。")


@transaction.atomic
def renew(loan: Loan, *, by: Actor, day: date) -> Loan:
    """Once more the same time from the day it was due, unless somebody waits for the book."""
    kept = _locked(loan)
    most = standard("bookroom_renewals", org=kept.org, day=day)
    days = standard("bookroom_loan_days", org=kept.org, day=day)
    if most is None or days is None or kept.renewals >= most.value:
        raise DomainError("这本书不能再续借，请按期归还。")
    if kept.due_on < day:
        raise DomainError("已经过了应还日期，请先归还，没有别人等着可以再借。")
    if waiting_for(kept.book).exists():
        raise DomainError("有人预约了这本书，请按期归还。")
    before, kept.due_on = kept.due_on, kept.due_on + timedelta(days=days.value)
    kept.renewals += 1
    kept.save(update_fields=["due_on", "renewals"])
    record(kept, "renew", by=by, changes={"due_on": [before, kept.due_on]})
    return kept


@transaction.atomic
def give_back(loan: Loan, *, by: Actor, day: date) -> Loan:
    """The copy is back; it is kept for the next who waits, and the reader may say they read it."""
    kept = _locked(loan)
    kept.returned_on = day
    kept.save(update_fields=["returned_on"])
    record(kept, "give_back", by=by, changes={"on": day})
    keep_for_next(kept.copy, by=by, day=day)
    events.emit(kept, "give_back", by=by)
    return kept


@transaction.atomic
def finish_reading(loan: Loan, *, by: Actor, day: date) -> Loan:
    """读完了，记入学习档案: the reader says so once of a book, and the loan is the proof."""
    kept = (
        Loan.objects.select_for_update(of=("self",)).select_related("book", "org").get(pk=loan.pk)
    )
    reader = by.person
    if reader is None or kept.reader_id != reader.pk:
        raise DomainError("读没读完由读者本人说。")
    # The same book may have been borrowed twice: one record of it, also of two taps at once.
    Person.objects.select_for_update().filter(pk=reader.pk).values_list("pk").get()
    if kept.read_on is not None or has_read(reader, kept.book):
        raise DomainError(f"{kept.book}已经记过，同一本书只记一次。")
    kept.read_on = day
    kept.save(update_fields=["read_on"])
    words = f"{kept.book}{kept.book.author}"
    earned = Earned(
        reader.pk, "book", Decimal(1), day, words, Credit.Role.OWN, kept.book.subject[:20]
    )
    settle(kept, kept.org, [earned], by=by)
    record(kept, "finish_reading", by=by, changes={"on": day})
    return kept


@transaction.atomic
def unread(loan: Loan, *, by: Actor) -> Loan:
    """Pressed by mistake: the book is taken off the reader's record again."""
    kept = Loan.objects.select_for_update(of=("self",)).select_related("org").get(pk=loan.pk)
    if by.person is None or kept.reader_id != by.person.pk or kept.read_on is None:
        raise DomainError("这本书还没有记为读完。")
    kept.read_on = None
    kept.save(update_fields=["read_on"])
    withdraw(kept, kept.org, by=by)
    record(kept, "unread", by=by)
    return kept


def _locked(loan: Loan) -> Loan:
    kept = (
        Loan.objects.select_for_update(of=("self",))
        .select_related("book", "copy", "org")
        .get(pk=loan.pk)
    )
    if kept.returned_on is not None:
        raise DomainError("这本书已经还了。")
    return kept
