"""At the door: the list to tick, the code on the screen and on paper, the members' codes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.activities.models import Session
from gonghui.core.activities.queries.reach import sessions_within
from gonghui.kit.errors import DomainError

from ..actions.checking import Hand, Note, scan_ticket, take_in
from ..codes import drawn
from ..engine import codes
from ..forms.door import MarkForm, ScanForm
from ..models import Mark
from ..queries.doors import Door
from ..queries.roll import roll_of, tally_of
from .phone import door_or_404

SPARE = 8  # empty lines at the end of a sheet
REFRESH = 20  # seconds; a code is good for a minute, so the one on the screen always is


@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of one session to tick: came, excused, taken back; a leader's has their people."""
    door = door_or_404(request, pk)
    session = door.session
    if request.method == "POST":
        _mark(request, door)
        return redirect(f"{reverse('attendance:roll', args=[pk])}?{request.GET.urlencode()}")
    said = request.GET.get("q", "").strip()
    lines = roll_of(session, said, whose=door.whose)
    context = {
        "session": session,
        "sessions": list(session.activity.sessions.all()),
        "lines": lines,
        "said": said,
        "proxy": door.whose is not None,
        "tally": tally_of(session, whose=door.whose),
        "number": uuid4(),
        "conflicts": [line for line in lines if line.attendance and line.attendance.conflict],
    }
    return TemplateResponse(request, "attendance/roll.html", context)


def _mark(request: HttpRequest, door: Door) -> None:
    asker: Any = request
    form = MarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, "这一条没有记上，请在名单上再按一次。")
        return
    way = Mark.Way.WALK_IN if form.cleaned_data["who"] else Mark.Way.TICKED
    note = Note(at=timezone.now(), way=way, **form.cleaned_data)
    (receipt,) = take_in(door.session, [note], Hand(asker.actor, door.whose)).receipts
    if receipt.refused:
        messages.error(request, receipt.refused)
    elif note.who:
        messages.success(request, f"{note.who}已报名并签到。")


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's code after another; a copy is refused and says when the first came."""
    asker: Any = request
    session = _session(request, pk)
    posted = request.method == "POST"
    door = request.POST.get("door", "") or request.GET.get("door", "")
    form = ScanForm(request.POST if posted else None, initial={"number": uuid4(), "door": door})
    if posted and form.is_valid():
        said = form.cleaned_data
        try:
            mark = scan_ticket(
                session, said["ticket"].strip(), number=said["number"], by=asker.actor, door=door
            )
            messages.success(request, f"{mark.registration}（{mark.registration.org}）已签到。")
        except DomainError as error:
            messages.error(request, error.sentence)
        return redirect(f"{reverse('attendance:scan', args=[pk])}?door={door}")
    context = {"session": session, "form": form, "tally": tally_of(session)}
    return TemplateResponse(request, "attendance/scan.html", context, status=422 if posted else 200)


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The code for a screen at the door; it changes, and a photo of it soon is worth nothing."""
    session = _session(request, pk)
    code = codes.screen_code(session.pk, bytes(session.secret), timezone.now())
    response = TemplateResponse(request, "attendance/screen.html", _shown(request, session, code))
    response["Refresh"] = str(REFRESH)
    return response


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A poster to print, with a code that is good while the session's doors are open."""
    session = _session(request, pk)
    code = codes.poster_code(session.pk, bytes(session.secret))
    return TemplateResponse(request, "attendance/poster.html", _shown(request, session, code))


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet of paper to sign on: names and units, a place to sign, empty lines for walk-ins."""
    door = door_or_404(request, pk)
    people = [line.registration for line in roll_of(door.session, whose=door.whose)]
    spare = range(len(people) + 1, len(people) + 1 + SPARE)
    context = {"session": door.session, "people": people, "spare": spare}
    return TemplateResponse(request, "attendance/sheet.html", context)


def _shown(request: HttpRequest, session: Session, code: str) -> dict[str, Any]:
    address = request.build_absolute_uri(f"{reverse('attendance:check-in')}?code={code}")
    label = f"「{session.activity}」签到码"
    return {"session": session, "code": drawn(address, label, scale=10), "tally": tally_of(session)}


def _session(request: HttpRequest, pk: int) -> Session:
    asker: Any = request
    return get_object_or_404(sessions_within(asker.actor, "check"), pk=pk)


urlpatterns: list[URLPattern] = [
    path("session/<int:pk>/", roll, name="roll"),
    path("session/<int:pk>/scan/", scan, name="scan"),
    path("session/<int:pk>/screen/", screen, name="screen"),
    path("session/<int:pk>/poster/", poster, name="poster"),
    path("session/<int:pk>/sheet/", sheet, name="sheet"),
]
