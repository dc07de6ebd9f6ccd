"""The board of a body on the screen and as an A3 print, and the list of boards."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.screens.panels import Custom, plug
from gonghui.core.screens.place import place_of
from gonghui.core.screens.sockets import board_of, board_parts
from gonghui.kit.dates import full_day
from gonghui.kit.downloads import download

from ..engine.printing import in_columns, items_of
from ..forms.study import note_words
from ..queries.board import head_of, people_of
from ..queries.rollout import register, taking_since, teams_on
from ..rules import keeps_board, sees_board

PAGE = 50


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The teams at a place, since when each takes part; those that do not can be registered."""
    asker: Any = request
    place = place_of(request)
    if place.org is None or not asker.actor.can("learning.view", at=place.org):
        raise Http404
    day = timezone.localdate()
    seen = sees_board.narrow(teams_on(day), asker.actor).filter(subtree(place.org.path))
    rows = register(seen, day).select_related("parent").order_by("path")
    shown = request.GET.get("taking", "")
    if shown in ("yes", "no"):
        rows = rows.filter(taking_since__isnull=shown == "no")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may = asker.actor.can("learning.write", at=place.org)
    context = {"page": page, "place": place, "shown": shown, "may": may, "today": day}
    return TemplateResponse(request, "teams/boards.html", context)


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a body: what its members see at their place of work, on any screen."""
    asker: Any = request
    org, day = _org(request, pk), timezone.localdate()
    parts = board_of(org, asker.actor, day)
    filled = {one.title for one, _ in parts}
    context = {
        "org": org,
        "day": day,
        "parts": parts,
        "bare": [one.title for one in board_parts if one.title not in filled],
        "heads": head_of(org, day),
        "people": people_of(org).count(),
        "since": taking_since(org, day),
        "may": keeps_board.allows(asker.actor, org),
        "note_words": note_words(org),
        "is_home": asker.actor.home_path.startswith(org.path),
    }
    return TemplateResponse(request, "teams/board.html", context)


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on a sheet of A3, to hang up."""
    asker: Any = request
    org, day = _org(request, pk), timezone.localdate()
    parts: list[dict[str, Any]] = [
        {"heading": one.title, "items": items_of(render_to_string(one.template, {"part": found}))}
        for one, found in board_of(org, asker.actor, day)
    ]
    data = {
        "title": f"{org.name}“创争”宣传栏",
        "note": full_day(day),
        "columns": in_columns([one for one in parts if one["items"]]),
    }
    return download(write_pdf("board", data), f"{org.name}宣传栏", "pdf")


def _org(request: HttpRequest, pk: int) -> Org:
    asker: Any = request
    rows = Org.objects.filter(until=None).select_related("parent")
    return get_object_or_404(sees_board.narrow(rows, asker.actor), pk=pk)


def _panel(org: Org, request: Any) -> dict[str, Any]:
    """The door to the board on a body's own page."""
    return {"org": org} if sees_board.allows(request.actor, org) else {}


plug("orgs.org", Custom("宣传栏", "teams/panel_board.html", _panel))

urlpatterns: list[URLPattern] = [
    path("", boards, name="boards"),
    path("board/<int:pk>/", board, name="board"),
    path("board/<int:pk>/print/", printed, name="board-print"),
]
