"""What the list of schemes is filtered by."""

from __future__ import annotations

import django_filters as filters

from .models import Scheme, SchemeState, Target


class SchemeFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    target = filters.ChoiceFilter(label="对象", choices=Target.choices, empty_label="不限")
    state = filters.ChoiceFilter(label="状态", choices=SchemeState.choices, empty_label="不限")

    class Meta:
        model = Scheme
        fields: tuple[str, ...] = ()
