"""Two desks, two readers, two taps at once: one copy lent, one turn, one book on record."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.reading.actions.keeping import reserve
from gonghui.apps.reading.actions.lending import finish_reading, give_back, lend
from gonghui.apps.reading.models import Copy, Loan, Reservation
from gonghui.core.credits.models import Credit
from tests.factories.reading import BookFactory, BookroomFactory, CopyFactory, LoanFactory
from tests.together import AT_ONCE, together

pytestmark = AT_ONCE
DAY = date(2026, 3, 2)


@pytest.fixture
def copy(cast) -> Copy:
    room = BookroomFactory(org=cast.company, keeper=cast.frank)
    return CopyFactory(book=BookFactory(bookroom=room, title="第五项修炼"))


def test_two_desks_lend_one_copy(cast, copy):
    def at_a_desk(name: str) -> Loan:
        return lend(copy, cast.person(name), by=cast.actor("frank"), day=DAY)

    refused = together(lambda: at_a_desk("alice"), lambda: at_a_desk("bob"))

    assert len(refused) == 1
    assert Loan.objects.out().count() == 1


def test_copy_is_taken_back_once(cast, copy):
    loan = LoanFactory(copy=copy, reader=cast.alice)

    def take() -> Loan:
        return give_back(loan, by=cast.actor("frank"), day=DAY)

    assert together(take, take) == ["这本书已经还了。"]


def test_turn_is_taken_once(cast, copy):
    LoanFactory(copy=copy, reader=cast.alice)

    def wait() -> Reservation:
        return reserve(copy.book, cast.bob, by=cast.actor("bob"))

    assert together(wait, wait) == ["您已经预约了这本书。"]
    assert Reservation.objects.open().count() == 1


def test_book_borrowed_twice_is_on_record_once(cast, copy):
    loans = [LoanFactory(copy=copy, reader=cast.alice, returned_on=date(2026, 3, 9)) for _ in "ab"]

    refused = together(
        *(lambda one=one: finish_reading(one, by=cast.actor("alice"), day=DAY) for one in loans)
    )

    assert len(refused) == 1
    assert Credit.objects.standing().filter(person=cast.alice, kind="book").count() == 1
