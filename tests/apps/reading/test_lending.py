"""Lending: one copy to one reader, due by the standard, renewed once, kept for who waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gonghui.apps.reading.actions.catalogue import add_book, add_copies, drop_copy
from gonghui.apps.reading.actions.keeping import drop_reservation, lapse_turns, reserve
from gonghui.apps.reading.actions.lending import (
    finish_reading,
    give_back,
    lend,
    renew,
    unread,
)
from gonghui.apps.reading.models import Closing, Copy, Loan, Reservation
from gonghui.apps.reading.notices import remind_readers
from gonghui.apps.reading.queries.books import any_copy, called, with_counts
from gonghui.apps.reading.queries.cards import card_of, reader_by
from gonghui.core.credits.models import Credit
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PersonFactory
from tests.factories.reading import BookFactory, BookroomFactory, CopyFactory, LoanFactory

DAY = date(2026, 3, 2)


@pytest.fixture
def copy(cast) -> Copy:
    room = BookroomFactory(org=cast.company, keeper=cast.alice)
    return CopyFactory(book=BookFactory(bookroom=room, title="第五项修炼"))


def test_copy_is_lent_for_the_time_of_the_standard(cast, copy):
    loan = lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)

    assert (loan.lent_on, loan.due_on) == (DAY, DAY + timedelta(days=30))
    assert [entry.verb for entry in history_of(loan)] == ["lend"]


def test_copy_that_is_out_is_lent_to_nobody_else(cast, copy):
    lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)

    with pytest.raises(DomainError, match="已经借出"):
        lend(copy, cast.bob, by=cast.actor("frank"), day=DAY)
    with pytest.raises(DomainError, match="就在您手里"):
        lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)
    assert Loan.objects.count() == 1


def test_database_lets_one_of_two_win(cast, copy):
    LoanFactory(copy=copy, reader=cast.alice)

    with pytest.raises(IntegrityError), transaction.atomic():
        LoanFactory(copy=copy, reader=cast.bob)


@pytest.mark.parametrize("name", ["mallory", "dave"])
def test_stranger_borrows_nothing(cast, copy, name):
    with pytest.raises(DomainError, match="不能在这里借书"):
        lend(copy, cast.person(name), by=cast.actor("frank"), day=DAY)


def test_closed_room_and_lost_copy_lend_nothing(cast, copy):
    gone = add_copies(copy.book, 1, on=DAY, by=cast.actor("frank"))[0]
    drop_copy(gone, "lost", on=DAY, by=cast.actor("frank"))
    copy.bookroom.is_open = False
    copy.bookroom.save()

    with pytest.raises(DomainError, match="已经遗失"):
        lend(gone, cast.alice, by=cast.actor("frank"), day=DAY)
    with pytest.raises(DomainError, match="没有开放"):
        lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)


def test_loan_is_renewed_once_and_not_when_late(cast, copy):
    alice = cast.actor("alice")
    loan = lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)

    renewed = renew(loan, by=alice, day=DAY + timedelta(days=30))

    assert renewed.due_on == DAY + timedelta(days=60)
    with pytest.raises(DomainError, match="不能再续借"):
        renew(loan, by=alice, day=DAY + timedelta(days=31))


def test_late_loan_is_not_renewed(cast, copy):
    loan = lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)

    with pytest.raises(DomainError, match="过了应还日期"):
        renew(loan, by=cast.actor("alice"), day=DAY + timedelta(days=31))


def test_returned_copy_is_kept_for_the_first_who_waits(cast, copy):
    frank = cast.actor("frank")
    loan = lend(copy, cast.alice, by=frank, day=DAY)
    first = reserve(copy.book, cast.bob, by=cast.actor("bob"))
    second = reserve(copy.book, cast.grace, by=cast.actor("grace"))

    with pytest.raises(DomainError, match="有人预约"):
        renew(loan, by=cast.actor("alice"), day=DAY)
    give_back(loan, by=frank, day=DAY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.copy, first.kept_until) == (copy, DAY + timedelta(days=3))
    assert second.copy is None
    assert Notice.objects.filter(person=cast.bob, title__contains="到了").count() == 1
    with pytest.raises(DomainError, match="留给了鲍博"):
        lend(copy, cast.alice, by=frank, day=DAY)

    lent = lend(any_copy(copy.book, cast.bob), cast.bob, by=frank, day=DAY)

    first.refresh_from_db()
    assert (lent.copy, first.closing) == (copy, Closing.LENT)


def test_copy_not_fetched_goes_to_the_next(cast, copy):
    loan = lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)
    first = reserve(copy.book, cast.bob, by=cast.actor("bob"))
    second = reserve(copy.book, cast.grace, by=cast.actor("grace"))
    give_back(loan, by=cast.actor("frank"), day=DAY)

    assert lapse_turns(DAY + timedelta(days=3)) == 0
    assert lapse_turns(DAY + timedelta(days=4)) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.closing, second.copy) == (Closing.LAPSED, copy)
    drop_reservation(second, by=cast.actor("grace"), day=DAY + timedelta(days=4))
    assert not Reservation.objects.open().exists()


def test_nobody_waits_for_a_book_on_the_shelf_or_in_their_own_hands(cast, copy):
    with pytest.raises(DomainError, match="架上还有"):
        reserve(copy.book, cast.bob, by=cast.actor("bob"))

    lend(copy, cast.bob, by=cast.actor("frank"), day=DAY)

    with pytest.raises(DomainError, match="就在您手里"):
        reserve(copy.book, cast.bob, by=cast.actor("bob"))
    with pytest.raises(DomainError, match="不能在这里预约"):
        reserve(copy.book, cast.mallory, by=cast.actor("mallory"))


def test_reader_puts_a_book_on_their_record_once(cast, copy):
    alice, frank = cast.actor("alice"), cast.actor("frank")
    loan = give_back(lend(copy, cast.alice, by=frank, day=DAY), by=frank, day=DAY)

    finish_reading(loan, by=alice, day=DAY)

    credit = Credit.objects.standing().get(person=cast.alice)
    assert (credit.kind, credit.amount, credit.role, credit.record) == ("book", 1, "own", loan)
    again = lend(copy, cast.alice, by=frank, day=DAY)
    with pytest.raises(DomainError, match="只记一次"):
        finish_reading(again, by=alice, day=DAY)
    unread(loan, by=alice)
    assert not Credit.objects.standing().exists()


def test_only_the_reader_says_that_they_read_it(cast, copy):
    loan = lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)

    with pytest.raises(DomainError, match="读者本人"):
        finish_reading(loan, by=cast.actor("frank"), day=DAY)
    with pytest.raises(DomainError, match="没有记为读完"):
        unread(loan, by=cast.actor("frank"))


def test_lost_copy_is_no_longer_waited_for(cast, copy):
    loan = lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)

    with pytest.raises(DomainError, match="还在读者手里"):
        drop_copy(copy, "worn", on=DAY, by=cast.actor("frank"))
    drop_copy(copy, "lost", on=DAY, by=cast.actor("frank"))

    loan.refresh_from_db()
    assert loan.returned_on == DAY
    with pytest.raises(DomainError, match="已经离藏"):
        drop_copy(copy, "lost", on=DAY, by=cast.actor("frank"))
    with pytest.raises(DomainError, match="已经还了"):
        give_back(loan, by=cast.actor("frank"), day=DAY)


def test_same_isbn_gets_copies_and_no_second_entry(cast, copy):
    facts = {"isbn": "9787020002207", "title": "红楼梦"}
    frank = cast.actor("frank")

    first = add_book(copy.bookroom, by=frank, copies=2, on=DAY, **facts)
    second = add_book(copy.bookroom, by=frank, copies=1, on=DAY, **facts)

    assert first == second
    numbers = sorted(first.copies.values_list("number", flat=True))
    assert numbers == [copy.number + 1, copy.number + 2, copy.number + 3]
    with pytest.raises(DomainError, match="一次加"):
        add_copies(first, 0, on=DAY, by=frank)


def test_catalogue_counts_what_is_at_hand(cast, copy):
    add_copies(copy.book, 2, on=DAY, by=cast.actor("frank"))
    lend(copy, cast.alice, by=cast.actor("frank"), day=DAY)

    book = with_counts(called(type(copy.book).objects.all(), "《第五项》")).get()

    assert (book.held, book.lent, book.kept, book.at_hand) == (3, 1, 0, 2)


def test_card_names_its_reader_for_a_quarter_of_an_hour(cast, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    code = card_of(cast.alice)

    assert reader_by(code) == cast.alice
    with pytest.raises(DomainError, match="不是借书码"):
        reader_by(code.replace(code[-1], "A" if code[-1] != "A" else "B"))
    time_machine.shift(timedelta(minutes=16))
    with pytest.raises(DomainError, match="过期"):
        reader_by(code)


def test_card_of_who_left_is_refused(cast):
    person = PersonFactory(org=cast.company, left_on=DAY)

    with pytest.raises(DomainError, match="已经离开"):
        reader_by(card_of(person))


def test_readers_are_reminded_before_and_after(cast, copy):
    today = timezone.localdate()
    loan = lend(copy, cast.alice, by=cast.actor("frank"), day=today)
    due = loan.due_on

    for days in (-4, -3, -2, 0, 1, 2, 7, 8):
        remind_readers(due + timedelta(days=days))
        remind_readers(due + timedelta(days=days))

    titles = Notice.objects.filter(person=cast.alice).order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["请还书：《第五项修炼》", *["书已到期：《第五项修炼》"] * 2]
