"""What the lists of rules, entitlements and ratings are filtered by."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from gonghui.kit.widgets import Day

from .models import (
    Entitlement,
    EntitlementKind,
    OfficeTime,
    Profile,
    Rating,
    Regulation,
    Subject,
)
from .queries import with_version


class RegulationFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    subject = filters.ChoiceFilter(label="类别", choices=Subject.choices, empty_label="不限")
    as_of = filters.DateFilter(label="哪一天施行的", method="in_force_on", widget=Day)

    class Meta:
        model = Regulation
        fields: tuple[str, ...] = ()

    def in_force_on(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """The rules that had a version in force that day, each with that version."""
        found: QuerySet[Any] = with_version(rows, value)
        return found.exclude(in_force=None)


class EntitlementFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="类别", choices=EntitlementKind.choices, empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="不限",
        choices=[("open", "未落实"), ("done", "已落实")],
    )

    class Meta:
        model = Entitlement
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(done_on__isnull=value == "open")


class RatingFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    profile = filters.ChoiceFilter(label="模板", choices=Profile.choices, empty_label="不限")

    class Meta:
        model = Rating
        fields: tuple[str, ...] = ()


class OfficeTimeFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    since = filters.DateFilter(label="自", field_name="on", lookup_expr="gte", widget=Day)
    until = filters.DateFilter(label="至", field_name="on", lookup_expr="lte", widget=Day)

    class Meta:
        model = OfficeTime
        fields: tuple[str, ...] = ()
