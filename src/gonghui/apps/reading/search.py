"""Books as they are found by the search."""

from __future__ import annotations

from gonghui.core.search.sources import Source, register

from .models import Book
from .rules import BOOK_RULES

register(
    Source(
        Book,
        "图书",
        BOOK_RULES["view"],
        title=lambda one: one.title,
        words=lambda one: f"{one.author} {one.publisher}",
        note=lambda one: f"{one.author} · {one.bookroom}" if one.author else str(one.bookroom),
        related=("bookroom",),
        url_name="reading:book-detail",
        position=75,
    )
)
