"""When and where members sign in by themselves is set here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.core.activities.queries.reach import sessions_within
from gonghui.kit.devices import may_use

from ..actions.doors import set_doors
from ..forms.doors import DoorsForm


@require_http_methods(["GET", "HEAD", "POST"])
def doors(request: HttpRequest, pk: int) -> HttpResponse:
    """Minutes around the session, and a place where one is asked for."""
    asker: Any = request
    session = get_object_or_404(sessions_within(asker.actor, "check"), pk=pk)
    posted = request.method == "POST"
    form = DoorsForm(request.POST if posted else None, instance=session)
    if posted and form.is_valid():
        set_doors(session, form.cleaned_data, by=asker.actor)
        messages.success(request, "签到时间和地点已保存。")
        return redirect("activities:activity-detail", session.activity_id)
    context = {"session": session, "form": form}
    response = TemplateResponse(
        request, "attendance/doors.html", context, status=422 if posted else 200
    )
    return may_use(response, "geolocation")


urlpatterns: list[URLPattern] = [path("session/<int:pk>/doors/", doors, name="doors")]
