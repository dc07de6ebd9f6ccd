"""Everybody on record gets the ledger their own values tell; nothing is guessed.

Who has a joining day joined on it; of all others it is only known that they are on record today,
so their ledger begins today and says nothing about a membership.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone

BATCH = 1000


def open_books(apps: Any, schema_editor: Any) -> None:
    person = apps.get_model("people", "Person")
    entry, span = apps.get_model("people", "LedgerEntry"), apps.get_model("people", "Membership")
    today = timezone.localdate()
    for part in _batches(person.objects.order_by("pk").iterator(chunk_size=BATCH)):
        entries = [entry(**one) for row in part for one in _entries(row, today)]
        entry.objects.bulk_create(entries, batch_size=BATCH)
        spans = [span(**one) for row in part for one in _spans(row, today)]
        span.objects.bulk_create(spans, batch_size=BATCH)


def _batches(rows: Any) -> Iterator[list[Any]]:
    part: list[Any] = []
    for row in rows:
        part.append(row)
        if len(part) == BATCH:
            yield part
            part = []
    yield part


def _first(row: Any, today: date) -> tuple[str, str, date]:
    """Act, standing and day of the entry that begins a person's ledger."""
    if row.joined_on:
        return "join", "member", row.joined_on
    return "enter", "worker", min(today, row.left_on or today)


def _entries(row: Any, today: date) -> Iterator[dict[str, Any]]:
    act, standing, day = _first(row, today)
    own = {"person_id": row.pk, "org_id": row.org_id, "employment": row.employment}
    yield {**own, "act": act, "standing": standing, "day": day}
    if row.left_on:
        yield {**own, "act": "leave", "standing": "", "day": row.left_on}


def _spans(row: Any, today: date) -> Iterator[dict[str, Any]]:
    """The day of leaving is the first one away; who came and left on one day was never here."""
    _, standing, day = _first(row, today)
    until = row.left_on - timedelta(days=1) if row.left_on else None
    if until is None or until >= day:
        yield {
            "person_id": row.pk,
            "org_id": row.org_id,
            "employment": row.employment,
            "standing": standing,
            "since": day,
            "until": until,
        }


def forget(apps: Any, schema_editor: Any) -> None:
    apps.get_model("people", "Membership").objects.all().delete()
    apps.get_model("people", "LedgerEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0002_membership_ledger")]

    operations = [migrations.RunPython(open_books, forget)]
