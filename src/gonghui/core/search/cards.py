"""Writes the cards: one after each entry of the history, many after a bulk load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from gonghui.kit.loading import load

from . import grams
from .models import SearchCard
from .sources import Source, sources

BATCH = 2000
LONGEST = 200  # characters kept of a title, and as many of the further words
COLUMNS = (
    "kind", "object_id", "org", "folded", "pinyin", "initials", "grams", "weight",
)  # fmt: skip
WRITTEN = ["org", "folded", "pinyin", "initials", "grams", "weight"]


def follow(subject: models.Model, verb: str) -> None:
    """Keep the card of a record true; called inside the transaction of every history entry."""
    source = sources.get(subject._meta.label_lower)
    if source is None or verb in source.still:
        return
    index(subject)
    rows = source.also(subject, verb)
    if rows is not None:
        refresh(rows)


def follow_many(model: type[models.Model], keys: Sequence[int], verb: str) -> None:
    """The same for many records of one model; what else an entry concerns is not asked."""
    source = sources.get(model._meta.label_lower)
    if source is None:
        return
    held = SearchCard.objects.filter(kind=source.kind, object_id__among=keys).order_by()
    if known := list(held.values_list("object_id", flat=True)):
        _refresh(source, known, BATCH)
    fresh = set(keys) - set(known)
    rows = source.read().filter(pk__among=fresh).iterator(BATCH) if fresh else ()
    load(SearchCard, COLUMNS, (_said(source, row) for row in rows))


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


def forget(rows: models.QuerySet[Any]) -> None:
    """Forget rows that are about to be deleted in bulk; a deletion leaves no entry of its own."""
    gone = rows.order_by().values("pk")
    SearchCard.objects.filter(kind=rows.model._meta.label_lower, object_id__in=gone).delete()


@transaction.atomic
def refresh(rows: models.QuerySet[Any], batch: int = BATCH) -> int:
    """Bring the cards of these rows up to date after a bulk write; returns how many were written.

    Bulk writes leave one entry or none in the history, so whoever makes them calls this.
    """
    source = sources[rows.model._meta.label_lower]
    return _refresh(source, list(rows.order_by().values_list("pk", flat=True)), batch)


def _refresh(source: Source, pks: Sequence[int], batch: int) -> int:
    written = 0
    for at in range(0, len(pks), batch):
        part = pks[at : at + batch]
        SearchCard.objects.filter(kind=source.kind, object_id__in=part).exclude(
            object_id__in=source.rows().filter(pk__in=part).values("pk")
        ).delete()
        written += _write(_card(source, row) for row in source.read().filter(pk__in=part))
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
    kind, key, org, *rest = _said(source, row)
    said = dict(zip(COLUMNS[3:], rest, strict=True))
    return SearchCard(kind=kind, object_id=key, org_id=org, **said)


def _said(source: Source, row: Any) -> tuple[Any, ...]:
    """What a card says, in the order of its columns."""
    title = source.title(row)[:LONGEST]
    words = source.words(row)[:LONGEST]
    folded = grams.fold(f"{title}\n{words}")[: 2 * LONGEST]
    reading = grams.read_as(title, *source.reading(row)) if source.reading else grams.read(title)
    return (
        source.kind,
        row.pk,
        source.org(row),
        folded,
        reading.pinyin[:400],
        reading.initials[:200],
        grams.grams_of(source.kind, folded, reading),
        source.weight(row),
    )


def _write(cards: Iterable[SearchCard]) -> int:
    made = SearchCard.objects.bulk_create(
        cards,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=WRITTEN,
    )
    return len(made)
