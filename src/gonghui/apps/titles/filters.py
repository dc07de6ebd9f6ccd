"""What the list of titles is filtered by."""

from __future__ import annotations

import django_filters as filters
from django.utils import timezone

from gonghui.kit.filters import YesNoFilter
from gonghui.kit.widgets import Day

from .models import State, Title, TitleQuerySet


class TitleFilters(filters.FilterSet):
    q = filters.CharFilter(label="获得者", field_name="name", lookup_expr="contains")
    title = filters.CharFilter(label="称号", field_name="title", lookup_expr="contains")
    held = YesNoFilter(label="今天有效", method="only_held")
    until = filters.DateFilter(
        label="到期不晚于", field_name="until", lookup_expr="lte", widget=Day
    )
    state = filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="不限")

    class Meta:
        model = Title
        fields: tuple[str, ...] = ()

    def only_held(self, rows: TitleQuerySet, name: str, value: bool) -> TitleQuerySet:
        held = rows.held(timezone.localdate())
        return held if value else rows.exclude(pk__in=held.order_by().values("pk"))
