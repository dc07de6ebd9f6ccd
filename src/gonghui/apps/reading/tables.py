"""The columns of the lists of bookrooms, books, loans and circles."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils import timezone

from gonghui.kit.ui.drawing import state_badge

from .models import Book, Bookroom, Circle, Loan


class BookroomTable(tables.Table):
    name = tables.Column(
        linkify=("reading:bookroom-detail", {"pk": tables.A("pk")}), order_by=("name", "pk")
    )
    org = tables.Column("所属组织", order_by=("org__path", "pk"))
    keeper = tables.Column(order_by=("keeper__pinyin", "pk"))

    class Meta:
        model = Bookroom
        fields = ("name", "kind", "org", "place", "hours", "keeper", "level", "is_open")
        caption = "职工书屋"


class BookTable(tables.Table):
    title = tables.Column(
        linkify=("reading:book-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    bookroom = tables.Column(order_by=("bookroom__name", "pk"))
    held = tables.Column("册数", order_by=("held", "pk"))
    at_hand = tables.Column("在架", order_by=("at_hand", "pk"))

    class Meta:
        model = Book
        fields = ("title", "author", "publisher", "isbn", "subject", "bookroom", "held", "at_hand")
        caption = "图书目录"


class LoanTable(tables.Table):
    book = tables.Column(
        linkify=("reading:loan-detail", {"pk": tables.A("pk")}), order_by=("book__title", "pk")
    )
    copy = tables.Column("登录号", order_by=("copy__number", "pk"))
    reader = tables.Column(order_by=("reader__pinyin", "pk"))
    unit = tables.Column("所在组织", accessor="reader__org", orderable=False)
    stands = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = Loan
        fields = ("book", "copy", "reader", "unit", "lent_on", "due_on", "returned_on", "stands")
        caption = "借阅"

    def render_book(self, value: Any) -> str:
        return str(value)

    def render_stands(self, record: Loan) -> str:
        words, tone = stands(record)
        return state_badge(words, tone)


def stands(loan: Loan) -> tuple[str, str]:
    """How a loan stands today, in a word with its tone."""
    if loan.returned_on is not None:
        return ("读完", "done") if loan.read_on else ("已还", "plain")
    return ("逾期", "late") if loan.due_on < timezone.localdate() else ("在借", "doing")


class CircleTable(tables.Table):
    title = tables.Column(
        linkify=("reading:circle-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    org = tables.Column("举办组织", order_by=("org__path", "pk"))
    leader = tables.Column(order_by=("leader__pinyin", "pk"))

    class Meta:
        model = Circle
        fields = ("title", "purpose", "org", "books", "leader", "since", "until")
        caption = "读书会"
