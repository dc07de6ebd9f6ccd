"""Raters of a round and whom they avoid, how the draw fell, and objections."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from gonghui.core.screens.panels import Facts, Text
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.rules import may

from ..actions.raters import add_raters, drop_rater, keep_rater, relieve
from ..filters import ObjectionFilters
from ..flow import OBJECTION
from ..forms.rounds import AvoidForm, RatersForm
from ..forms.steps import ReasonForm
from ..models import Objection, Rater
from ..queries.raters import missing, raters_of
from ..rules import OBJECTION_RULES, ROUND_RULES
from ..tables import ObjectionTable
from .rounds import RoundScreens


class ObjectionScreens(Screens):
    """What was objected to while a result stood in public, and the answers."""

    model = Objection
    lead = "公示期间收到的异议，每一件都要核实答复；没有答复完的，不能命名。"
    table = ObjectionTable
    filterset = ObjectionFilters
    rules = OBJECTION_RULES
    flow = OBJECTION
    personal = True
    panels = (
        Facts("round", "contender", "person", "on", "notice_number"),
        Text("words"),
        Text("answer"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset().select_related("org", "round", "person")
        return rows.select_related("contender__org", "contender__person", "org", "round", "person")


@writes
def raters(request: HttpRequest, pk: int) -> HttpResponse:
    """Who rates, and whom they declared they must not rate."""
    asker: Any = request
    round_ = RoundScreens(request).fetch(pk, "raters")
    is_drawn = may("relieve", ROUND_RULES, asker.actor, round_)
    form = RatersForm(posted(request)[0], actor=asker.actor)

    def act() -> str:
        added = add_raters(round_, form.cleaned_data["people"], by=asker.actor)
        return f"已添加 {added} 位评委{'，缺评委的对象已经补抽' if is_drawn else ''}。"

    return small_form(
        request,
        form,
        act,
        template="evaluation/raters.html",
        back=reverse("evaluation:round-raters", args=[pk]),
        round=round_,
        raters=list(raters_of(round_)),
        is_drawn=is_drawn,
        missing=missing(round_) if is_drawn else [],
    )


def _rater(request: HttpRequest, pk: int, action: str) -> Rater:
    held = RoundScreens(request).visible(action).order_by().values("pk")
    rows = Rater.objects.filter(round__in=held)
    return get_object_or_404(rows.select_related("round__org", "person"), pk=pk)


@writes
def avoid(request: HttpRequest, pk: int) -> HttpResponse:
    """Note whom a rater must not rate."""
    asker: Any = request
    rater = _rater(request, pk, "before_draw")
    form = AvoidForm(posted(request)[0], rater=rater)

    def act() -> None:
        keep_rater(rater, by=asker.actor, **form.cleaned_data)

    back = reverse("evaluation:round-raters", args=[rater.round_id])
    return small_form(request, form, act, back=back, title=f"声明回避：{rater}", of=rater.round)


@writes
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """A rater cannot go on: others rate what is left."""
    asker: Any = request
    rater = _rater(request, pk, "relieve")
    form = ReasonForm(posted(request)[0])

    def act() -> str:
        relieve(rater, reason=form.cleaned_data["reason"], by=asker.actor)
        return f"{rater}没有评的，已经换人评。"

    back = reverse("evaluation:round-raters", args=[rater.round_id])
    return small_form(request, form, act, back=back, title=f"换人评：{rater}", of=rater.round)


@require_POST
def rater_drop(request: HttpRequest, pk: int) -> HttpResponse:
    asker: Any = request
    rater = _rater(request, pk, "before_draw")
    drop_rater(rater, by=asker.actor)
    return redirect("evaluation:round-raters", rater.round_id)


urlpatterns: list[URLPattern] = [
    *ObjectionScreens.urls(),
    path("round/<int:pk>/raters/", raters, name="round-raters"),
    path("rater/<int:pk>/", avoid, name="rater"),
    path("rater/<int:pk>/drop/", rater_drop, name="rater-drop"),
    path("rater/<int:pk>/let-go/", let_go, name="rater-let-go"),
]
