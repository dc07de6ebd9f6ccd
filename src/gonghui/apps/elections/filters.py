"""What the lists of terms, elections, duties and departures are filtered by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from gonghui.kit.widgets import Day

from .models import (
    ChairDuty,
    Departure,
    DepartureState,
    DutyKind,
    Election,
    ElectionKind,
    ElectionState,
    Leaving,
    Term,
)
from .models.election import FINISHED

SOON = 180  # days: the earliest reminder; the list only offers it, checks use the standard


class ElectionFilters(filters.FilterSet):
    q = filters.CharFilter(label="工会", method="called")
    kind = filters.ChoiceFilter(label="类型", choices=ElectionKind.choices, empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="不限",
        choices=[("open", "正在办理"), *ElectionState.choices],
    )
    year = filters.NumberFilter(label="大会年份", field_name="held_on", lookup_expr="year")

    class Meta:
        model = Election
        fields: tuple[str, ...] = ()

    def called(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return named(rows, value)

    def standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.exclude(state__in=FINISHED) if value == "open" else rows.filter(state=value)


class TermFilters(filters.FilterSet):
    q = filters.CharFilter(label="工会", method="called")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="现届",
        choices=[("late", "已到期未换届"), ("soon", "半年内到期"), ("all", "全部届次")],
    )
    as_of = filters.DateFilter(label="截至", method="standing", widget=Day)

    class Meta:
        model = Term
        fields: tuple[str, ...] = ()

    def called(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return named(rows, value)

    def standing(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows  # read below: a state is of a day, and without either it is today's

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: Any = super().filter_queryset(queryset)
        state, day = self.form.cleaned_data.get("state"), self.form.cleaned_data.get("as_of")
        if state == "all":
            return rows.filter(since__lte=day) if day else rows  # type: ignore[no-any-return]  # terms
        running = rows.on(day) if day else rows.open()
        stands = Q(org__until=None)  # of a union that is dissolved no term runs
        running = running.filter(stands | Q(org__until__gte=day) if day else stands)
        day = day or timezone.localdate()
        late = running.ending_by(day - timedelta(days=1))
        if state == "late":
            return late  # type: ignore[no-any-return]  # terms
        if state == "soon":
            soon = running.ending_by(day + timedelta(days=SOON))
            return soon.exclude(pk__in=late.values("pk"))  # type: ignore[no-any-return]  # terms
        return running  # type: ignore[no-any-return]  # terms


class ChairDutyFilters(filters.FilterSet):
    kind = filters.ChoiceFilter(label="事项", choices=DutyKind.choices, empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="未办",
        choices=[("done", "已办完"), ("all", "全部")],
    )

    class Meta:
        model = ChairDuty
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows  # read below, because the list without a choice shows what is open

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state")
        return rows if state == "all" else rows.filter(done_on__isnull=state != "done")


class DepartureFilters(filters.FilterSet):
    way = filters.ChoiceFilter(label="方式", choices=Leaving.choices, empty_label="不限")
    state = filters.ChoiceFilter(label="状态", choices=DepartureState.choices, empty_label="不限")

    class Meta:
        model = Departure
        fields: tuple[str, ...] = ()


def named(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Rows of a union by its name, pinyin or initials."""
    value = value.strip()
    wanted = Q(org__name__contains=value) | Q(org__short_name__contains=value)
    if value.isascii():
        low = value.lower()
        wanted |= Q(org__pinyin__contains=low) | Q(org__initials__contains=low)
    return rows.filter(wanted)
