"""The catalogue: books with their copies, what comes in and what goes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from gonghui.core.screens.panels import Custom, Facts
from gonghui.core.screens.screens import Doors, Screens
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.errors import DomainError

from ..actions.catalogue import add_book, add_copies, drop_copy, numbers
from ..filters import BookFilters
from ..forms.books import BookForm, CopiesForm, DropForm, NewBookForm
from ..models import Book, Copy
from ..queries.books import copies_of, waiting_for, with_counts
from ..rules import BOOK_RULES
from ..tables import BookTable
from .rooms import BookroomScreens


def _copies(book: Book, request: Any) -> dict[str, Any]:
    return {
        "copies": copies_of(book),
        "waiting": waiting_for(book).count(),
        "may_keep": BOOK_RULES["edit"].allows(request.actor, book),
    }


class BookScreens(Screens):
    """The catalogue of all bookrooms one may use, with what stands on the shelf."""

    model = Book
    lead = "各书屋有哪些书、几册在架；点书名看每一册在哪里。"
    table = BookTable
    filterset = BookFilters
    form = BookForm
    rules = BOOK_RULES
    panels = (
        Custom("册", "reading/panel_copies.html", _copies),
        Facts("title", "author", "publisher", "year", "isbn", "subject", "bookroom", "shelf"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return with_counts(super().queryset().select_related("org", "bookroom"))

    def actions(self, obj: models.Model) -> Doors:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("加册", reverse("reading:book-copies", args=[obj.pk]))]


@writes
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One book after another: the form comes back empty and says what was kept."""
    asker: Any = request
    room = BookroomScreens(request).fetch(pk, "keep")
    form = NewBookForm(request.POST if request.method == "POST" else None)
    kept = ""
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        on, count = said.pop("on"), said.pop("copies")
        try:
            made = add_book(room, by=asker.actor, copies=count, on=on, **said)
            kept, form = (
                f"{made}已登记，登录号 {last_numbers(made, count)}",
                NewBookForm(initial={"on": on}),
            )
        except (DomainError, ValidationError) as error:
            form.add_error(None, "；".join(sentences(error)))
    context = {"room": room, "form": form, "kept_words": kept}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "reading/add.html", context, status=status)


def sentences(error: DomainError | ValidationError) -> list[str]:
    return [error.sentence] if isinstance(error, DomainError) else error.messages


def last_numbers(book: Book, count: int) -> str:
    """The numbers that were given just now."""
    rows = copies_of(book)
    return numbers(sorted(one.number for one in rows)[-count:])


@writes
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Further copies of a book."""
    asker: Any = request
    book = BookScreens(request).fetch(pk, "edit")
    form = CopiesForm(posted(request)[0])

    def act() -> None:
        said = form.cleaned_data
        add_copies(book, said["count"], on=said["on"], by=asker.actor)

    back = BookScreens.url("detail", book)
    return small_form(request, form, act, back=back, title="加册", of=book, submit="加册")


@writes
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy is lost, worn out or moved."""
    asker: Any = request
    held = BOOK_RULES["edit"].narrow(Book.objects.all(), asker.actor)
    rows = Copy.objects.select_related("book").filter(book__in=held.order_by().values("pk"))
    copy = get_object_or_404(rows, pk=pk)
    form = DropForm(posted(request)[0])

    def act() -> None:
        drop_copy(copy, by=asker.actor, **form.cleaned_data)

    back, title = BookScreens.url("detail", copy.book), f"{copy} 离藏"
    return small_form(request, form, act, back=back, title=title, of=copy.book, submit="登记离藏")


urlpatterns: list[URLPattern] = [
    path("bookroom/<int:pk>/add/", add, name="bookroom-add"),
    *BookScreens.urls(),
    path("book/<int:pk>/copies/", copies, name="book-copies"),
    path("copy/<int:pk>/drop/", drop, name="copy-drop"),
]
