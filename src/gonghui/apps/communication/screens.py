"""The officer's screens of what was issued: the register, one paper, entering, taking back."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse

from gonghui.core.reports.models import Paper
from gonghui.core.reports.rules import PAPER_RULES
from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import Attachments, Facts
from gonghui.core.screens.screens import Doors, Screens
from gonghui.kit.rules import may

from .actions import keep
from .filters import PublicationFilters
from .flow import PUBLICATION
from .forms import PublicationForm
from .models import Publication
from .queries import KIND_OF_DRAFT, dressed
from .rules import PUBLICATION_RULES
from .tables import PublicationTable


class PublicationScreens(Screens):
    """Briefs, news and experience material that were issued."""

    model = Publication
    lead = (
        "印发一期登记一次：期号、日期、发给谁、被谁采用；宣传单、横幅登记数量。指标和总结从这里数。"
    )
    table = PublicationTable
    filterset = PublicationFilters
    form = PublicationForm
    rules = PUBLICATION_RULES
    flow = PUBLICATION
    create_capability = "communication.write"
    export = Export(
        (
            Column("标题", lambda one: one.title, 40),
            Column("种类", lambda one: one.get_kind_display()),
            Column("期号", lambda one: one.numbered, 16),
            Column("数量", lambda one: one.copies),
            Column("印发日期", lambda one: one.issued_on),
            Column("印发单位", lambda one: one.org.name, 28),
            Column("报送、发送", lambda one: one.sent_to, 30),
            Column("采用单位", lambda one: one.adopted_by, 24),
            Column("采用日期", lambda one: one.adopted_on),
            Column("状态", lambda one: one.get_state_display()),
        )
    )
    panels = (
        Facts(
            "kind", "org", "year", "number", "copies", "issued_on", "sent_to", "adopted_by",
            "adopted_on", "paper",
        ),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return dressed()

    def new(self) -> models.Model:
        """Empty, or from the draft the address names."""
        said = self.request.GET.get("paper")
        if said is None:
            return Publication()
        if not said.isdecimal():
            raise Http404
        seen = PAPER_RULES["view"].narrow(Paper.objects.select_related("org"), self.actor)
        paper = get_object_or_404(seen, pk=said, sort__in=KIND_OF_DRAFT)
        return Publication(
            paper=paper, org=paper.org, kind=KIND_OF_DRAFT[paper.sort], title=paper.title
        )

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def actions(self, obj: Any) -> Doors:
        if obj.paper is None or not may("view", PAPER_RULES, self.actor, obj.paper):
            return []
        return [("草稿和数字出处", reverse("reports:paper-detail", args=[obj.paper.pk]))]

    def write(self, form: Any) -> models.Model:
        return keep(form.save(commit=False), form.cleaned_data["papers"], by=self.actor)


urlpatterns: list[URLPattern] = [*PublicationScreens.urls()]
