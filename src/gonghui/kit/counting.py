"""Several counts by one question to the database, and a page's keys along with their number."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from .keeping import Kept
from .prepared import kinds_of, places_of, stand_ins

MOST = 1024
_COUNT = "(SELECT COUNT(*) FROM ({}) counted)"
_KEYS = {
    "sqlite": "(SELECT json_group_array(pk) FROM ({}) found)",
    "postgresql": "(SELECT jsonb_agg(pk) FROM ({}) found)",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The SQL of some counts; ``parts`` are those the database is asked for at all."""

    names: tuple[str, ...]
    parts: tuple[str, ...]
    sql: str
    params: tuple[Any, ...]
    using: str
    places: tuple[tuple[int, int], ...] = ()  # where among ``params`` which value is put

    def answer(self, values: Sequence[Any] = ()) -> dict[str, Any]:
        found: dict[str, Any] = dict.fromkeys(self.names, 0)
        if self.parts:
            params = list(self.params)
            for place, which in self.places:
                params[place] = values[which]
            with connections[self.using].cursor() as cursor:
                cursor.execute(self.sql, params)
                found |= dict(zip(self.parts, cursor.fetchone(), strict=True))
        return found


_kept: Kept[_Asked] = Kept(MOST)


def count_all(**rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of the querysets has, by name; nothing is asked where all are empty."""
    return _asked(rows).answer()


def count_prepared(key: Hashable, ask: Callable[[], Mapping[str, QuerySet[Any]]]) -> dict[str, int]:
    """The same, counted anew each time, by SQL written once; the key names all it depends on."""
    return _kept.get(key, lambda: _asked(ask())).answer()


def count_about(
    values: Sequence[Any], key: Hashable, ask: Callable[..., Mapping[str, QuerySet[Any]]]
) -> dict[str, int]:
    """What ``ask(*values)`` would count; written once for any such values (``prepared``)."""
    kinds = kinds_of(values)

    def asked() -> _Asked:
        standing = stand_ins(kinds)
        made = _asked(ask(*standing))
        return replace(made, places=places_of(made.sql, made.params, standing))

    return _kept.get(("about", key, kinds), asked).answer(values)


def count_page(
    key: Hashable, rows: Callable[[], QuerySet[Any]], page: Callable[[], QuerySet[Any]]
) -> tuple[int, list[int]]:
    """How many ``rows()`` there are, and the keys of ``page()`` in its order; the key as above.

    With None for the key the SQL is written anew.
    """

    def asked() -> _Asked:
        return _asked({"rows": rows()}, {"keys": page()})

    found = (asked() if key is None else _kept.get(("page", key), asked)).answer()
    return found["rows"], json.loads(found["keys"] or "[]")


def _asked(
    rows: Mapping[str, QuerySet[Any]], pages: Mapping[str, QuerySet[Any]] | None = None
) -> _Asked:
    """The SQL of the counts, then of the keys, which must be asked for as ``pk``."""
    pages = pages or {}
    parts: dict[str, str] = {}
    params: list[Any] = []
    using = ""
    for name, wanted in [*rows.items(), *pages.items()]:
        using = using or wanted.db
        plain = wanted if wanted.query.is_sliced else wanted.order_by().values_list("pk")
        try:
            told, given = plain.query.sql_with_params()
        except EmptyResultSet:
            continue
        gather = _KEYS[connections[using].vendor] if name in pages else _COUNT
        parts[name] = gather.format(told)
        params += given
    sql = f"SELECT {', '.join(parts.values())}"
    return _Asked((*rows, *pages), tuple(parts), sql, tuple(params), using)
