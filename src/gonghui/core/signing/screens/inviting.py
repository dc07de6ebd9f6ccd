"""Invitations: people are asked, those who have not answered are listed and reminded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.activities.queries.reach import within
from gonghui.core.activities.rules import UPCOMING
from gonghui.core.activities.sockets import Door, doors
from gonghui.kit.errors import DomainError

from ..actions.inviting import invite, remind_invited
from ..forms.inviting import InviteForm
from ..queries.roll import asked_of


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked and what they said."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "edit"), pk=pk)
    posted = request.method == "POST"
    form = InviteForm(request.POST if posted else None, activity=activity, actor=asker.actor)
    if posted and form.is_valid():
        try:
            made = invite(activity, form.cleaned_data["people"], by=asker.actor)
            messages.success(request, f"已邀请 {len(made)} 人，答复会显示在这里。")
            return redirect("signing:invitations", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {
        "activity": activity,
        "form": form if activity.state in UPCOMING else None,
        **asked_of(activity),
    }
    return TemplateResponse(
        request, "signing/invitations.html", context, status=422 if posted else 200
    )


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Only those who have not answered hear of it."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "edit"), pk=pk)
    try:
        count = remind_invited(activity, by=asker.actor)
        messages.success(request, f"已提醒 {count} 人答复，同一天只提醒一次。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:invitations", pk)


doors.add("invitations", Door("邀请", "signing:invitations", is_ahead=True))

urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/invitations/", invitations, name="invitations"),
    path("activity/<int:pk>/remind/", remind, name="remind"),
]
