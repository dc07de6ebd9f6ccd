"""Somebody else is sent in the stead of who cannot come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.kit.errors import DomainError

from ..actions.swapping import swap
from ..forms.signing import SwapForm
from ..models import Registration
from ..queries.reach import registrations_within


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser or the unit's leader names who takes the place."""
    asker: Any = request
    held = registrations_within(asker.actor, "withdraw")
    signed = held.filter(status=Registration.Status.SIGNED)
    registration = get_object_or_404(signed.select_related("org", "delegation__org"), pk=pk)
    activity, posted = registration.activity, request.method == "POST"
    form = SwapForm(request.POST if posted else None, activity=activity, actor=asker.actor)
    if posted and form.is_valid():
        try:
            made = swap(registration, form.cleaned_data["person"], by=asker.actor)
            messages.success(request, f"已换成{made}，两个人都会收到通知。")
            return redirect("signing:people", activity.pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"activity": activity, "registration": registration, "form": form}
    return TemplateResponse(request, "signing/swap.html", context, status=422 if posted else 200)


urlpatterns: list[URLPattern] = [path("registration/<int:pk>/swap/", change, name="swap")]
