"""What the lists of bodies, people and posts are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.models import Employment, Person, Post, Sex


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


class PersonFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", method="called")
    sex = filters.ChoiceFilter(label="性别", choices=Sex.choices, empty_label="不限")
    employment = filters.ChoiceFilter(
        label="用工形式", choices=Employment.choices, empty_label="不限"
    )
    state = filters.ChoiceFilter(
        label="状态",
        method="staying",
        empty_label="在会",
        choices=[("left", "已离开"), ("all", "全部")],
    )

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def called(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        value = value.strip()
        if not value.isascii():
            return rows.filter(name__contains=value)
        low = value.lower()
        return rows.filter(Q(pinyin__startswith=low) | Q(initials__startswith=low))

    def staying(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return rows  # read below, because the list without a choice leaves out who left

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state")
        return rows if state == "all" else rows.filter(left_on__isnull=state != "left")


class PostFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    title = filters.CharFilter(label="职务", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="held",
        empty_label="在任",
        choices=[("ended", "已离任"), ("all", "全部")],
    )

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()

    def held(self, rows: QuerySet[Post], name: str, value: str) -> QuerySet[Post]:
        return rows  # read below, because the list without a choice shows the posts held today

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: Any = super().filter_queryset(queryset)
        state, today = self.form.cleaned_data.get("state"), timezone.localdate()
        if state == "ended":
            return rows.filter(until__lt=today)  # type: ignore[no-any-return]  # posts
        return rows if state == "all" else rows.held(today)  # type: ignore[no-any-return]  # posts
