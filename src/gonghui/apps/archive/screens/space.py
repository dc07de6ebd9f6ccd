"""The union's own part of the sharing space: recommended books and materials."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils import timezone

from gonghui.core.files.store import attach_all
from gonghui.core.screens.panels import Attachments, Facts, Text
from gonghui.core.screens.screens import Screens

from ..filters import MaterialFilters, RecommendationFilters
from ..forms.space import MaterialForm, RecommendationForm
from ..models import Material, Recommendation
from ..rules import MATERIAL_RULES, RECOMMENDATION_RULES
from ..tables import MaterialTable, RecommendationTable


class RecommendationScreens(Screens):
    """Books a union recommends to its people (R-122)."""

    model = Recommendation
    lead = "向职工推荐的书：推荐给谁、为什么。职工读过以后点一下就记进自己的档案。"
    table = RecommendationTable
    filterset = RecommendationFilters
    form = RecommendationForm
    rules = RECOMMENDATION_RULES
    create_capability = "learning.write"
    panels = (
        Facts("title", "author", "isbn", "readers", "org", "by", "on", "until"),
        Text("why"),
    )

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("org", "by")

    def new(self) -> Recommendation:
        return Recommendation(by=self.actor.person, on=timezone.localdate())

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


class MaterialScreens(Screens):
    """Things to learn from that a union hands out, with their files (R-123)."""

    model = Material
    lead = "给职工学习用的资料；本会和下级的职工都能下载。"
    table = MaterialTable
    filterset = MaterialFilters
    form = MaterialForm
    rules = MATERIAL_RULES
    create_capability = "learning.write"
    panels = (Facts("title", "org", "by", "on"), Text("words"), Attachments())

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("org", "by")

    def new(self) -> Material:
        return Material(by=self.actor.person, on=timezone.localdate())

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def write(self, form: Any) -> Any:
        """With its files, or not at all."""
        made = super().write(form)
        attach_all(made, form.cleaned_data["papers"], by=self.actor)
        return made


urlpatterns: list[URLPattern] = [*RecommendationScreens.urls(), *MaterialScreens.urls()]
