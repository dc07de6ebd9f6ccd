"""The shifts of a volunteers' activity, and whose need it serves, on the activity's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.reach import within
from gonghui.core.screens.panels import Custom, plug
from gonghui.kit.errors import DomainError

from ..actions import Turn, add_shift, drop_shift
from ..forms import ShiftForm
from ..models import Shift
from ..queries import shifts_of
from ..rules import NEED_RULES


@require_http_methods(["GET", "HEAD", "POST"])
def shifts(request: HttpRequest, pk: int) -> HttpResponse:
    """The shifts there are, and one more."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "edit").filter(kind="volunteer"), pk=pk)
    posted = request.method == "POST"
    form = ShiftForm(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            add_shift(activity, Turn(**form.cleaned_data), by=asker.actor)
            return redirect("volunteering:shifts", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"activity": activity, "form": form, "shifts": shifts_of(activity)}
    return TemplateResponse(
        request, "volunteering/shifts.html", context, status=422 if posted else 200
    )


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift away that nobody signed up for."""
    asker: Any = request
    held = within(asker.actor, "edit").order_by().values("pk")
    rows = Shift.objects.filter(session__activity__in=held).select_related("session", "quota")
    shift = get_object_or_404(rows, pk=pk)
    activity = shift.session.activity_id
    try:
        drop_shift(shift, by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("volunteering:shifts", activity)


def _panel(activity: Activity, request: Any) -> dict[str, Any]:
    """Of a volunteers' activity: whom it serves, when who is needed, who is still missing."""
    if activity.kind != "volunteer":
        return {}
    needs = NEED_RULES["view"].narrow(activity.needs.all(), request.actor)  # type: ignore[attr-defined]  # our own table's other end
    may = within(request.actor, "edit").filter(pk=activity.pk).exists()
    return {
        "is_ours": True,
        "needs": list(needs.select_related("partner")),
        "shifts": shifts_of(activity),
        "shifts_url": reverse("volunteering:shifts", args=[activity.pk]) if may else "",
    }


plug("activities.activity", Custom("志愿服务", "volunteering/panel_shifts.html", _panel))

urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/shifts/", shifts, name="shifts"),
    path("shift/<int:pk>/drop/", drop, name="shift-drop"),
]
