"""What the list of activities is filtered by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters as filters
from django import forms
from django.utils import timezone

from gonghui.kit.dates import Period, day_said

from .kinds import kind_choices
from .models import Activity, ActivityQuerySet, State
from .rules import UPCOMING

TO = "至"


def held_words(period: Period) -> str:
    """A period as an address asks for what took place in it."""
    return f"{period.start}{TO}{period.end}"


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
    # The door of a count sets it; a chip shows it and takes it away.
    held = filters.CharFilter(label="办过的", method="held_between", widget=forms.HiddenInput)

    class Meta:
        model = Activity
        fields: tuple[str, ...] = ()

    def in_state(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        if value == "upcoming":
            return rows.filter(state__in=UPCOMING)
        if value == "unrecorded":
            past = rows.filter(ends_at__lt=timezone.now())
            return past.filter(state__in=(*UPCOMING[:3], State.HELD))
        return rows.filter(state=value)

    def held_between(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        """What took place in a period, said as ``held_words`` does; nonsense is nothing."""
        days = sorted(day for one in value.split(TO) if (day := day_said(one)))
        return rows.held_in(Period(days[0], days[-1])) if days else rows.none()

    def of_year(self, rows: ActivityQuerySet, name: str, value: Any) -> ActivityQuerySet:
        year = int(value)
        if not 1900 < year < 2200:
            return rows.none()
        zone = timezone.get_current_timezone()
        first, after = (datetime(y, 1, 1, tzinfo=zone) for y in (year, year + 1))
        return rows.filter(starts_at__gte=first, starts_at__lt=after)
