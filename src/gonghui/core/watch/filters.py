"""What the list of findings is filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from .checking import checks
from .models import Finding, Severity


def _checks() -> list[tuple[str, str]]:
    return [(check.code, check.title) for check in checks]


def _areas() -> list[tuple[str, str]]:
    return [(area, area) for area in dict.fromkeys(check.area for check in checks)]


class FindingFilters(filters.FilterSet):
    """Without a choice of state the list shows what nobody answers for."""

    q = filters.CharFilter(label="工会", method="of_union")
    check = filters.ChoiceFilter(
        label="检查", field_name="check_code", choices=_checks, empty_label="不限"
    )
    area = filters.ChoiceFilter(label="方面", method="of_area", choices=_areas, empty_label="不限")
    severity = filters.ChoiceFilter(label="程度", choices=Severity.choices, empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态",
        method="in_state",
        empty_label="未认领",
        choices=[("taken", "已认领"), ("open", "所有未消除"), ("gone", "已消除"), ("all", "全部")],
    )

    class Meta:
        model = Finding
        fields: tuple[str, ...] = ()

    def of_union(self, rows: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return rows.filter(Q(org__name__contains=value) | Q(org__short_name__contains=value))

    def of_area(self, rows: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return rows.filter(check_code__in=[one.code for one in checks if one.area == value])

    def in_state(self, rows: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return rows  # read below, because the list without a choice shows what presses

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        today = timezone.localdate()
        waits = Q(acknowledged_at=None) | Q(until__lte=today)
        conditions = {
            "taken": Q(gone_on=None) & ~waits,
            "open": Q(gone_on=None),
            "gone": Q(gone_on__isnull=False),
            "all": Q(),
        }
        state = self.form.cleaned_data.get("state") or ""
        return rows.filter(conditions.get(state, Q(gone_on=None) & waits))
