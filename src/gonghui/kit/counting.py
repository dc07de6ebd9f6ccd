"""Several counts by one question to the database."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from .keeping import Kept

MOST = 1024


@dataclass(frozen=True, slots=True)
class _Asked:
    """The SQL of some counts; ``parts`` are those the database is asked for at all."""

    names: tuple[str, ...]
    parts: tuple[str, ...]
    sql: str
    params: tuple[Any, ...]
    using: str

    def answer(self) -> dict[str, int]:
        found = dict.fromkeys(self.names, 0)
        if self.parts:
            with connections[self.using].cursor() as cursor:
                cursor.execute(self.sql, self.params)
                found |= dict(zip(self.parts, cursor.fetchone(), strict=True))
        return found


_kept: Kept[_Asked] = Kept(MOST)


def count_all(**rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of the querysets has, by name; nothing is asked where all are empty."""
    return _asked(rows).answer()


def count_prepared(key: Hashable, ask: Callable[[], Mapping[str, QuerySet[Any]]]) -> dict[str, int]:
    """The same, counted anew each time, by SQL written once; the key names all it depends on."""
    return _kept.get(key, lambda: _asked(ask())).answer()


def _asked(rows: Mapping[str, QuerySet[Any]]) -> _Asked:
    parts: dict[str, str] = {}
    params: list[Any] = []
    using = ""
    for name, wanted in rows.items():
        using = using or wanted.db
        plain = wanted if wanted.query.is_sliced else wanted.order_by().values_list("pk")
        try:
            told, given = plain.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts[name] = f"(SELECT COUNT(*) FROM ({told}) counted)"  # noqa: S608  # Django's own SQL
        params += given
    sql = f"SELECT {', '.join(parts.values())}"
    return _Asked(tuple(rows), tuple(parts), sql, tuple(params), using)
