"""The officer's screens of dismissals and the register, and its part of a person's page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gonghui.core.people.models import Person
from gonghui.core.screens.of_person import OfPersonScreens
from gonghui.core.screens.panels import Custom, Facts, plug
from gonghui.core.screens.revealing import Shown, reveal_page
from gonghui.kit.prepared import about
from gonghui.kit.rules import may

from .actions import keep_illness, reveal_illness
from .exchange import DISMISSALS, HARDSHIPS
from .filters import DismissalFilters, HardshipFilters
from .forms import DismissalForm, HardshipForm
from .models import Dismissal, Hardship
from .rules import DISMISSAL_RULES, HARDSHIP_RULES
from .tables import DismissalTable, HardshipTable


def illness(file: Hardship, request: Any) -> dict[str, Any]:
    """That an illness is on record, with the way to it for whoever may look."""
    if file.illness is None:
        return {}
    looks = may("reveal", HARDSHIP_RULES, request.actor, file)
    url = reverse("care:hardship-illness", args=[file.pk]) if looks else ""
    return {"mask": str(file.illness), "url": url}


class HardshipScreens(OfPersonScreens):
    """The register of workers in hardship: grade, cause, from when to when."""

    model = Hardship
    lead = (
        "困难职工建档、销档。只有管帮扶的人看得到；病情加密保存，要看须写明理由，本人看得到谁看过。"
    )
    table = HardshipTable
    filterset = HardshipFilters
    form = HardshipForm
    rules = HARDSHIP_RULES
    export = HARDSHIPS
    create_capability = "care.write"
    panels = (
        Facts("person", "org", "number", "grade", "cause", "since", "approval", "until", "ending"),
        Custom("病情", "care/panel_illness.html", illness),
    )

    def prepare(self, form: Any) -> None:
        super().prepare(form)
        said = form.cleaned_data
        if said.get("illness"):
            keep_illness(form.instance, said["illness"], signed_on=said["signed_on"], by=self.actor)


class DismissalScreens(OfPersonScreens):
    """Contracts the employer ends on its own: was the union told before, was it answered."""

    model = Dismissal
    lead = "单位单方解除劳动合同，应当事先通知工会；工会认为不当，可以要求重新研究，单位书面答复。"
    table = DismissalTable
    filterset = DismissalFilters
    form = DismissalForm
    rules = DISMISSAL_RULES
    export = DISMISSALS
    create_capability = "people.write"
    panels = (
        Facts(
            "person", "org", "reason", "notified_on", "ends_on", "objected_on", "objection",
            "answered_on", "answer",
        ),
    )  # fmt: skip


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def illness_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, and see the illness of a file once."""
    screens = HardshipScreens(request)
    file: Hardship = screens.fetch(pk, "reveal")
    shown = Shown("病情", str(file.illness or ""), file.person)
    opened = partial(reveal_illness, file, by=screens.actor)
    return reveal_page(request, shown, opened, back=HardshipScreens.url("detail", file))


def files(person: Person, request: Any) -> dict[str, Any]:
    """A person's files on the register, to whoever may know of them."""

    def asked(pk: int) -> models.QuerySet[Hardship]:
        return HARDSHIP_RULES["view"].narrow(Hardship.objects.filter(person=pk), request.actor)

    keeps = request.actor.can("care.write", at=person.org) and person.left_on is None
    rows = list(about(person.pk, ("hardships", request.actor.key), asked))
    is_open = any(one.until is None for one in rows)
    add = HardshipScreens.url("create") + f"?person={person.pk}"
    return {"rows": rows, "add_url": add if keeps and not is_open else ""}


plug("people.person", Custom("困难职工档案", "care/panel_person.html", files, part="merit"))

urlpatterns = [
    *HardshipScreens.urls(),
    *DismissalScreens.urls(),
    path("hardship/<int:pk>/illness/", illness_of, name="hardship-illness"),
]
