"""My archive: a book in two taps, what waits to be finished, a year and what it comes to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.access.actor import Actor
from gonghui.kit.errors import DomainError

from ..actions.pieces import begin_piece
from ..engine.sorts import SORTS
from ..flow import LIFE
from ..forms.pieces import BookForm
from ..models import CHANGING
from ..queries.gathered import Asked, gathered, sums_of, years_of
from ..queries.pieces import known_books, own_pieces, thrown_away

PAGE = 40
FIRST = ("reflection", "note")  # written most often, after books


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All of a year, the latest first; what is unfinished stands above it."""
    return _page(request, BookForm())


def _page(request: HttpRequest, book: BookForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    person: Any = actor.person
    today = timezone.localdate()
    years = years_of(person, today)
    asked = _asked(request, years, today.year)
    lines = Paginator(gathered(person, actor, asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "book": book,
        "first": [SORTS[code] for code in FIRST],
        "more": [sort for code, sort in SORTS.items() if code not in (*FIRST, "book")],
        "open": own_pieces(actor).filter(state__in=CHANGING).order_by("-kept_at", "-pk"),
        "sums": sums_of(person, asked.year, actor),
        "years": [
            {"label": f"{year} 年", "url": f"?year={year}", "current": year == asked.year}
            for year in years
        ],
        "asked": asked,
        "sorts": [(code, sort.label) for code, sort in SORTS.items()],
        "page": lines,
    }
    return TemplateResponse(request, "archive/mine.html", context, status=status)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; an account without a person has no archive."""
    asker: Any = request
    actor: Actor = asker.actor
    if actor.person is None:
        raise Http404
    return actor


def _asked(request: HttpRequest, years: list[int], this: int) -> Asked:
    said, kind = request.GET.get("year", ""), request.GET.get("kind", "")
    year = int(said) if said.isdigit() and int(said) in years else this
    return Asked(year, kind if kind in SORTS else "", request.GET.get("q", "").strip()[:40])


@require_POST
def begin(request: HttpRequest, sort: str) -> HttpResponse:
    """A fresh page of one sort, or the blank one that is there already."""
    if sort not in SORTS:
        raise Http404
    piece = begin_piece(sort, by=actor_of(request))
    return redirect("archive:my-piece", piece.pk)


@require_POST
def add_book(request: HttpRequest) -> HttpResponse:
    """A book that was read: its title is enough, all else may follow."""
    actor, form = actor_of(request), BookForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        piece = begin_piece("book", by=actor, **form.cleaned_data)
        LIFE.perform(piece, "write", by=actor)
    except DomainError as error:
        form.add_error(None, error.sentence)
        return _page(request, form, status=422)
    messages.success(request, f"《{piece.title}》已记入。想写一句读后感，点书名进去写。")
    return redirect("archive:mine")


@require_safe
def titles(request: HttpRequest) -> HttpResponse:
    """Titles on record that begin so, for the list below the box."""
    actor_of(request)
    context = {"books": known_books(request.GET.get("title", ""))}
    return TemplateResponse(request, "archive/titles.html", context)


@require_safe
def discarded(request: HttpRequest) -> HttpResponse:
    """What was thrown away, to be taken out again."""
    actor = actor_of(request)
    page = Paginator(thrown_away(actor), PAGE).get_page(request.GET.get("page"))
    back = reverse("archive:mine")
    return TemplateResponse(request, "archive/discarded.html", {"page": page, "back": back})


urlpatterns: list[URLPattern] = [
    path("my/", mine, name="mine"),
    path("my/begin/<slug:sort>/", begin, name="begin"),
    path("my/book/", add_book, name="add-book"),
    path("my/titles/", titles, name="titles"),
    path("my/discarded/", discarded, name="discarded"),
]
