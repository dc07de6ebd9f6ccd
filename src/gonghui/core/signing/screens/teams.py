"""Teams of units: who is asked for one, who comes in it, and a list to print (R-346)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from gonghui.core.activities.queries.reach import within
from gonghui.core.activities.rules import UPCOMING
from gonghui.core.activities.sockets import Door, doors
from gonghui.kit.errors import DomainError

from ..actions.teams import call_teams, form_team
from ..forms.inviting import CallForm, LeaderForm, bodies_for, place_rows
from ..forms.inviting import team_people as offered
from ..models import Delegation
from ..queries.teams import delegations_within, may_call, team_people, teams_of


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest, pk: int) -> HttpResponse:
    """Every team with its people; units are asked for one here."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "lead"), pk=pk)
    posted = request.method == "POST"
    bodies = bodies_for(activity, asker.actor, all_of=may_call(activity, asker.actor))
    form = CallForm(request.POST if posted else None, bodies=bodies)
    if posted and form.is_valid():
        try:
            made = call_teams(activity, form.cleaned_data["orgs"], by=asker.actor)
            messages.success(request, f"已请 {len(made)} 个单位组团。")
            return redirect("signing:delegations", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {
        "activity": activity,
        "teams": teams_of(activity, asker.actor),
        "form": form if activity.state in UPCOMING else None,
    }
    return TemplateResponse(
        request, "signing/delegations.html", context, status=422 if posted else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's leader names the whole team on one page."""
    asker: Any = request
    delegation = get_object_or_404(delegations_within(asker.actor, "edit"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = LeaderForm(data, people=offered(delegation), initial={"leader": delegation.leader})
    rows = place_rows(delegation, team_people(delegation), data)
    if data is not None and all([form.is_valid(), rows.is_valid()]):
        try:
            places = [place for row in rows if (place := row.place())]
            leader = form.cleaned_data["leader"]
            made = form_team(delegation, places, leader=leader, by=asker.actor)
            waiting = sum(one.status == "waiting" for one in made)
            more = f"，其中 {waiting} 人候补" if waiting else ""
            messages.success(request, f"{delegation}共 {len(made)} 人{more}。")
            return redirect(_back(delegation, asker.actor))
        except DomainError as error:
            messages.error(request, error.sentence)
    context = {"delegation": delegation, "form": form, "rows": rows}
    context["back"] = _back(delegation, asker.actor)
    status = 200 if data is None else 422
    return TemplateResponse(request, "signing/team.html", context, status=status)


def _back(delegation: Delegation, actor: Any) -> str:
    """A leader who is no officer came from the phone, and goes back there."""
    if within(actor, "lead").filter(pk=delegation.activity_id).exists():
        return reverse("signing:delegations", args=[delegation.activity_id])
    return reverse("signing:portal-activity", args=[delegation.activity_id])


doors.add("teams", Door("代表团", "signing:delegations", "lead"))

urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/teams/", delegations, name="delegations"),
    path("team/<int:pk>/", team, name="team"),
]
