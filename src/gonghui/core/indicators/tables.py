"""The table of the records behind a figure: its columns, and which rows open a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.exports import Column
from gonghui.core.screens.screens import registry
from gonghui.kit.dates import Period

from .counting import records
from .registry import Indicator, Source, column_of, words_of
from .shown import cell, words

Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Line:
    """A record as the table shows it; without an address it opens nothing."""

    cells: list[tuple[str, str]]
    url: str


def rows_of(
    one: Indicator,
    org: Org,
    period: Period,
    by: Actor,
    **asked: Any,
) -> QuerySet[Any]:
    """The records with all the table shows of them, by one question; ``asked`` as they are."""
    return joined(one.source, records(one, org, period, by, **asked))


def joined(source: Source, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of a source with all the table shows of them."""
    near = {way for way in _referred(source) if column_of(source.model, way).is_relation}
    found: QuerySet[Any] = rows.select_related(*near) if near else rows
    return found


def columns_of(source: Source) -> list[tuple[str, Value]]:
    """Head and value of every column; a kind without choices is called as its split calls it."""
    found = []
    for said in source.columns:
        way, head = (said, "") if isinstance(said, str) else said
        kinds = next((words_of(s, source.model) for s in source.splits if s.column == way), {})
        found.append((head or _head(column_of(source.model, way)), _value(way, kinds)))
    return found


def _head(column: Any) -> str:
    """A column's own name; one that was given none is called as what it refers to."""
    given = column.verbose_name != column.name.replace("_", " ")
    named = column if given or not column.is_relation else column.related_model._meta
    return str(named.verbose_name)


def sheet_of(source: Source) -> list[Column]:
    """The same columns for a sheet."""
    return [Column(label, value, 18) for label, value in columns_of(source)]


def lines_of(source: Source, rows: Iterable[Any], open_: dict[int, str]) -> list[Line]:
    """Rows as they are shown, the first column a door where the reader may go through it."""
    columns = columns_of(source)
    return [
        Line([(label, _spelled(value(row))) for label, value in columns], open_.get(row.pk, ""))
        for row in rows
    ]


def opened(source: Source, rows: Iterable[Any], by: Actor) -> dict[int, str]:
    """Row → address of the page it opens, of those the reader may open; one question."""
    target = column_of(source.model, source.page).related_model if source.page else source.model
    screens = registry.get(target._meta.label_lower)
    if screens is None:
        return {}
    keys = {row.pk: _key(row, source.page) for row in rows}
    seen = screens.rules["view"].narrow(target._base_manager.filter(pk__in=set(keys.values())), by)
    may = set(seen.order_by().values_list("pk", flat=True))
    return {pk: screens.url("detail", pk=key) for pk, key in keys.items() if key in may}


def _referred(source: Source) -> set[str]:
    """Every way of forward keys the columns go."""
    found = set()
    for said in (*source.columns, source.page):
        way = said if isinstance(said, str) else said[0]
        steps = way.split("__")
        found |= {"__".join(steps[:n]) for n in range(1, len(steps) + 1) if way}
    return found


def _key(row: Any, page: str) -> Any:
    for step in page.split("__") if page else ():
        row = getattr(row, step)
    return row.pk


def _value(way: str, kinds: dict[Any, str]) -> Value:
    def of(row: Any) -> Any:
        said = cell(row, way, kinds)
        if isinstance(said, datetime):
            return f"{timezone.localtime(said):%Y-%m-%d %H:%M}"
        return {True: "是", False: "否"}.get(said, said) if isinstance(said, bool) else said

    return of


def _spelled(said: Any) -> str:
    if said is None or said == "":
        return ""
    if isinstance(said, Decimal):
        return words(said)
    return f"{said:%Y-%m-%d}" if isinstance(said, date) else str(said)
