"""A catalogue that comes from Excel: each row held against the bookroom's books, and written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Finding, Mark, Order, Row, Values
from gonghui.core.exchange.models import Batch, Verdict
from gonghui.core.history.trail import record, record_many
from gonghui.kit.errors import DomainError

from ..engine.isbn import BadNumber, read
from ..models import MOST_AT_ONCE, Book, Bookroom, Copy
from .catalogue import next_number

FACTS = ("isbn", "title", "author", "publisher", "subject", "shelf")
FIRST_YEAR = 1900
Key = tuple[str, str, str]


class BookClerk:
    """Enters the books of one bookroom; made anew for every job."""

    def __init__(self, batch: Batch, by: Actor) -> None:
        self.by, self.today = by, timezone.localdate()
        room = Bookroom.objects.select_related("org").filter(pk=batch.about or 0).first()
        if room is None:
            raise DomainError("这个书屋已经不在，请重新选择书屋。")
        self.room = room

    def prepare(self, row: Row) -> None:
        """Check the number by its last digit, the copies and the year."""
        values = row.values
        try:
            values["isbn"] = read(str(values.get("isbn") or ""))
        except BadNumber as error:
            row.problems.append(error.sentence)
        values["title"] = str(values.get("title", "")).strip("《》")
        copies = _whole(values.get("copies"), 1)
        if copies is None or not 0 < copies <= MOST_AT_ONCE:
            row.problems.append(f"册数应为 1 至 {MOST_AT_ONCE} 的整数。")
        year = _whole(values.get("year"), 0)
        if year is None or (year and not FIRST_YEAR <= year <= self.today.year + 1):
            row.problems.append("出版年应为四位年份，请对照版权页。")
        if values.get("added_on", "") > self.today.isoformat():
            row.problems.append("入藏日期还没有到，请核对。")

    def marks(self, values: Values) -> list[Mark]:
        if isbn := values.get("isbn"):
            return [Mark("ISBN", isbn)]
        return [Mark("书名和作者", " ".join(_key(values)[1:]), soft=True)]

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        """One query for all rows; what is in the catalogue is not entered again."""
        titles = {row.values.get("title", "") for row in rows}
        isbns = {row.values.get("isbn", "") for row in rows} - {""}
        held = Book.objects.filter(bookroom=self.room).order_by()
        found: dict[Key | str, int] = {}
        for pk, isbn, title, author in held.filter(title__in=titles).values_list(
            "pk", "isbn", "title", "author"
        ):
            found[(isbn, title, author)] = pk
        found |= dict(held.filter(isbn__in=isbns).values_list("isbn", "pk"))
        return [self._judged(row.values, found) for row in rows]

    def _judged(self, values: Values, found: dict[Key | str, int]) -> Finding:
        known = found.get(values.get("isbn") or _key(values))
        if known is None:
            return Finding(Verdict.NEW)
        return Finding(Verdict.SAME, ["已在目录里，不重复登记；要加册请到它的页面。"], known)

    def write(self, orders: Sequence[Order]) -> list[Any]:
        """Books and copies in a few statements, numbered on from the last."""
        if not orders:
            return []
        room = Bookroom.objects.select_for_update().get(pk=self.room.pk)
        books = Book.objects.bulk_create(self._book(one.row.values) for one in orders)
        number, copies = next_number(room), []
        for book, one in zip(books, orders, strict=True):
            for _ in range(_whole(one.row.values.get("copies"), 1) or 1):
                on = _day(one.row.values.get("added_on")) or self.today
                copies.append(Copy(book=book, bookroom=room, number=number, added_on=on))
                number += 1
        Copy.objects.bulk_create(copies, batch_size=500)
        said = {one.pk: {"title": [None, one.title], "isbn": [None, one.isbn]} for one in books}
        record_many(Book, said, "create", by=self.by)
        return [one.pk for one in books]

    def _book(self, values: Values) -> Book:
        facts = {name: values.get(name) or "" for name in FACTS}
        year = _whole(values.get("year"), 0) or None
        return Book(org=self.room.org, bookroom=self.room, year=year, **facts)

    def take_back(self, written: Sequence[Any]) -> list[str]:
        """Books nobody has borrowed since go again with their copies."""
        rows = Book.objects.in_bulk(written)
        return [self._taken(rows.get(pk)) for pk in written]

    @transaction.atomic
    def _taken(self, book: Book | None) -> str:
        if book is None:
            return "导入以后已经不在，保留不动。"
        if book.loans.exists() or book.reservations.exists():  # type: ignore[attr-defined]  # the other ends of our own keys
            return f"{book}已经有人借过，保留不动。"
        record(book, "delete", by=self.by)
        book.copies.all().delete()  # type: ignore[attr-defined]  # likewise
        book.delete()
        return ""


def _key(values: Values) -> Key:
    return "", str(values.get("title", "")), str(values.get("author") or "")


def _whole(said: Any, default: int) -> int | None:
    """A whole number; the default where nothing is said, None where it is none."""
    words = str(said if said is not None else "").strip()
    if not words:
        return default
    return int(words) if words.isascii() and words.isdecimal() else None


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if said else None
