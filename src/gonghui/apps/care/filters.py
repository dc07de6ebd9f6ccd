"""What the register of hardship and dismissals are filtered by."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

from gonghui.kit.filters import HeldFilters
from gonghui.kit.widgets import Day

from .models import Cause, Dismissal, Grade, Hardship


class HardshipFilters(HeldFilters):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    grade = filters.ChoiceFilter(label="困难类别", choices=Grade.choices, empty_label="不限")
    cause = filters.ChoiceFilter(label="致困原因", choices=Cause.choices, empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态",
        method="of_a_day",
        empty_label="在档",
        choices=[("closed", "已销档"), ("all", "全部")],
    )
    as_of = filters.DateFilter(label="截至", method="of_a_day", widget=Day)

    class Meta:
        model = Hardship
        fields: tuple[str, ...] = ()


class DismissalFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="不限",
        choices=[("unknown", "没有通知工会"), ("open", "等单位答复"), ("answered", "已答复")],
    )

    class Meta:
        model = Dismissal
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Dismissal], name: str, value: str) -> QuerySet[Dismissal]:
        if value == "unknown":
            return rows.filter(notified_on=None)
        return rows.filter(objected_on__isnull=False, answered_on__isnull=value == "open")
