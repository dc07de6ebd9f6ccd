"""What the list of honours is filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from gonghui.kit.widgets import Day

from .models import Honour, HonourQuerySet, Level, Sort


class HonourFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    kind = filters.ChoiceFilter(
        label="类别", field_name="sort", choices=Sort.choices, empty_label="不限"
    )
    level = filters.ChoiceFilter(label="级别", choices=Level.choices, empty_label="不限")
    as_of = filters.DateFilter(label="截至", method="held", widget=Day)

    class Meta:
        model = Honour
        fields: tuple[str, ...] = ()

    def held(self, rows: HonourQuerySet, name: str, value: Any) -> QuerySet[Honour]:
        return rows.held(value)
