"""The teams' table of an activity, and what ranks are worth in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.core.activities.queries.reach import within
from gonghui.kit.errors import DomainError

from ..actions.recording import OPEN_TO_NOTES
from ..actions.scoring import set_scoring
from ..forms.scoring import ScoringForm
from ..queries.results import items_of
from ..queries.teams import scoring_of, team_table
from .results import tabs_of


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest, pk: int) -> HttpResponse:
    """How the teams stand so far, by points the organiser chooses here."""
    asker: Any = request
    held = within(asker.actor, "edit").filter(state__in=OPEN_TO_NOTES)
    activity = get_object_or_404(held.select_related("org"), pk=pk)
    items = list(items_of(activity))
    if not items:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ScoringForm(data, activity=activity, scoring=scoring_of(activity))
    if data is not None and form.is_valid():
        try:
            set_scoring(activity, by=asker.actor, **form.cleaned_data)
            messages.success(request, "团体计分已保存。")
            return redirect("records:teams", pk)
        except DomainError as error:
            form.add_error("points", error.sentence)
    context = {
        "activity": activity,
        "form": form,
        "teams": team_table(activity),
        "tabs": tabs_of(activity, items, None),
    }
    status = 200 if data is None else 422
    return TemplateResponse(request, "records/teams.html", context, status=status)


urlpatterns: list[URLPattern] = [path("activity/<int:pk>/teams/", teams, name="teams")]
