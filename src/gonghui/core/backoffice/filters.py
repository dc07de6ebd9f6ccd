"""What the lists of grants and history are filtered by."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from gonghui.core.access.models import Grant, Role
from gonghui.core.history.models import Entry
from gonghui.kit.moments import bounds
from gonghui.kit.widgets import Day

from .queries import verbs


class GrantFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    role = filters.ModelChoiceFilter(label="角色", queryset=Role.objects.all(), empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态", method="held", empty_label="有效", choices=[("all", "全部")]
    )

    class Meta:
        model = Grant
        fields: tuple[str, ...] = ()

    def held(self, rows: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        return rows  # read below, because the list without a choice shows what holds

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state") == "all":
            return rows
        return rows.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


class EntryFilters(filters.FilterSet):
    q = filters.CharFilter(label="经办人", field_name="by__name", lookup_expr="contains")
    verb = filters.ChoiceFilter(label="动作", choices=verbs, empty_label="不限")
    day = filters.DateFilter(label="哪天", method="on_day", widget=Day)

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()

    def on_day(self, rows: QuerySet[Entry], name: str, value: date) -> QuerySet[Entry]:
        # A range, not a cast of the column: it is served by the index.
        begin, end = bounds(value)
        return rows.filter(at__gte=begin, at__lt=end)
