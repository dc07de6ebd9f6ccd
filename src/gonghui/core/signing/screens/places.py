"""How many may come and what they are asked; the panel that says how many have signed up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.reach import within
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.activities.sockets import Door, doors
from gonghui.core.screens.panels import Custom, plug
from gonghui.kit.errors import DomainError

from ..actions.places import ask, set_places
from ..forms.places import PlacesForm, question_rows, quota_rows
from ..queries.roll import counts_of, seated, waiting

LISTED = 12  # names of the list shown on an activity's own page


def signing(activity: Activity, request: Any) -> dict[str, Any]:
    """How many have signed up, who waits; the whole list is one door away."""
    may = ACTIVITY_RULES["edit"].allows(request.actor, activity)
    leads = may or ACTIVITY_RULES["lead"].allows(request.actor, activity)
    return {
        "counts": counts_of(activity),
        "quotas": list(activity.quotas.select_related("org")),
        "people": list(seated(activity)[:LISTED]) if may else [],
        "waiting": list(waiting(activity)[:LISTED]) if may else [],
        "may_edit": may,
        "may_lead": leads,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """How many may come, of which unit or group, and what they are asked."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "edit"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = PlacesForm(data, activity=activity)
    quotas, questions = quota_rows(activity, data), question_rows(activity, data)
    if data is not None and all([form.is_valid(), quotas.is_valid(), questions.is_valid()]):
        try:
            shares = [share for one in quotas if (share := one.share())]
            with transaction.atomic():
                set_places(activity, **form.cleaned_data, by=asker.actor, shares=shares)
                ask(activity, questions, by=asker.actor)
            return redirect("activities:activity-detail", pk)
        except DomainError as error:
            messages.error(request, error.sentence)
    return TemplateResponse(
        request,
        "signing/places.html",
        {"activity": activity, "form": form, "quotas": quotas, "questions": questions},
        status=200 if data is None else 422,
    )


plug("activities.activity", Custom("报名", "signing/panel_signing.html", signing))
doors.add("places", Door("名额和问题", "signing:places", is_ahead=True))

urlpatterns: list[URLPattern] = [path("activity/<int:pk>/places/", places, name="places")]
