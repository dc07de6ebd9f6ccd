"""What the lists of plans and tasks are filtered by."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .models import (
    Area,
    Directive,
    DirectiveState,
    Item,
    ItemState,
    Occurrence,
    Plan,
    PlanKind,
    PlanState,
)
from .models.item import UNFINISHED
from .models.plan import OPEN_STATES, PUBLISHED_STATES
from .queries.passing import AWAITED

OWNER_NUMBER = re.compile(r"([#@])(\d+)\s*$")  # 周敏 #12 is a person, 一分会 @5 a body
MONTH = re.compile(r"(\d{4})-(\d{1,2})$")
SOON = timedelta(days=7)


class PlanFilters(filters.FilterSet):
    q = filters.CharFilter(label="标题", field_name="title", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="类型", choices=PlanKind.choices, empty_label="不限")
    state = filters.ChoiceFilter(label="状态", choices=PlanState.choices, empty_label="不限")
    year = filters.NumberFilter(label="年度", method="of_year")

    class Meta:
        model = Plan
        fields: tuple[str, ...] = ()

    def of_year(self, rows: QuerySet[Plan], name: str, value: Any) -> QuerySet[Plan]:
        year = int(value)
        if not 1900 < year < 2200:
            return rows.none()
        return rows.filter(starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1))


class ItemFilters(filters.FilterSet):
    q = filters.CharFilter(label="内容", field_name="text", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="in_state",
        empty_label="不限",
        choices=[("unfinished", "未完成"), ("kept", "不含不再办的"), *ItemState.choices],
    )
    due = filters.ChoiceFilter(
        label="期限",
        method="by_due",
        empty_label="不限",
        choices=[("late", "已逾期"), ("soon", "7 天内到期"), ("undated", "未定日期")],
    )
    month = filters.CharFilter(
        label="月份",
        method="in_month",
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    owner = filters.CharFilter(label="责任人", method="owned")
    area = filters.ChoiceFilter(
        label="工作方面",
        method="of_area",
        empty_label="不限",
        choices=[*Area.choices, ("none", "未归类")],
    )
    # Doors of other pages lead here; a chip says so and takes it away again.
    due_min = filters.DateFilter(
        label="到期不早于", field_name="due_on", lookup_expr="gte", widget=forms.HiddenInput
    )
    due_max = filters.DateFilter(
        label="到期不晚于", field_name="due_on", lookup_expr="lte", widget=forms.HiddenInput
    )
    blank = filters.ChoiceFilter(
        label="数字",
        method="with_blank",
        choices=[("yes", "待填")],
        widget=forms.HiddenInput,
    )
    plans = filters.ChoiceFilter(
        label="计划",
        method="of_plans",
        empty_label="在办的计划",
        choices=[("closed", "已总结的计划"), ("all", "全部计划")],
    )

    class Meta:
        model = Item
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        several = {"unfinished": UNFINISHED, "kept": (*UNFINISHED, ItemState.DONE)}
        return rows.filter(state__in=several.get(value, (value,)))

    def by_due(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        today = timezone.localdate()
        wanted = {
            "late": Q(due_on__lt=today),
            "soon": Q(due_on__range=(today, today + SOON)),
            "undated": Q(due_on=None),
        }
        return rows.filter(wanted[value], state__in=UNFINISHED)

    def in_month(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Tasks whose days touch the month, or one of whose turns is due in it."""
        said = MONTH.match(value.strip())
        if not said or not (1900 < int(said[1]) < 2200 and 1 <= int(said[2]) <= 12):
            return rows.none()
        year, month = int(said[1]), int(said[2])
        first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        turns = Occurrence.objects.filter(item=OuterRef("pk"), due_on__range=(first, last))
        begun = Q(starts_on=None, due_on__gte=first) | Q(starts_on__lte=last)
        own = Q(due_on__gte=first) & begun & (Q(starts_on__isnull=False) | Q(due_on__lte=last))
        return rows.filter(own | Exists(turns.order_by()))

    def owned(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """By a name, or by one chosen before: ``周敏 #12``, ``一分会 @5``; 无 is nobody."""
        said = value.strip()
        if said in ("无", "nobody"):
            return rows.filter(owner=None, owner_org=None)
        if number := OWNER_NUMBER.search(said):
            field = "owner" if number[1] == "#" else "owner_org"
            return rows.filter(**{field: int(number[2])}) if len(number[2]) < 18 else rows.none()
        named = Q(owner__name__contains=said) | Q(owner_org__name__contains=said)
        return rows.filter(named | Q(owner_words__contains=said))

    def of_area(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        return rows.filter(area="" if value == "none" else value)

    def with_blank(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        return rows.filter(has_blank=True)

    def of_plans(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        return rows  # read below, because the list without a choice leaves the closed ones out

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        wanted = self.form.cleaned_data.get("plans")
        states = {"closed": (PlanState.CLOSED,), "all": PUBLISHED_STATES}.get(wanted, OPEN_STATES)
        return rows.filter(plan__state__in=states)


class DirectiveFilters(filters.FilterSet):
    q = filters.CharFilter(label="任务", field_name="item__text", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="in_state",
        empty_label="不限",
        choices=[("waiting", "待接收或上报"), *DirectiveState.choices],
    )

    class Meta:
        model = Directive
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Directive], name: str, value: str) -> QuerySet[Directive]:
        return rows.filter(state__in=AWAITED if value == "waiting" else (value,))
