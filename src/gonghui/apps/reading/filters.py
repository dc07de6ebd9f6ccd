"""What the lists of books and loans are filtered by."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from .models import Book, Bookroom, Circle, Loan, Purpose, RoomKind
from .queries.books import YEAR, called, on_the_shelf, with_new


class BookroomFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="name", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="类型", choices=RoomKind.choices, empty_label="不限")

    class Meta:
        model = Bookroom
        fields: tuple[str, ...] = ()


class BookFilters(filters.FilterSet):
    q = filters.CharFilter(label="书名、作者或 ISBN", method="wanted")
    hand = filters.ChoiceFilter(
        label="在架", method="on_shelf", empty_label="不限", choices=[("yes", "在架可借")]
    )
    new = filters.ChoiceFilter(
        label="入藏", method="lately", empty_label="不限", choices=[("year", "近一年新增")]
    )
    room = filters.NumberFilter(field_name="bookroom", widget=filters.widgets.forms.HiddenInput)

    class Meta:
        model = Book
        fields: tuple[str, ...] = ()

    def wanted(self, rows: QuerySet[Book], name: str, value: str) -> QuerySet[Book]:
        return called(rows, value)

    def lately(self, rows: QuerySet[Book], name: str, value: str) -> QuerySet[Book]:
        return with_new(rows, timezone.localdate())

    def on_shelf(self, rows: QuerySet[Book], name: str, value: str) -> QuerySet[Book]:
        return on_the_shelf(rows)


class LoanFilters(filters.FilterSet):
    q = filters.CharFilter(label="读者", field_name="reader__name", lookup_expr="contains")
    stands = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="全部",
        choices=[("out", "在借"), ("overdue", "逾期"), ("back", "已还")],
    )

    lent = filters.ChoiceFilter(
        label="借出", method="lately", empty_label="不限", choices=[("year", "近一年借出")]
    )
    room = filters.NumberFilter(
        field_name="copy__bookroom", widget=filters.widgets.forms.HiddenInput
    )

    class Meta:
        model = Loan
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Loan], name: str, value: str) -> QuerySet[Loan]:
        if value == "overdue":
            return rows.filter(returned_on=None, due_on__lt=timezone.localdate())
        return rows.filter(returned_on__isnull=value == "out")

    def lately(self, rows: QuerySet[Loan], name: str, value: str) -> QuerySet[Loan]:
        return rows.filter(lent_on__gt=timezone.localdate() - YEAR)


class CircleFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    purpose = filters.ChoiceFilter(label="类型", choices=Purpose.choices, empty_label="不限")

    class Meta:
        model = Circle
        fields: tuple[str, ...] = ()
