"""What the lists of study rules, what excuses, terms and slogans are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Hire, Leave, LeaveKind, PartTime, Season, Slogan, StudyRule


class StudyRuleFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="不限",
        choices=[("on", "施行中"), ("ended", "已停止"), ("coming", "未施行")],
    )

    class Meta:
        model = StudyRule
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        running = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
        return rows.filter(
            {"on": running, "ended": Q(until__lt=today), "coming": Q(since__gt=today)}[value]
        )


class _OfPerson(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")


class LeaveFilters(_OfPerson):
    kind = filters.ChoiceFilter(label="假别", choices=LeaveKind.choices, empty_label="不限")
    on = filters.ChoiceFilter(
        label="时间", method="running", empty_label="不限", choices=[("now", "正在休")]
    )

    class Meta:
        model = Leave
        fields: tuple[str, ...] = ()

    def running(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        return rows.filter(since__lte=today, until__gte=today)


class PartTimeFilters(_OfPerson):
    class Meta:
        model = PartTime
        fields: tuple[str, ...] = ()


class HireFilters(_OfPerson):
    class Meta:
        model = Hire
        fields: tuple[str, ...] = ()


class SeasonFilters(filters.FilterSet):
    kind = filters.ChoiceFilter(label="种类", choices=Season.Kind.choices, empty_label="不限")

    class Meta:
        model = Season
        fields: tuple[str, ...] = ()


class SloganFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="name", lookup_expr="contains")
    written = filters.ChoiceFilter(
        label="内容",
        method="having",
        empty_label="不限",
        choices=[("yes", "有内容"), ("no", "原文未列出内容")],
    )

    class Meta:
        model = Slogan
        fields: tuple[str, ...] = ()

    def having(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(items=[]) if value == "no" else rows.exclude(items=[])
