"""What the list of activities is filtered by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from .kinds import kind_choices
from .models import Activity, State
from .rules import UPCOMING


class ActivityFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="类别", choices=kind_choices, empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态",
        method="in_state",
        empty_label="不限",
        choices=[("upcoming", "将举办"), ("unrecorded", "未完成记录"), *State.choices],
    )
    year = filters.NumberFilter(label="年度", method="of_year")

    class Meta:
        model = Activity
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        if value == "upcoming":
            return rows.filter(state__in=UPCOMING)
        if value == "unrecorded":
            past = rows.filter(ends_at__lt=timezone.now())
            return past.filter(state__in=(*UPCOMING[:3], State.HELD))
        return rows.filter(state=value)

    def of_year(self, rows: QuerySet[Activity], name: str, value: Any) -> QuerySet[Activity]:
        year = int(value)
        if not 1900 < year < 2200:
            return rows.none()
        zone = timezone.get_current_timezone()
        first, after = (datetime(y, 1, 1, tzinfo=zone) for y in (year, year + 1))
        return rows.filter(starts_at__gte=first, starts_at__lt=after)
