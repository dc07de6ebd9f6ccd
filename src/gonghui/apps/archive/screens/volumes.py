"""Frozen years: the officer's list, and the freezing of a whole union as long work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from gonghui.core.jobs.running import page_of, start
from gonghui.core.records.engine.proofs import printed
from gonghui.core.screens.panels import Attachments, Custom, Facts
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens

from ..filters import VolumeFilters
from ..forms.volumes import FreezeForm
from ..models import Volume
from ..rules import VOLUME_RULES
from ..tables import VolumeTable


def _sums(volume: Volume, request: Any) -> dict[str, Any]:
    return {"sums": volume.sums, "code": printed(volume.code)}


class VolumeScreens(Screens):
    """Archives of a year as they were frozen; nothing changes them any more."""

    model = Volume
    lead = "封存的年度学习档案，每份有编号可以核对真伪；以后档案里改了什么，都不影响已封存的。"
    table = VolumeTable
    filterset = VolumeFilters
    rules = VOLUME_RULES
    org_field = "person__org"
    panels = (
        Facts("name", "union", "year", "edition", "on", "by"),
        Custom("合计", "archive/panel_volume.html", _sums),
        Attachments(),
    )

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("org", "by", "person")

    def page(self, screen: str, *args: Any, **context: Any) -> TemplateResponse:
        if screen == "list" and self.actor.can("learning.write"):
            context["freeze_url"] = reverse("archive:freeze-union")
        return super().page(screen, *args, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze_union(request: HttpRequest) -> HttpResponse:
    """Freeze a year of everybody at the chosen place; the work goes on in the background."""
    asker: Any = request
    org = place_of(request).org
    if org is None or not asker.actor.can("learning.write", at=org):
        raise Http404
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        year = form.cleaned_data["year"]
        job = start(
            "archive.freeze",
            by=asker.actor,
            org=org,
            title=f"封存{org} {year} 年学习档案",
            year=year,
            body=org.pk,
            address=request.build_absolute_uri(reverse("archive:check")),
        )
        messages.success(request, "已开始封存，可以先做别的，办完会告诉您。")
        return redirect(page_of(job))
    context = {"form": form, "org": org, "back": VolumeScreens.url("list")}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "archive/freeze_union.html", context, status=status)


urlpatterns: list[URLPattern] = [
    *VolumeScreens.urls(),
    path("freeze/", freeze_union, name="freeze-union"),
]
