"""The screens of what was sent down: to whom, who has not handed in, all units side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gonghui.core.orgs.models import Org
from gonghui.core.screens.panels import Custom, Facts, Text
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import may

from ..actions import collecting
from ..exchange.side_by_side import collection_export
from ..filters import CollectionFilters
from ..forms.sending import DueForm, SendForm, UnitsBelowForm
from ..models import EDITABLE, Collection, FilingState
from ..queries import collections as queries
from ..rules import COLLECTION_RULES
from ..tables import CollectionTable
from .filings import FilingScreens
from .forms import FormScreens

UNITS_A_PAGE = 50
STATES: dict[str, tuple[str, ...]] = {
    "missing": EDITABLE,
    "confirmed": (FilingState.CONFIRMED,),
    "approved": (FilingState.APPROVED,),
    "let_off": (FilingState.LET_OFF,),
}


def units(collection: Collection, request: Any) -> dict[str, Any]:
    """How far the units are; the figures above are doors to their rows."""
    state = request.GET.get("state", "")
    rows = queries.units_of(collection)
    if state in STATES:
        rows = rows.filter(state__in=STATES[state])
    page = Paginator(rows, UNITS_A_PAGE).get_page(request.GET.get("page"))
    standing = queries.standing(collection)
    return {
        "standing": standing,
        "is_late": collection.due_on < timezone.localdate() and standing.missing,
        "state": state,
        "page": page,
        "rows": [(one, FilingScreens.url("detail", one)) for one in page],
        "own": queries.own_of(collection),
        "may_remind": bool(standing.missing)
        and may("remind", COLLECTION_RULES, request.actor, collection),
        "remind_url": reverse("statistics:remind", args=[collection.pk]),
    }


class CollectionScreens(Screens):
    """报表下发: what was asked of units below, and how far they are."""

    model = Collection
    lead = "向下级要了哪些报表，谁还没有报，报上来的合计是多少。下发从印发的报表开始。"
    table = CollectionTable
    filterset = CollectionFilters
    rules = COLLECTION_RULES
    panels = (
        Custom("各单位", "statistics/panel_units.html", units),
        Facts("form", "since", "until", "due_on", "sent_by", "sent_at", "org"),
        Text("words"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset().select_related("org", "form", "sent_by")
        return queries.with_standing(rows)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = [("导出各单位", reverse("statistics:matrix", args=[obj.pk]))]
        if may("due", self.rules, self.actor, obj) and not queries.keeps_due(obj):
            doors.append(("改上报期限", reverse("statistics:due", args=[obj.pk])))
        if own := queries.own_of(obj):
            doors.insert(0, ("看汇总表", FilingScreens.url("detail", own)))
        return doors


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Any, pk: int) -> HttpResponse:
    """Which period, which units, by when; then all of them hear of it."""
    one = FormScreens(request).fetch(pk, "send")
    depth = depth_of(request)
    form = SendForm(request.POST or None, form=one, depth=depth)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = collecting.send(
                one, form.chosen(), said["period"], due_on=said["due_on"],
                words=said["words"], by=request.actor,
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "已下发，各单位已收到通知。")
            return redirect(CollectionScreens.url("detail", made))
    back = FormScreens.url("detail", one)
    return _units_page(request, "下发报表", one, one.org, form, depth, back)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: Any, pk: int) -> HttpResponse:
    """Hand it on to units below one's own, or ask more units."""
    filing = FilingScreens(request).fetch(pk, "extend")
    depth = depth_of(request)
    form = UnitsBelowForm(
        request.POST or None, org=filing.org, depth=depth, collection=filing.collection
    )
    if form.is_bound and form.is_valid():
        try:
            told = collecting.extend(filing, form.chosen(), by=request.actor)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, f"已下发给 {len(told)} 个单位，他们已收到通知。")
            return redirect(FilingScreens.url("detail", filing))
    back = FilingScreens.url("detail", filing)
    return _units_page(request, "下发给下级", filing, filing.org, form, depth, back)


def depth_of(request: Any) -> str:
    said = request.GET.get("depth", "")
    return said if said in queries.DEPTHS else "direct"


def _units_page(
    request: Any, title: str, lead: object, org: Org, form: UnitsBelowForm, depth: str, back: str
) -> HttpResponse:
    tabs = [
        {
            "label": label,
            "url": f"?depth={name}",
            "current": name == depth,
            "count": queries.units_below(org, depth=name).count(),
        }
        for name, label in queries.DEPTHS.items()
    ]
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "tabs": tabs,
        "back": back,
        "none_left": not form.fields["units"].queryset.exists(),  # type: ignore[attr-defined]  # a model field
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "statistics/send.html", context, status=status)


@writes
def due(request: Any, pk: int) -> HttpResponse:
    """Another last day, and why."""
    found = CollectionScreens(request).fetch(pk, "due")
    form = DueForm(posted(request)[0], collection=found)

    def act() -> str:
        moved = collecting.move_due(found, by=request.actor, **form.cleaned_data)
        return f"上报期限已改为 {moved.due_on}，没有上报的单位已收到通知。"

    back = CollectionScreens.url("detail", found)
    return small_form(request, form, act, back=back, title="改上报期限", of=found)


@require_POST
def remind(request: Any, pk: int) -> HttpResponse:
    """催报: only those who have not handed in are told."""
    found = CollectionScreens(request).fetch(pk, "remind")
    try:
        told = collecting.remind(found, by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"已催报 {len(told)} 个还没有上报的单位。")
    return redirect(CollectionScreens.url("detail", found))


@require_POST
def remind_below(request: Any, pk: int) -> HttpResponse:
    """催报 by a unit in between: only those below it that have not handed in are told."""
    filing = FilingScreens(request).fetch(pk, "remind")
    try:
        told = collecting.remind_below(filing, by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"已催报 {len(told)} 个还没有上报的下级单位。")
    return redirect(FilingScreens.url("detail", filing))


@require_safe
def matrix(request: Any, pk: int) -> HttpResponse:
    """All units side by side, as the usual sheet."""
    return collection_export(CollectionScreens(request).fetch(pk))


urlpatterns = [
    *CollectionScreens.urls(),
    path("form/<int:pk>/send/", send, name="send"),
    path("filing/<int:pk>/extend/", extend, name="extend"),
    path("collection/<int:pk>/due/", due, name="due"),
    path("collection/<int:pk>/remind/", remind, name="remind"),
    path("filing/<int:pk>/remind/", remind_below, name="remind-below"),
    path("collection/<int:pk>/sheet/", matrix, name="matrix"),
]
