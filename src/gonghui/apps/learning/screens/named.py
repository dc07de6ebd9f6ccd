"""Screens of leave, part-time posts, days of hire, terms and slogans."""

from __future__ import annotations

from typing import Any

from django.db import models

from gonghui.core.screens.choices import for_body
from gonghui.core.screens.panels import Attachments, Custom, Facts
from gonghui.core.screens.screens import Screens

from ..filters import HireFilters, LeaveFilters, PartTimeFilters, SeasonFilters, SloganFilters
from ..forms.circumstances import HireForm, LeaveForm, PartTimeForm
from ..forms.named import SeasonForm, SloganForm
from ..models import Hire, Leave, PartTime, Season, Slogan
from ..queries.described import namesakes
from ..rules import HIRE_RULES, LEAVE_RULES, PARTTIME_RULES, SEASON_RULES, SLOGAN_RULES
from ..tables import HireTable, LeaveTable, PartTimeTable, SeasonTable, SloganTable


class _OfPerson(Screens):
    create_capability = "learning.write"
    org_field = "person__org"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person__org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        """The form is filled in for the person whose page one came from."""
        given: dict[str, Any] = {"actor": self.actor}
        said = self.request.GET.get("person", "")
        return (
            given | {"initial": {"person": int(said)}} if not obj.pk and said.isdigit() else given
        )

    def write(self, form: Any) -> models.Model:
        if not form.instance.pk:
            form.instance.person = form.cleaned_data["person"]
        return super().write(form)


class LeaveScreens(_OfPerson):
    """The leave register, as far as study rules need it."""

    model = Leave
    lead = "谁在哪些天请假，学习要求按制度折算；假别只有本人和登记的人看得到。"
    table = LeaveTable
    filterset = LeaveFilters
    form = LeaveForm
    rules = LEAVE_RULES
    panels = (
        Facts("person", "kind", "since", "until", "evidence", "noted_by"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person__org", "noted_by")

    def write(self, form: Any) -> models.Model:
        if not form.instance.pk:
            form.instance.noted_by = self.actor.person
        return super().write(form)


class PartTimeScreens(_OfPerson):
    """Who works a share of a full post."""

    model = PartTime
    lead = "非全日制人员的工作量；学习要求按比例折算。"
    table = PartTimeTable
    filterset = PartTimeFilters
    form = PartTimeForm
    rules = PARTTIME_RULES
    panels = (Facts("person", "share", "since", "until", "evidence"),)


class HireScreens(_OfPerson):
    """When people were hired."""

    model = Hire
    lead = "按入职时间要求的学习，从这里登记的日期算起；没有登记的不猜。"
    table = HireTable
    filterset = HireFilters
    form = HireForm
    rules = HIRE_RULES
    panels = (Facts("person", "on", "evidence"),)


class _OfBody(Screens):
    create_capability = "learning.write"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return for_body(self, obj)


class SeasonScreens(_OfBody):
    """Terms and school years of units."""

    model = Season
    lead = "本单位的学期和学年；按学期、学年的学习要求照它计算，下级没有自己的就用上级的。"
    table = SeasonTable
    filterset = SeasonFilters
    form = SeasonForm
    rules = SEASON_RULES
    panels = (Facts("kind", "org", "start", "end"),)


def content(slogan: Slogan, request: Any) -> dict[str, Any]:
    """Its items, and the same name as others mean it."""
    return {"items": slogan.items, "others": namesakes(slogan, request.actor)}


class SloganScreens(_OfBody):
    """Numbered slogans and what each stands for, where it stands."""

    model = Slogan
    lead = "“三个一”“五必访”各指什么；同一个名称在不同单位可以不同，原文没有写的不补。"
    table = SloganTable
    filterset = SloganFilters
    form = SloganForm
    rules = SLOGAN_RULES
    page_size = 50  # the shipped ones on one page
    org_field = ""  # those of the founding documents belong to no body
    panels = (
        Facts("name", "meant_by", "org", "source", "is_inferred", "note"),
        Custom("内容", "learning/panel_slogan.html", content),
    )
