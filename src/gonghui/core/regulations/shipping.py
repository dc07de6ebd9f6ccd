"""Puts the figures of the files into the table, again after every release, and nothing else."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from .figures import Figure, figures
from .models import CalendarYear, Holiday, Standard

HOLIDAYS = Path(__file__).parent / "data" / "holidays.json"
SHIPPED = ("value", "document", "number", "clause", "tag", "note", "since")
BATCH = 500


def is_ready(using: str) -> bool:
    """Whether the tables stand; while a database is migrated only in part they may not."""
    tables = connections[using].introspection.table_names()
    return {one._meta.db_table for one in (Standard, CalendarYear, Holiday)} <= set(tables)


@transaction.atomic
def ship_all() -> list[str]:
    """Ship standards and holidays; the keys and years that changed are returned."""
    return [*ship_standards(), *ship_holidays()]


def ship_standards() -> list[str]:
    """Write the value for all of every figure that has one; what bodies set is never touched.

    A figure whose value changed with a later date ends the one before; without a later date the
    file was corrected, and so is the row.
    """
    shipped = Standard.objects.filter(org=None, until=None, is_shipped=True)
    now = {row.key: row for row in shipped}
    changed = []
    for figure in figures:
        if figure.value is None:
            continue
        row = now.get(figure.key)
        if row is None or _begins_later(figure, row):
            _replace(figure, row)
        elif any(getattr(row, name) != getattr(figure, name) for name in SHIPPED):
            _fill(figure, row).save()
        else:
            continue
        changed.append(figure.key)
    return changed


def ship_holidays() -> list[str]:
    """Enter the years of the file that nobody entered; an entered year is left as it is."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    changed = []
    for row in json.loads(HOLIDAYS.read_text("utf-8")):
        if row["year"] in known:
            continue
        paper = {name: row[name] for name in ("document", "number", "tag")}
        year = CalendarYear.objects.create(year=row["year"], **paper)
        Holiday.objects.bulk_create(_days(year, row), batch_size=BATCH)
        changed.append(str(row["year"]))
    return changed


def _begins_later(figure: Figure, row: Standard) -> bool:
    return figure.since is not None and row.since is not None and figure.since > row.since


def _replace(figure: Figure, row: Standard | None) -> None:
    if row is not None and figure.since is not None:
        row.until = figure.since - timedelta(days=1)
        row.save(update_fields=["until"])
    _fill(figure, Standard(key=figure.key, is_shipped=True)).save()


def _fill(figure: Figure, row: Standard) -> Standard:
    for name in SHIPPED:
        setattr(row, name, getattr(figure, name))
    return row


def _days(year: CalendarYear, row: dict[str, Any]) -> list[Holiday]:
    days = []
    for name, first, last in row["off"]:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            days.append(Holiday(year=year, day=day, is_workday=False, name=name))
            day += timedelta(days=1)
    for name, said in row["worked"]:
        days.append(Holiday(year=year, day=date.fromisoformat(said), is_workday=True, name=name))
    return days
