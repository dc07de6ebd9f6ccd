"""A catalogue from Excel: each row understood or refused in words, and taken back whole."""

from __future__ import annotations

import pytest

from gonghui.apps.reading.actions.importing import BookClerk
from gonghui.apps.reading.models import Book, Copy
from gonghui.core.exchange.kinds import Order, Row, kinds
from gonghui.core.exchange.models import Verdict
from gonghui.kit.errors import DomainError
from tests.factories.exchange import BatchFactory
from tests.factories.reading import BookFactory, BookroomFactory, LoanFactory


@pytest.fixture
def clerk(cast) -> BookClerk:
    room = BookroomFactory(org=cast.company)
    return BookClerk(
        BatchFactory(org=cast.company, kind="books", about=room.pk), cast.actor("frank")
    )


def row(line: int = 2, **values) -> Row:
    return Row(line, {"title": "红楼梦"} | values, [], [])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"isbn": "9787020002208"}, "最后一位对不上"),
        ({"copies": "0"}, "册数"),
        ({"copies": "两"}, "册数"),
        ({"copies": "201"}, "册数"),
        ({"year": "08"}, "出版年"),
        ({"added_on": "2999-01-01"}, "还没有到"),
    ],
)
def test_wrong_row_says_why(clerk, values, words):
    one = row(**values)

    clerk.prepare(one)

    assert [words in problem for problem in one.problems] == [True]


def test_rows_are_written_with_their_copies_and_not_twice(clerk):
    rows = [
        row(isbn="702000220X", copies="2", year="2008"),
        row(3, title="《围城》", author="钱锺书"),
    ]
    for one in rows:
        clerk.prepare(one)
    assert [one.problems for one in rows] == [[], []]
    assert [one.verdict for one in clerk.judge(rows)] == [Verdict.NEW, Verdict.NEW]

    written = clerk.write([Order(one, None, {}) for one in rows])

    assert list(Book.objects.order_by("pk").values_list("title", "isbn", "year")) == [
        ("红楼梦", "9787020002207", 2008),
        ("围城", "", None),
    ]
    assert [copy.number for copy in Copy.objects.order_by("number")] == [1, 2, 3]
    assert [one.verdict for one in clerk.judge(rows)] == [Verdict.SAME, Verdict.SAME]
    LoanFactory(copy=Copy.objects.get(number=3))
    left = clerk.take_back(written)
    assert (left[0], "借过" in left[1]) == ("", True)
    assert list(Book.objects.values_list("title", flat=True)) == ["围城"]
    assert clerk.take_back(written[:1]) == ["导入以后已经不在，保留不动。"]


def test_room_is_found_by_who_may_fill_it(cast):
    room = BookroomFactory(org=cast.company, keeper=cast.alice)
    about = kinds["books"].about

    found = {name: about(cast.actor(name), room.pk) for name in cast.names}

    assert {name for name, one in found.items() if one == room} == {"frank", "carol", "erin"}


def test_list_without_its_room_is_refused(cast):
    with pytest.raises(DomainError, match="书屋已经不在"):
        BookClerk(BatchFactory(org=cast.company, about=None), cast.actor("frank"))


def test_book_that_stands_there_is_told_by_its_isbn(cast, clerk):
    BookFactory(bookroom=clerk.room, isbn="9787020002207", title="红楼梦（上）")
    one = row(isbn="9787020002207")
    clerk.prepare(one)

    assert [found.verdict for found in clerk.judge([one])] == [Verdict.SAME]
