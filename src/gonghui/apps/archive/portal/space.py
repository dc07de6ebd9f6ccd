"""The sharing space: recommended books, materials, and what people show of themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gonghui.kit.errors import DomainError

from ..actions.pieces import begin_piece
from ..engine.sorts import SORTS
from ..flow import LIFE
from ..queries.pieces import own_pieces
from ..queries.space import SHOWN, files_of, materials, recommended, shared
from .home import actor_of

PAGE = 20
FIRST = 4  # books and materials that stand open; the others are folded away


@require_safe
def space(request: HttpRequest) -> HttpResponse:
    """What my unions recommend and what people of it show."""
    actor = actor_of(request)
    said = request.GET.get("kind", "")
    kind = said if said in SHOWN else ""
    tabs = [("", "全部"), *((code, SORTS[code].label) for code in SHOWN)]
    books = list(recommended(actor, timezone.localdate()))
    papers = files_of(materials(actor))
    read = own_pieces(actor).filter(kind="book", title__in=[one.title for one in books])
    context = {
        "books": books[:FIRST],
        "more_books": books[FIRST:],
        "read": set(read.counting().values_list("title", flat=True)),  # type: ignore[attr-defined]
        "materials": papers[:FIRST],
        "more_materials": papers[FIRST:],
        "keeps": actor.can("learning.write"),
        "page": Paginator(shared(actor, kind), PAGE).get_page(request.GET.get("page")),
        "kinds": [
            {"label": label, "url": f"?kind={code}", "current": code == kind}
            for code, label in tabs
        ],
    }
    return TemplateResponse(request, "archive/space.html", context)


@require_POST
def have_read(request: HttpRequest, pk: int) -> HttpResponse:
    """A recommended book was read: it goes into one's own archive with one tap."""
    actor = actor_of(request)
    book = get_object_or_404(recommended(actor, timezone.localdate()), pk=pk)
    facts = {"title": book.title, "author": book.author, "isbn": book.isbn}
    try:
        made = begin_piece("book", by=actor, **facts)
        LIFE.perform(made, "write", by=actor)
        messages.success(request, f"《{book.title}》已记入您的档案。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("archive:space")


urlpatterns: list[URLPattern] = [
    path("space/", space, name="space"),
    path("space/book/<int:pk>/read/", have_read, name="book-read"),
]
