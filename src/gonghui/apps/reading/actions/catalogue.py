"""Books come into the catalogue with their copies, and copies go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import MOST_AT_ONCE, Book, Bookroom, Copy, Fate, Loan, Reservation

VERBS |= {"add_copies": "加册", "drop_copy": "册离藏"}
WORDS |= {"copies": "册数", "fate": "去向", "number": "登录号"}


@transaction.atomic
def add_book(room: Bookroom, *, by: Actor, copies: int, on: date, **facts: Any) -> Book:
    """Put a book into the catalogue; one whose ISBN is there already only gets the copies."""
    locked = Bookroom.objects.select_for_update().get(pk=room.pk)
    isbn = facts.get("isbn", "")
    known = Book.objects.filter(bookroom=locked, isbn=isbn).first() if isbn else None
    if known is None:
        known = Book(org=locked.org, bookroom=locked, **facts)
        known.full_clean(exclude=["org", "bookroom"])
        known.save()
        record(known, "create", by=by, changes=changes_of({}, snapshot(known)), is_new=True)
    add_copies(known, copies, on=on, by=by)
    return known


@transaction.atomic
def add_copies(book: Book, count: int, *, on: date, by: Actor) -> list[Copy]:
    """Further copies, numbered on from the last of the bookroom."""
    if not 0 < count <= MOST_AT_ONCE:
        raise DomainError(f"一次加 1 至 {MOST_AT_ONCE} 册。")
    room = Bookroom.objects.select_for_update().get(pk=book.bookroom_id)
    first = next_number(room)
    made = Copy.objects.bulk_create(
        Copy(book=book, bookroom=room, number=first + at, added_on=on) for at in range(count)
    )
    said = numbers([one.number for one in made])
    record(book, "add_copies", by=by, changes={"copies": count, "number": said})
    return made


def next_number(room: Bookroom) -> int:
    """The number after the highest ever used; the room's row is locked by the caller."""
    last: int | None = Copy.objects.filter(bookroom=room).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def numbers(given: Sequence[int]) -> str:
    first, last = f"{given[0]:05d}", f"{given[-1]:05d}"
    return first if first == last else f"{first}–{last}"


@transaction.atomic
def drop_copy(copy: Copy, fate: str, *, on: date, by: Actor) -> Copy:
    """A copy is lost, worn out or moved; a lost one that is lent out is no longer waited for."""
    kept = Copy.objects.select_for_update(of=("self",)).select_related("book").get(pk=copy.pk)
    if kept.fate:
        raise DomainError(f"{kept} 已经离藏。")
    if on < kept.added_on:
        raise DomainError("离藏日期不能早于入藏日期。")
    out = Loan.objects.select_for_update().filter(copy=kept, returned_on=None).first()
    if out is not None and fate != Fate.LOST:
        raise DomainError(f"{kept} 还在读者手里，收回以后再办。")
    if out is not None:
        out.returned_on = max(on, out.lent_on)
        out.save(update_fields=["returned_on"])
        record(out, "give_back", by=by, changes={"fate": Fate.LOST.label})
    Reservation.objects.open().filter(copy=kept).update(copy=None, kept_until=None)
    kept.fate, kept.gone_on = fate, on
    kept.save(update_fields=["fate", "gone_on"])
    changes = {"number": str(kept), "fate": kept.get_fate_display(), "on": on}
    record(kept.book, "drop_copy", by=by, changes=changes)
    return kept
