"""Series: begun from a few words, changed, made longer or ended from a day on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.screens.panels import Custom, Facts
from gonghui.core.screens.screens import Screens
from gonghui.kit.dates import short_day
from gonghui.kit.errors import DomainError

from ..actions.series import Made, begin_series, change_rest, extend_series
from ..engine.cadence import read
from ..forms.series import EndForm, ExtendForm, SeriesForm
from ..lives import announce_series, end_series
from ..models import Series
from ..queries.days_off import holidays_of
from ..queries.reach import series_within
from ..queries.series import drafted, occasions_of
from ..rules import SERIES_RULES
from ..tables import SeriesTable


def _occasions(series: Series, request: Any) -> dict[str, Any]:
    """Every occasion, those ahead first, and how often it is in words."""
    ahead, past = occasions_of(series, request.actor)
    may = SERIES_RULES["edit"].allows(request.actor, series)
    off = holidays_of(ahead)
    return {
        "words": read(series.rhythm).words(),
        "ahead": [(one, off.get(one.pk, "")) for one in ahead],
        "past": past,
        "drafted": drafted(series) if may else 0,
    }


class SeriesScreens(Screens):
    """What comes back by a rhythm: an association's evenings, a monthly lecture."""

    model = Series
    lead = "每周、每月定期办的活动，一次排好；某一次可以单独改。"
    table = SeriesTable
    form = SeriesForm
    rules = SERIES_RULES
    create_capability = "activities.write"
    acts = True
    panels = (
        Custom("各次", "activities/panel_occasions.html", _occasions),
        Facts("org", "place", "organiser", "capacity", "theme", "signs_members", "skips_holidays"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "organiser")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org, "asked": self.request.GET}

    def write(self, form: Any) -> models.Model:
        """A new one with all its occasions; of an old one those from the day on follow."""
        if form.instance.pk:
            said = form.values()
            count = change_rest(form.instance, form.cleaned_data["from_day"], said, by=self.actor)
            messages.success(self.request, f"已改这个系列和以后的 {count} 次。")
            kept: Series = form.instance
            return kept
        said = form.values()
        made = begin_series(form.cleaned_data["org"], form.cadence(), by=self.actor, **said)
        messages.success(self.request, _said(made))
        return made.series

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        return [
            ("延长", reverse("activities:series-extend", args=[obj.pk])),
            ("停办以后各次", reverse("activities:series-end", args=[obj.pk])),
        ]


def _said(made: Made) -> str:
    left = "、".join(short_day(day, made.series.since) for day in made.skipped)
    more = f"；{left}放假，没有排" if left else ""
    years = "、".join(map(str, made.unknown))
    doubt = f"{years} 年的放假安排还没有录入，遇到放假的请自己取消那一次。" if years else ""
    return f"排了 {made.count} 次{more}。{doubt}"


@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """All drafted occasions are announced; the sign-up of each opens by itself in time."""
    asker: Any = request
    series = get_object_or_404(series_within(asker.actor, "edit"), pk=pk)
    try:
        count = announce_series(series, by=asker.actor)
        messages.success(request, f"已发布 {count} 次，每次提前 14 天开放报名。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("activities:series-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """To a later day, by the same rhythm."""
    asker: Any = request
    series = get_object_or_404(series_within(asker.actor, "edit"), pk=pk)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = extend_series(series, form.cleaned_data["until"], by=asker.actor)
            messages.success(request, _said(made))
            return redirect("activities:series-detail", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    return _page(request, series, form, "延长", "照原来的周期接着排，排好以后再发布。")


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on there are no more."""
    asker: Any = request
    series = get_object_or_404(series_within(asker.actor, "edit"), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            count = end_series(series, said["since"], said["reason"], by=asker.actor)
            messages.success(request, f"已取消以后的 {count} 次，报名的人会收到通知。")
            return redirect("activities:series-detail", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    lead = "这天以后还没办的各次都取消；只取消一次，请到那一次的页面。"
    return _page(request, series, form, "停办以后各次", lead)


def _page(request: HttpRequest, series: Series, form: Any, title: str, lead: str) -> HttpResponse:
    context = {"series": series, "form": form, "title": title, "lead": lead}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "activities/series_step.html", context, status=status)


urlpatterns: list[URLPattern] = [
    *SeriesScreens.urls(),
    path("series/<int:pk>/announce/", announce, name="series-announce"),
    path("series/<int:pk>/extend/", extend, name="series-extend"),
    path("series/<int:pk>/end/", end, name="series-end"),
]
