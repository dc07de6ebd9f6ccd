"""The member's side of the door: my code, signing in by the door's code."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import OVER, Activity, State
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import PortalPart, portal_parts
from gonghui.kit.devices import may_use
from gonghui.kit.errors import DomainError

from .actions.entering import check_in, session_by
from .codes import drawn
from .engine.codes import said_code
from .engine.nearby import Spot
from .forms.door import SpotForm
from .queries.doors import led_sessions
from .queries.roll import came_to

MASK = 4  # of a ticket: its letters are random, so none is better; looking for one takes longest


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Where the code on the screen or the poster leads: one tap signs me in.

    Without a code the page reads one with the phone's camera.
    """
    asker: Any = request
    code = said_code(request.POST.get("code", "") or request.GET.get("code", ""))
    if request.method != "POST" and not code:
        return may_use(_scanner(request, ""), "camera")
    context: dict[str, Any] = {"code": code, "number": uuid4(), "refused": ""}
    try:
        session = session_by(code)
        context["session"] = session
        if request.method == "POST":
            where = _position(request)
            check_in(session, by=asker.actor, number=_number(request), position=where)
            messages.success(request, f"已签到：{session.activity}")
            return redirect("signing:portal-activity", session.activity_id)
    except DomainError as error:
        context["refused"] = error.sentence
    status = 422 if context["refused"] and request.method == "POST" else 200
    if "session" not in context:
        return may_use(_scanner(request, context["refused"], status), "camera")
    response = TemplateResponse(request, "attendance/check_in.html", context, status=status)
    return may_use(response, "geolocation")


def _scanner(request: HttpRequest, refused: str, status: int = 200) -> HttpResponse:
    """The camera, or an address that was copied; also where a code was no good."""
    context = {"refused": refused, "reader": static("vendor/qr/decode.js")}
    return TemplateResponse(request, "attendance/scan_in.html", context, status=status)


def _position(request: HttpRequest) -> Spot | None:
    """Where the phone says it is; compared once, never kept."""
    form = SpotForm(request.POST)
    return form.spot() if form.is_valid() else None


def _number(request: HttpRequest) -> UUID:
    """The page's own number, so that a second press is the same mark."""
    try:
        return UUID(request.POST.get("number", ""))
    except ValueError:
        return uuid4()


def _ticket(activity: Activity, mine: Registration | None, actor: Actor) -> dict[str, Any] | None:
    """My code, while there is something to come to."""
    if mine is None or mine.status != Registration.Status.SIGNED:
        return None
    if activity.state in (*OVER, State.CANCELLED):
        return None
    return {"code": drawn(mine.ticket, f"{mine}的签到码", mask=MASK), "came": came_to(mine)}


def _team(activity: Activity, mine: Registration | None, actor: Actor) -> dict[str, Any] | None:
    """A team's leader signs in for their own people."""
    sessions = led_sessions(actor, activity)
    return {"sessions": sessions} if sessions else None


portal_parts.add("team", PortalPart("attendance/portal_team.html", _team))
portal_parts.add("ticket", PortalPart("attendance/portal_ticket.html", _ticket))

urlpatterns: list[URLPattern] = [
    path("in/", enter, name="check-in"),
]
