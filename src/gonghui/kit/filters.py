"""Filters several lists share; what a list filters by is its own."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.utils import timezone

CHOICES = (("", "不限"), ("true", "是"), ("false", "否"))


class YesNoFilter(filters.TypedChoiceFilter):
    """Yes, no, or all the same; Django's own calls the last of these unknown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=CHOICES, coerce=lambda said: said == "true", **kwargs)


class HeldFilters(filters.FilterSet):
    """A list of what holds from a day to a day, with ``state`` and ``as_of`` by ``of_a_day``.

    Held on the day, or today; by state what had ended by then, or all.
    """

    def of_a_day(self, rows: Any, name: str, value: Any) -> Any:
        return rows  # read below: a state is of a day, and without either it is today's

    def filter_queryset(self, queryset: Any) -> Any:
        rows, said = super().filter_queryset(queryset), self.form.cleaned_data
        state, day = said.get("state"), said.get("as_of") or timezone.localdate()
        if state == "all":
            return rows
        return rows.filter(until__lt=day) if state else rows.held(day)
