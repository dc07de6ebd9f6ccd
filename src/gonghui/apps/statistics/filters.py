"""What the lists of forms, sendings and filings are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from gonghui.core.editions.models import EditionState

from .models import EDITABLE, Cadence, Collection, Filing, FilingState, Form
from .queries.filings import reviewed_at


class FormFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    cadence = filters.ChoiceFilter(label="报告期", choices=Cadence.choices, empty_label="不限")
    state = filters.ChoiceFilter(label="状态", choices=EditionState.choices, empty_label="不限")

    class Meta:
        model = Form
        fields: tuple[str, ...] = ()


class CollectionFilters(filters.FilterSet):
    q = filters.CharFilter(label="报表", field_name="form__title", lookup_expr="contains")

    class Meta:
        model = Collection
        fields: tuple[str, ...] = ()


class FilingFilters(filters.FilterSet):
    q = filters.CharFilter(
        label="报表", field_name="collection__form__title", lookup_expr="contains"
    )
    state = filters.ChoiceFilter(
        label="状态",
        choices=[("missing", "未上报"), *FilingState.choices],
        empty_label="不限",
        method="in_state",
    )
    collection = filters.NumberFilter(field_name="collection", widget=forms.HiddenInput)
    reviewer = filters.NumberFilter(method="for_reviewer", widget=forms.HiddenInput)

    class Meta:
        model = Filing
        fields: tuple[str, ...] = ()

    def for_reviewer(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(reviewed_at(int(value)))

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(state__in=EDITABLE if value == "missing" else [value])
