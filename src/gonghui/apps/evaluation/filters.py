"""What the lists of schemes, rounds, contenders and objections are filtered by."""

from __future__ import annotations

import django_filters as filters

from gonghui.core.editions.models import EditionState

from .models import (
    Contender,
    ContenderState,
    Objection,
    ObjectionState,
    Round,
    RoundState,
    Scheme,
    Target,
)


class SchemeFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    target = filters.ChoiceFilter(label="对象", choices=Target.choices, empty_label="不限")
    state = filters.ChoiceFilter(label="状态", choices=EditionState.choices, empty_label="不限")

    class Meta:
        model = Scheme
        fields: tuple[str, ...] = ()


class RoundFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    state = filters.ChoiceFilter(label="状态", choices=RoundState.choices, empty_label="不限")

    class Meta:
        model = Round
        fields: tuple[str, ...] = ()


class ContenderFilters(filters.FilterSet):
    q = filters.CharFilter(label="单位或班组", field_name="org__name", lookup_expr="contains")
    name = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    round = filters.CharFilter(label="评估轮次", field_name="round__title", lookup_expr="contains")
    grade = filters.CharFilter(label="等次", field_name="grade", lookup_expr="contains")
    state = filters.ChoiceFilter(label="状态", choices=ContenderState.choices, empty_label="不限")

    class Meta:
        model = Contender
        fields: tuple[str, ...] = ()


class ObjectionFilters(filters.FilterSet):
    state = filters.ChoiceFilter(label="状态", choices=ObjectionState.choices, empty_label="不限")

    class Meta:
        model = Objection
        fields: tuple[str, ...] = ()
