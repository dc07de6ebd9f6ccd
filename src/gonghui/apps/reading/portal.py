"""The reader's own pages, for the phone: find a book, what I have, the code I show at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.access.who import person_of
from gonghui.core.attendance.codes import drawn
from gonghui.kit.errors import DomainError

from .actions.keeping import drop_reservation, reserve
from .actions.lending import finish_reading, renew, unread
from .models import Book, Bookroom, Loan, Reservation
from .queries.books import (
    called,
    copies_of,
    loans_of,
    still_held,
    turns_of,
    waiting_for,
    with_counts,
)
from .queries.cards import GOOD_FOR, card_of
from .queries.circles import circles_for
from .rules import BOOK_RULES, BOOKROOM_RULES, LOAN_RULES, RESERVATION_RULES

PAGE = 20
PAST = 50


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The catalogues of the bookrooms that serve me, where they are, and who reads together."""
    asker: Any = request
    me, said = person_of(request), request.GET.get("q", "").strip()
    rooms = _rooms_for(asker.actor)
    books = called(Book.objects.filter(bookroom__in=rooms), said)
    rows = still_held(books.select_related("bookroom"))
    page = Paginator(rows.order_by("title", "pk"), PAGE).get_page(request.GET.get("page"))
    kept = BOOKROOM_RULES["keep"].narrow(Bookroom.objects.filter(keeper=me), asker.actor)
    context = {
        "page": page,
        "said": said,
        "rooms": rooms,
        "keeps": list(kept),
        "circles": list(circles_for(asker.actor, timezone.localdate())),
        "me": me,
    }
    return TemplateResponse(request, "reading/my_find.html", context)


def _rooms_for(actor: Any) -> list[Bookroom]:
    """Open bookrooms of the bodies above me, the nearest first."""
    above = actor.person.org.ancestor_paths()
    rows = BOOKROOM_RULES["view"].narrow(Bookroom.objects.filter(org__path__in=above), actor)
    return list(rows.filter(is_open=True).select_related("org").order_by("-org__path", "name"))


@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """One book: which copies stand there, when the next comes back, my turn."""
    asker: Any = request
    me = person_of(request)
    rows = BOOK_RULES["borrow"].narrow(Book.objects.select_related("bookroom"), asker.actor)
    found = get_object_or_404(with_counts(rows), pk=pk)
    context = {
        "book": found,
        "room": found.bookroom,
        "loan": Loan.objects.out().filter(book=found, reader=me).first(),
        "turn": Reservation.objects.open().filter(book=found, reader=me).first(),
        "waiting": waiting_for(found).count(),
        "next": min((one.due_on for one in copies_of(found) if one.due_on), default=None),  # type: ignore[attr-defined]  # annotated
    }
    return TemplateResponse(request, "reading/my_book.html", context)


@require_POST
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a turn for a book."""
    asker: Any = request
    rows = BOOK_RULES["borrow"].narrow(Book.objects.all(), asker.actor)
    found = get_object_or_404(rows, pk=pk)
    try:
        reserve(found, person_of(request), by=asker.actor)
        messages.success(request, "已预约，书还回来会通知您。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("reading:my-book", pk)


@require_safe
def loans(request: HttpRequest) -> HttpResponse:
    """What I have, what I wait for, what I have had."""
    me, day = person_of(request), timezone.localdate()
    rows = list(loans_of(me)[:PAST])
    context = {
        "out": [one for one in rows if one.returned_on is None],
        "past": [one for one in rows if one.returned_on is not None],
        "turns": list(turns_of(me)),
        "day": day,
    }
    return TemplateResponse(request, "reading/my_loans.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Renew, put on my record, or take it off again: one tap each."""
    asker: Any = request
    mine = LOAN_RULES["own"].narrow(Loan.objects.all(), asker.actor)
    loan, day = get_object_or_404(mine, pk=pk), timezone.localdate()
    try:
        if act == "renew":
            kept = renew(loan, by=asker.actor, day=day)
            messages.success(request, f"续借到 {kept.due_on:%Y-%m-%d}。")
        elif act == "read":
            finish_reading(loan, by=asker.actor, day=day)
            messages.success(request, "已记入学习档案。")
        else:
            unread(loan, by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("reading:my-loans")


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take my turn back."""
    asker: Any = request
    mine = RESERVATION_RULES["own"].narrow(Reservation.objects.open(), asker.actor)
    turn = get_object_or_404(mine, pk=pk)
    drop_reservation(turn, by=asker.actor, day=timezone.localdate())
    messages.success(request, "已取消预约。")
    return redirect("reading:my-loans")


@never_cache
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The code I show at the desk; it changes, so a copy of it soon is worth nothing."""
    me = person_of(request)
    minutes = int(GOOD_FOR.total_seconds() // 60)
    context = {"code": drawn(card_of(me), f"{me}的借书码"), "me": me, "minutes": minutes}
    response = TemplateResponse(request, "reading/my_card.html", context)
    response["Refresh"] = str(int(GOOD_FOR.total_seconds()) - 60)
    return response


urlpatterns: list[URLPattern] = [
    path("my/", find, name="my-find"),
    path("my/book/<int:pk>/", book, name="my-book"),
    path("my/book/<int:pk>/wait/", wait, name="my-wait"),
    path("my/loans/", loans, name="my-loans"),
    path("my/loan/<int:pk>/<slug:act>/", act, name="my-act"),
    path("my/turn/<int:pk>/drop/", give_up, name="my-turn-drop"),
    path("my/card/", card, name="my-card"),
]
