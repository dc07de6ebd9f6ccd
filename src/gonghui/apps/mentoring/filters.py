"""What the lists of mentoring are filtered by."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.utils import timezone

from .models import OPEN, Offer, Pair, Placement, Recognition, State, Worker


class PairFilters(filters.FilterSet):
    q = filters.CharFilter(label="师傅或徒弟", method="named")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="全部",
        choices=[("open", "正在进行"), *State.choices],
    )

    class Meta:
        model = Pair
        fields: tuple[str, ...] = ()

    def named(self, rows: QuerySet[Pair], name: str, value: str) -> QuerySet[Pair]:
        said = value.strip()
        return rows.filter(
            Q(mentor__name__contains=said)
            | Q(apprentice__name__contains=said)
            | Q(field__contains=said)
        )

    def standing(self, rows: QuerySet[Pair], name: str, value: str) -> QuerySet[Pair]:
        return rows.filter(state__in=OPEN) if value == "open" else rows.filter(state=value)


class PlacementFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    when = filters.ChoiceFilter(
        label="时间", method="now", empty_label="全部", choices=[("now", "现在的")]
    )
    tier = filters.NumberFilter(field_name="tier", widget=HiddenInput)

    class Meta:
        model = Placement
        fields: tuple[str, ...] = ()

    def now(self, rows: QuerySet[Placement], name: str, value: str) -> QuerySet[Placement]:
        day = timezone.localdate()
        return rows.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class RecognitionFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="类型", choices=Worker.choices, empty_label="不限")
    year = filters.NumberFilter(label="年度")
    state = filters.ChoiceFilter(
        label="状态", choices=Recognition.State.choices, empty_label="不限"
    )

    class Meta:
        model = Recognition
        fields: tuple[str, ...] = ()


class OfferFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称或地点", method="called")

    class Meta:
        model = Offer
        fields: tuple[str, ...] = ()

    def called(self, rows: QuerySet[Offer], name: str, value: str) -> QuerySet[Offer]:
        return rows.filter(Q(title__contains=value.strip()) | Q(place__contains=value.strip()))
