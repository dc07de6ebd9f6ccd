"""What the lists of people, applications and transfers are filtered by."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from gonghui.core.people.education import above
from gonghui.core.people.models import (
    Account,
    Correction,
    CorrectionState,
    Education,
    Employment,
    Person,
    Reveal,
    Sex,
    Standing,
)
from gonghui.core.people.tags import offered
from gonghui.kit.text import whole_name
from gonghui.kit.widgets import Day

from .models import Application, ApplicationState, Transfer, TransferState
from .queries.counts import standing_on
from .queries.finding import numbered

LEAST = 2  # letters of a former unit: one is part of too many


OVER = "over-"
EDUCATIONS = [
    *Education.choices,
    *((f"{OVER}{one.value}", f"高于{one.label}") for one in Education if above(one.value)),
    ("none", "没有填"),
]


def _called(rows: QuerySet[Person], value: str) -> QuerySet[Person]:
    """By name or former unit, with ``came_from`` where it was the unit."""
    if len(value) < LEAST:
        return rows.filter(name__contains=value)
    former = Case(When(former_unit__contains=value, then=F("former_unit")), default=Value(""))
    found = rows.filter(Q(name__contains=value) | Q(former_unit__contains=value))
    return found.annotate(came_from=former)


class PersonFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名、拼音、证件或手机尾号、原单位", method="called")
    sex = filters.ChoiceFilter(label="性别", choices=Sex.choices, empty_label="不限")
    employment = filters.ChoiceFilter(
        label="用工形式",
        method="employed",
        choices=[*Employment.choices, ("none", "未填")],
        empty_label="不限",
    )
    standing = filters.ChoiceFilter(
        label="会籍",
        method="standing_then",
        choices=[("counted", "职工（不含保留会籍）"), *Standing.choices],
        empty_label="不限",
    )
    tag = filters.ChoiceFilter(label="标签", method="tagged", empty_label="不限")
    born = filters.ChoiceFilter(
        label="生日",
        field_name="birth_date",
        lookup_expr="month",
        choices=[(str(month), f"{month} 月") for month in range(1, 13)],
        empty_label="不限",
    )
    education = filters.ChoiceFilter(
        label="学历", method="educated", choices=EDUCATIONS, empty_label="不限"
    )
    account = filters.ChoiceFilter(
        label="账号",
        method="logging_in",
        choices=[("some", "有账号"), ("none", "没有账号")],
        empty_label="不限",
    )
    as_of = filters.DateFilter(label="截至", method="on_day", widget=Day)
    state = filters.ChoiceFilter(
        label="状态",
        method="staying",
        empty_label="在会",
        choices=[("left", "已离开"), ("all", "全部")],
    )

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {tag.code: tag for tag in offered(self.request.actor)}
        self.filters["tag"].extra["choices"] = [(t.code, t.label) for t in self.known.values()]

    def called(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        value = whole_name(value)
        if not value.isascii():
            return _called(rows, value)
        if (found := numbered(value)) is not None:
            return rows.filter(pk__in=found.values("pk"))
        low = value.lower()
        return rows.filter(Q(pinyin__startswith=low) | Q(initials__startswith=low))

    def educated(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        if value == "none":
            return rows.filter(Q(particulars=None) | Q(particulars__education=""))
        codes = above(value.removeprefix(OVER)) if value.startswith(OVER) else [value]
        return rows.filter(particulars__education__in=codes)

    def logging_in(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Who can log in; an account that was locked is none."""
        own = Exists(Account.objects.filter(person=OuterRef("pk"), is_active=True))
        return rows.filter(own if value == "some" else ~own)

    def staying(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return rows  # read below, because the list without a choice leaves out who left

    def employed(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return rows  # read below, because as of a day it is the employment of that day

    def standing_then(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return rows  # likewise

    def tagged(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return rows  # likewise

    def on_day(self, rows: QuerySet[Person], name: str, value: date) -> QuerySet[Person]:
        return rows  # likewise

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        said = self.form.cleaned_data
        day, standing, state = said.get("as_of"), said.get("standing"), said.get("state")
        employment = said.get("employment")
        if employment and not day:
            rows = rows.filter(employment="" if employment == "none" else employment)
        if day or standing:
            held = standing_on(day, standing, employment if day else "")
            rows = rows.filter(pk__in=held.order_by().values("person"))
        if tag := self.known.get(said.get("tag") or ""):
            carry = tag.people(day or timezone.localdate(), self.request.actor)
            rows = rows.filter(pk__in=carry)
        if day or state == "all":
            return rows
        rows = rows.filter(merged_into=None)
        return rows.filter(left_on__isnull=state != "left")


class ApplicationFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    state = filters.ChoiceFilter(label="状态", choices=ApplicationState.choices, empty_label="不限")

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()


class TransferFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态",
        method="standing",
        empty_label="不限",
        choices=[("open", "办理中"), ("late", "已逾期"), *TransferState.choices],
    )

    class Meta:
        model = Transfer
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Transfer], name: str, value: str) -> QuerySet[Transfer]:
        if value not in ("open", "late"):
            return rows.filter(state=value)
        running = rows.filter(state__in=(TransferState.ASKED, TransferState.RELEASED))
        return running if value == "open" else running.filter(due_on__lt=timezone.localdate())


class RevealFilters(filters.FilterSet):
    q = filters.CharFilter(label="被查看人", field_name="person__name", lookup_expr="contains")
    by = filters.CharFilter(label="查看人", field_name="by__name", lookup_expr="contains")

    class Meta:
        model = Reveal
        fields: tuple[str, ...] = ()


class CorrectionFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    state = filters.ChoiceFilter(label="状态", choices=CorrectionState.choices, empty_label="不限")

    class Meta:
        model = Correction
        fields: tuple[str, ...] = ()
