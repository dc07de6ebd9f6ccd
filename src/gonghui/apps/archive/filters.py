"""What the lists of the archive are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from .engine.sorts import CHOICES
from .models import Material, Piece, Recommendation, State, Volume

STATES = [(one.value, one.label) for one in State if one not in (State.DRAFT, State.DISCARDED)]


def _year(rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
    return rows.filter(**{name: int(value)}) if 1900 < value < 2200 else rows.none()


class PieceFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名或题目", method="words")
    kind = filters.ChoiceFilter(label="类别", choices=CHOICES, empty_label="不限")
    state = filters.ChoiceFilter(label="状态", choices=STATES, empty_label="不限")
    year = filters.NumberFilter(label="年度", field_name="on__year", method="of_year")

    class Meta:
        model = Piece
        fields: tuple[str, ...] = ()

    def words(self, rows: QuerySet[Piece], name: str, value: str) -> QuerySet[Piece]:
        return rows.filter(Q(person__name__contains=value) | Q(title__contains=value))

    def of_year(self, rows: QuerySet[Piece], name: str, value: Any) -> QuerySet[Any]:
        return _year(rows, name, value)


class RecommendationFilters(filters.FilterSet):
    q = filters.CharFilter(label="书名", field_name="title", lookup_expr="contains")

    class Meta:
        model = Recommendation
        fields: tuple[str, ...] = ()


class MaterialFilters(filters.FilterSet):
    q = filters.CharFilter(label="资料", field_name="title", lookup_expr="contains")

    class Meta:
        model = Material
        fields: tuple[str, ...] = ()


class VolumeFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="name", lookup_expr="contains")
    year = filters.NumberFilter(label="年度", field_name="year", method="of_year")

    class Meta:
        model = Volume
        fields: tuple[str, ...] = ()

    def of_year(self, rows: QuerySet[Volume], name: str, value: Any) -> QuerySet[Any]:
        return _year(rows, name, value)
