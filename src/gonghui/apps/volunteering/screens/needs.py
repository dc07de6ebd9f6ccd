"""Partners, what they need, and who served how long."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens

from ..actions import plan_for
from ..forms import NeedForm, PartnerForm
from ..models import Need, Partner
from ..queries import activities_for, volunteers
from ..rules import NEED_RULES, PARTNER_RULES
from ..tables import NeedTable, PartnerTable

PAGE = 100


def _needs(partner: Partner, request: Any) -> dict[str, Any]:
    rows = NEED_RULES["view"].narrow(partner.needs.all(), request.actor)
    return {"needs": list(rows)}


class PartnerScreens(Screens):
    """Communities, league committees and corps that volunteers work with."""

    model = Partner
    lead = "志愿服务的合作单位：社区、共青团、服务队等，谁联系、在哪里。"
    table = PartnerTable
    form = PartnerForm
    rules = PARTNER_RULES
    create_capability = "activities.write"
    panels = (
        Facts("name", "sort", "org", "address", "person", "phone", "is_current"),
        Text("note"),
        Custom("需求", "volunteering/panel_needs.html", _needs),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


def _served(need: Need, request: Any) -> dict[str, Any]:
    may = NEED_RULES["edit"].allows(request.actor, need)
    return {
        "activities": list(activities_for(need, request.actor)),
        "plan_url": reverse("volunteering:need-plan", args=[need.pk]) if may else "",
    }


class NeedScreens(Screens):
    """What partners ask for, with what was agreed and what was done."""

    model = Need
    lead = "合作单位需要什么、商定多少；可以直接据此办一次志愿服务。"
    table = NeedTable
    form = NeedForm
    rules = NEED_RULES
    create_capability = "activities.write"
    panels = (
        Facts(
            "partner", "org", "count", "unit", "volunteers", "agreed_on", "agreed_with",
            "since", "until",
        ),
        Text("words"),
        Custom("所办活动", "volunteering/panel_served.html", _served),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "partner")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity for the need, drafted; its page says what is still to fill in."""
    asker: Any = request
    need = NeedScreens(request).fetch(pk, "edit")
    made = plan_for(need, by=asker.actor)
    messages.success(request, "已按需求拟了活动，请排班次，再发通知。")
    return redirect("activities:activity-detail", made.pk)


@require_safe
def roll(request: HttpRequest) -> HttpResponse:
    """Who served at the place and how long, from the hours on record."""
    asker: Any = request
    place = place_of(request)
    if place.org is None or not asker.actor.can("activities.write", at=place.org):
        raise Http404
    page = Paginator(volunteers(asker.actor, place), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "place": place}
    return TemplateResponse(request, "volunteering/roll.html", context)


urlpatterns: list[URLPattern] = [
    *PartnerScreens.urls(),
    *NeedScreens.urls(),
    path("need/<int:pk>/plan/", plan, name="need-plan"),
    path("roll/", roll, name="roll"),
]
