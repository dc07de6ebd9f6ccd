"""Study away: what is offered, who wishes to go, who was sent, what it cost and gave."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.screens import Doors, Screens
from gonghui.core.screens.small_forms import posted, small_form, writes

from ..actions.growing import add_going, answer_wish
from ..filters import OfferFilters
from ..forms.records import OfferForm
from ..forms.small import GoingForm, SendForm
from ..models import Going, Offer, Outcome
from ..rules import GOING_RULES, OFFER_RULES
from ..tables import OfferTable

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
    form = SendForm(posted(request)[0], path=offer.org.path)

    def act() -> None:
        add_going(offer, form.cleaned_data["person"], by=asker.actor)

    back = OfferScreens.url("detail", offer)
    return small_form(request, form, act, back=back, title="选派人员", of=offer, submit="选派")


@writes
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen, gone or not; what it cost and gave."""
    asker: Any = request
    held = GOING_RULES["edit"].narrow(Going.objects.select_related("offer", "person"), asker.actor)
    going = get_object_or_404(held, pk=pk)
    form = GoingForm(posted(request)[0], instance=going)

    def act() -> None:
        answer_wish(going, by=asker.actor, **form.cleaned_data)

    back = OfferScreens.url("detail", going.offer)
    return small_form(request, form, act, back=back, title=str(going.person), of=going.offer)


urlpatterns: list[URLPattern] = [
    *OfferScreens.urls(),
    path("offer/<int:pk>/send/", send, name="offer-send"),
    path("going/<int:pk>/answer/", answer, name="going-answer"),
]
