"""What the lists of goals and plans of growing are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Goal, GoalState, GrowthPlan, PlanKind, PlanState, Sort
from .queries import AGREE, LOOKS, looks_due


class GoalFilters(filters.FilterSet):
    q = filters.CharFilter(label="内容或姓名", method="called")
    kind = filters.ChoiceFilter(
        label="类别", field_name="sort", choices=Sort.choices, empty_label="不限"
    )
    whose = filters.ChoiceFilter(
        label="谁的", method="owned", empty_label="不限",
        choices=[("body", "共同"), ("person", "个人")],
    )  # fmt: skip
    serves = filters.ChoiceFilter(
        label="对齐", method="aligned", empty_label="不限",
        choices=[("yes", "落实了上面的目标"), ("no", "没有落实哪个目标")],
    )  # fmt: skip
    state = filters.ChoiceFilter(label="状态", choices=GoalState.choices, empty_label="不限")

    class Meta:
        model = Goal
        fields: tuple[str, ...] = ()

    def called(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(title__contains=value) | Q(person__name__contains=value))

    def owned(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(person__isnull=value == "body")

    def aligned(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(serves__isnull=value == "no")


class GrowthPlanFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="类别", choices=PlanKind.choices, empty_label="不限")
    year = filters.NumberFilter(label="年度")
    state = filters.ChoiceFilter(label="状态", choices=PlanState.choices, empty_label="不限")
    look = filters.ChoiceFilter(
        label="到了还没有办", method="waiting", empty_label="不限",
        choices=[(AGREE, "商定执行"), *((one.step, one.label) for one in LOOKS)],
    )  # fmt: skip

    class Meta:
        model = GrowthPlan
        fields: tuple[str, ...] = ()

    def waiting(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(looks_due(timezone.localdate())[value], person__left_on=None)
