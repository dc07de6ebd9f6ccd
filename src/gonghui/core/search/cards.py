"""Writes the cards: one after each entry of the history, many after a bulk load."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from . import grams
from .models import SearchCard
from .sources import Source, sources

BATCH = 2000
LONGEST = 200  # characters kept of a title, and as many of the further words
WRITTEN = ["org", "folded", "pinyin", "initials", "grams", "weight"]


def follow(subject: models.Model, verb: str) -> None:
    """Keep the card of a record true; called inside the transaction of every history entry."""
    if subject._meta.label_lower not in sources:
        return
    index(subject)
    rows = sources[subject._meta.label_lower].also(subject, verb)
    if rows is not None:
        refresh(rows)


@transaction.atomic
def index(subject: models.Model) -> None:
    """Write the record's card from what the database now says, or remove it."""
    source = sources[subject._meta.label_lower]
    row = source.rows().filter(pk=subject.pk).first()
    if row is None:
        unindex(subject)
    else:
        _write([_card(source, row)])


def unindex(subject: models.Model) -> None:
    """Forget the record."""
    SearchCard.objects.filter(kind=subject._meta.label_lower, object_id=subject.pk).delete()


@transaction.atomic
def refresh(rows: models.QuerySet[Any], batch: int = BATCH) -> int:
    """Bring the cards of these rows up to date after a bulk write; returns how many were written.

    Bulk writes leave one entry or none in the history, so whoever makes them calls this.
    """
    source = sources[rows.model._meta.label_lower]
    pks = list(rows.order_by().values_list("pk", flat=True))
    written = 0
    for at in range(0, len(pks), batch):
        part = pks[at : at + batch]
        SearchCard.objects.filter(kind=source.kind, object_id__in=part).exclude(
            object_id__in=source.rows().filter(pk__in=part).values("pk")
        ).delete()
        written += _write(_card(source, row) for row in source.rows().filter(pk__in=part))
    return written


def reindex(source: Source, batch: int = BATCH) -> int:
    """Write all cards of a source anew, batch by batch; a break leaves whole batches behind."""
    stale = SearchCard.objects.filter(kind=source.kind)
    stale.exclude(object_id__in=source.rows().values("pk")).delete()
    written, last = 0, 0
    while rows := list(source.rows().filter(pk__gt=last).order_by("pk")[:batch]):
        with transaction.atomic():
            written += _write(_card(source, row) for row in rows)
        last = rows[-1].pk
    return written


def _card(source: Source, row: Any) -> SearchCard:
    title = source.title(row)[:LONGEST]
    words = source.words(row)[:LONGEST]
    folded = grams.fold(f"{title}\n{words}")[: 2 * LONGEST]
    reading = grams.read_as(title, *source.reading(row)) if source.reading else grams.read(title)
    return SearchCard(
        kind=source.kind,
        object_id=row.pk,
        org_id=source.org(row),
        folded=folded,
        pinyin=reading.pinyin[:400],
        initials=reading.initials[:200],
        grams=grams.grams_of(source.kind, folded, reading),
        weight=source.weight(row),
    )


def _write(cards: Iterable[SearchCard]) -> int:
    made = SearchCard.objects.bulk_create(
        cards,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=WRITTEN,
    )
    return len(made)
