"""The catalogue with what is at hand, and the loans and turns of a reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..models import Book, Bookroom, Copy, Loan, Reservation

YEAR = timedelta(days=365)  # the year that ends today


def _counted(rows: QuerySet[Any], key: str) -> Coalesce:
    """How many of some rows belong to the book of the outer query."""
    own = rows.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0, output_field=_WHOLE)


_WHOLE = IntegerField()


def with_counts(books: QuerySet[Book]) -> QuerySet[Book]:
    """Each with ``held``, ``lent``, ``kept`` and what is ``at_hand``."""
    counted: QuerySet[Book] = books.annotate(
        held=_counted(Copy.objects.held(), "book"),
        lent=_counted(Loan.objects.out(), "book"),
        kept=_counted(Reservation.objects.open().filter(copy__isnull=False), "book"),
    ).annotate(at_hand=F("held") - F("lent") - F("kept"))
    return counted


def on_the_shelf(counted: QuerySet[Any]) -> QuerySet[Any]:
    """Of books ``with_counts`` those of which a copy may be taken away now."""
    return counted.filter(at_hand__gt=0)


def still_held(books: QuerySet[Book]) -> QuerySet[Any]:
    """Books of which the bookroom has a copy at all, with their counts."""
    counted: QuerySet[Any] = with_counts(books)
    return counted.filter(held__gt=0)


def with_new(books: QuerySet[Book], day: date) -> QuerySet[Book]:
    """Books of which a copy was added within the year that ends with a day."""
    new = Copy.objects.held().filter(book=OuterRef("pk"), added_on__gt=day - YEAR)
    return books.filter(Exists(new))


def called(books: QuerySet[Book], said: str) -> QuerySet[Book]:
    """Books by a piece of their title, author or subject, or by their number."""
    words = said.strip().strip("《》")
    plain = words.replace("-", "").replace(" ", "")
    wanted = Q(title__contains=words) | Q(author__contains=words) | Q(subject=words)
    return books.filter(wanted | Q(isbn=plain)) if words else books


def copies_of(book: Book) -> list[Copy]:
    """Every copy with whoever has it (``reader``), those that are gone last."""
    out = Loan.objects.out().filter(copy=OuterRef("pk"))
    kept = Reservation.objects.open().filter(copy=OuterRef("pk"))
    rows = book.copies.annotate(  # type: ignore[attr-defined]  # the other end of our own key
        loan=Subquery(out.values("pk")[:1]),
        due_on=Subquery(out.values("due_on")[:1]),
        is_kept=Exists(kept),
    )
    return list(rows.order_by("fate", "number"))


def free_copies(book: Book) -> QuerySet[Copy]:
    """Copies on the shelf that are kept for nobody."""
    rows = Copy.objects.held().filter(book=book)
    out = Loan.objects.out().filter(copy=OuterRef("pk"))
    kept = Reservation.objects.open().filter(copy=OuterRef("pk"))
    return rows.filter(~Exists(out), ~Exists(kept)).order_by("number")


def any_copy(book: Book, reader: Person) -> Copy:
    """A copy for a reader: the one kept for them, else one from the shelf."""
    kept = Reservation.objects.open().filter(book=book, reader=reader, copy__isnull=False).first()
    found = kept.copy if kept else free_copies(book).first()
    if found is None:
        raise DomainError(f"{book}都借出去了，可以预约，还回来先通知您。")
    return found


def loans_of(person: Person) -> QuerySet[Loan]:
    """What a reader has and had, what is still out first, the soonest due before."""
    rows = Loan.objects.filter(reader=person).select_related("book", "copy__bookroom")
    return rows.order_by(F("returned_on").desc(nulls_first=True), "due_on", "-pk")


def turns_of(person: Person) -> QuerySet[Reservation]:
    rows = Reservation.objects.open().filter(reader=person)
    return rows.select_related("book__bookroom", "copy")


def waiting_for(book: Book) -> QuerySet[Reservation]:
    """Whose turn it is, in the order in which they asked."""
    return Reservation.objects.open().filter(book=book, copy=None).order_by("asked_at", "pk")


def loans_at(room: Bookroom) -> QuerySet[Loan]:
    """What is out of a bookroom, the longest overdue first."""
    rows = Loan.objects.out().filter(copy__bookroom=room)
    return rows.select_related("book", "copy", "reader__org").order_by("due_on", "pk")


def kept_at(room: Bookroom) -> QuerySet[Reservation]:
    """What stands at the desk for those who waited."""
    rows = Reservation.objects.open().filter(copy__bookroom=room)
    return rows.select_related("book", "copy", "reader")


def kept_for(copy: Copy) -> Reservation | None:
    """Whose turn a copy is kept for."""
    return Reservation.objects.open().filter(copy=copy).select_related("reader").first()


def loan_of(copy: Copy) -> Loan | None:
    """In whose hands a copy is."""
    return Loan.objects.out().filter(copy=copy).select_related("reader").first()


def has_read(person: Person, book: Book) -> bool:
    """Whether this very book is on record as read by the person."""
    return Loan.objects.filter(reader=person, book=book, read_on__isnull=False).exists()
