"""Reading circles and campaigns, and the activities in which they meet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.screens import Screens

from ..actions.circles import plan_meeting
from ..filters import CircleFilters
from ..forms.rooms import CircleForm
from ..models import Circle
from ..rules import CIRCLE_RULES
from ..tables import CircleTable


def _meetings(circle: Circle, request: Any) -> dict[str, Any]:
    rows = ACTIVITY_RULES["view"].narrow(circle.activities.all(), request.actor)
    may = CIRCLE_RULES["plan"].allows(request.actor, circle)
    return {
        "activities": list(rows.order_by("starts_at", "pk")),
        "plan_url": reverse("reading:circle-plan", args=[circle.pk]) if may else "",
    }


class CircleScreens(Screens):
    """Reading circles, campaigns and self-study campaigns with the books they read."""

    model = Circle
    lead = "读书小组、读书活动和自学活动：读什么、谁领读、聚了几次。"
    table = CircleTable
    filterset = CircleFilters
    form = CircleForm
    rules = CIRCLE_RULES
    create_capability = "learning.write"
    panels = (
        Facts("purpose", "org", "books", "leader", "bookroom", "since", "until"),
        Text("words"),
        Custom("所办活动", "reading/panel_meetings.html", _meetings),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "leader", "bookroom")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting as an activity, drafted; its page says what is still to fill in."""
    asker: Any = request
    circle = CircleScreens(request).fetch(pk, "plan")
    made = plan_meeting(circle, by=asker.actor)
    messages.success(request, "已拟了一次读书活动，请排时间，再发通知。")
    return redirect("activities:activity-detail", made.pk)


urlpatterns: list[URLPattern] = [
    *CircleScreens.urls(),
    path("circle/<int:pk>/plan/", plan, name="circle-plan"),
]
