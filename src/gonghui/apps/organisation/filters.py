"""What the lists of bodies and posts are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from gonghui.core.orgs.models import Kind, Org, OrgVersion
from gonghui.core.people.models import Post
from gonghui.kit.filters import HeldFilters
from gonghui.kit.widgets import Day

from .models import AssociationReview, Contact, Prospect, ProspectState, Sort, Verdict


class OrgFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", method="called")
    kind = filters.ChoiceFilter(label="类型", choices=Kind.choices, empty_label="不限")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="正常",
        choices=[("closed", "已撤销或并入"), ("all", "全部")],
    )

    class Meta:
        model = Org
        fields: tuple[str, ...] = ()

    def called(self, rows: QuerySet[Org], name: str, value: str) -> QuerySet[Org]:
        value = value.strip()
        wanted = Q(name__contains=value) | Q(short_name__contains=value)
        if value.isascii():
            wanted |= Q(pinyin__contains=value.lower()) | Q(initials__contains=value.lower())
        return rows.filter(wanted)

    def standing(self, rows: QuerySet[Org], name: str, value: str) -> QuerySet[Org]:
        return rows  # read below, because the list without a choice leaves the closed ones out

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state")
        return rows if state == "all" else rows.filter(until__isnull=state != "closed")


class VersionFilters(filters.FilterSet):
    q = filters.CharFilter(label="当时的名称或代码", method="called")
    kind = filters.ChoiceFilter(label="类型", choices=Kind.choices, empty_label="不限")
    on = filters.DateFilter(label="哪一天", method="that_day", widget=Day)

    class Meta:
        model = OrgVersion
        fields: tuple[str, ...] = ()

    def called(self, rows: QuerySet[OrgVersion], name: str, value: str) -> QuerySet[OrgVersion]:
        value = value.strip()
        named = Q(name__contains=value) | Q(short_name__contains=value)
        coded = Q(code=value.upper()) | Q(employer_code=value.upper())
        return rows.filter(named | coded)

    def that_day(self, rows: QuerySet[OrgVersion], name: str, value: Any) -> QuerySet[OrgVersion]:
        return rows  # the list itself is of a day, because its place is that of the day too


class PostFilters(HeldFilters):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    title = filters.CharFilter(label="职务", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="of_a_day",
        empty_label="在任",
        choices=[("ended", "已离任"), ("all", "全部")],
    )
    as_of = filters.DateFilter(label="截至", method="of_a_day", widget=Day)

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()


class ProspectFilters(filters.FilterSet):
    q = filters.CharFilter(label="单位", field_name="unit", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="还没有工会",
        choices=[*ProspectState.choices, ("all", "全部")],
    )
    as_of = filters.DateFilter(label="截至", method="standing", widget=Day)

    class Meta:
        model = Prospect
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows  # read below: of a day, or without the founded ones

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: Any = super().filter_queryset(queryset)
        state, day = (self.form.cleaned_data.get(name) for name in ("state", "as_of"))
        if day:
            return rows.without_union(day)  # type: ignore[no-any-return]  # prospects
        if state == "all":
            return rows  # type: ignore[no-any-return]  # prospects
        return rows.filter(state=state) if state else rows.open()  # type: ignore[no-any-return]  # prospects


class AssociationReviewFilters(filters.FilterSet):
    q = filters.CharFilter(label="协会", field_name="org__name", lookup_expr="contains")
    verdict = filters.ChoiceFilter(label="结论", choices=Verdict.choices, empty_label="不限")

    class Meta:
        model = AssociationReview
        fields: tuple[str, ...] = ()


class ContactFilters(HeldFilters):
    q = filters.CharFilter(label="单位", field_name="name", lookup_expr="contains")
    kind = filters.ChoiceFilter(
        label="类型", field_name="sort", choices=Sort.choices, empty_label="不限"
    )
    state = filters.ChoiceFilter(
        label="状态",
        method="of_a_day",
        empty_label="在联系",
        choices=[("ended", "不再联系"), ("all", "全部")],
    )
    as_of = filters.DateFilter(label="截至", method="of_a_day", widget=Day)

    class Meta:
        model = Contact
        fields: tuple[str, ...] = ()
