"""Study away: what is offered, who wishes to go, who was sent, what it cost and gave."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.screens import Doors, Screens
from gonghui.kit.errors import DomainError

from ..actions.growing import add_going, answer_wish
from ..filters import OfferFilters
from ..forms.records import OfferForm
from ..forms.small import GoingForm, SendForm
from ..models import Going, Offer, Outcome
from ..rules import GOING_RULES, OFFER_RULES
from ..tables import OfferTable

writes = require_http_methods(["GET", "HEAD", "POST"])
TONES = {
    Outcome.WISHED: "wait",
    Outcome.CHOSEN: "doing",
    Outcome.WENT: "done",
    Outcome.NOT: "plain",
}


def _goings(offer: Offer, request: Any) -> dict[str, Any]:
    rows = GOING_RULES["view"].narrow(Going.objects.filter(offer=offer), request.actor)
    goings = list(rows.select_related("person__org"))
    costs = [one.cost for one in goings if one.cost is not None]
    return {
        "lines": [(one, TONES[Outcome(one.outcome)]) for one in goings],
        "cost": sum(costs) if costs else None,
        "costs": len(costs),
        "may_keep": OFFER_RULES["edit"].allows(request.actor, offer),
    }


class OfferScreens(Screens):
    """Study away that a union offers its people."""

    model = Offer
    lead = "外出学习的机会：去哪里、什么时候、几个名额、怎么补助、谁去了、有什么收获。"
    table = OfferTable
    filterset = OfferFilters
    form = OfferForm
    rules = OFFER_RULES
    create_capability = "learning.write"
    panels = (
        Custom("人员", "mentoring/panel_goings.html", _goings),
        Facts(
            "place", "host", "org", "since", "until", "closes_on", "places", "funding", "funded_by"
        ),
        Text("words"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def actions(self, obj: models.Model) -> Doors:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("选派人员", reverse("mentoring:offer-send", args=[obj.pk]))]


@writes
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """The union sends somebody who did not ask by themselves."""
    asker: Any = request
    offer = OfferScreens(request).fetch(pk, "edit")
    form = SendForm(request.POST if request.method == "POST" else None, path=offer.org.path)
    if form.is_bound and form.is_valid():
        try:
            add_going(offer, form.cleaned_data["person"], by=asker.actor)
            return redirect(OfferScreens.url("detail", offer))
        except DomainError as error:
            form.add_error("person", error.sentence)
    return _asked(request, form, offer, "选派人员")


@writes
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen, gone or not; what it cost and gave."""
    asker: Any = request
    held = GOING_RULES["edit"].narrow(Going.objects.select_related("offer", "person"), asker.actor)
    going = get_object_or_404(held, pk=pk)
    form = GoingForm(request.POST if request.method == "POST" else None, instance=going)
    if form.is_bound and form.is_valid():
        try:
            answer_wish(going, by=asker.actor, **form.cleaned_data)
            return redirect(OfferScreens.url("detail", going.offer))
        except DomainError as error:
            form.add_error(None, error.sentence)
    return _asked(request, form, going.offer, str(going.person))


def _asked(request: HttpRequest, form: Any, offer: Offer, title: str) -> HttpResponse:
    context = {"form": form, "offer": offer, "title": title}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "mentoring/asked.html", context, status=status)


urlpatterns: list[URLPattern] = [
    *OfferScreens.urls(),
    path("offer/<int:pk>/send/", send, name="offer-send"),
    path("going/<int:pk>/answer/", answer, name="going-answer"),
]
