"""What the list of briefs and news is filtered by."""

from __future__ import annotations

import django_filters as filters

from gonghui.kit.filters import YesNoFilter

from .models import Kind, Publication, PublicationQuerySet, State


class PublicationFilters(filters.FilterSet):
    q = filters.CharFilter(label="标题", field_name="title", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="种类", choices=Kind.choices, empty_label="不限")
    year = filters.NumberFilter(label="年度", field_name="year")
    adopted = YesNoFilter(label="被采用", method="only_adopted")
    state = filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="不限")

    class Meta:
        model = Publication
        fields: tuple[str, ...] = ()

    def only_adopted(
        self, rows: PublicationQuerySet, name: str, value: bool
    ) -> PublicationQuerySet:
        return rows.exclude(adopted_by="") if value else rows.filter(adopted_by="")
