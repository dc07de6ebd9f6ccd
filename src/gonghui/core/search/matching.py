"""Asks the database's own index for candidates; the only place that knows which database it is."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from .models import SearchCard


class Candidate(NamedTuple):
    """What of a card a search weighs: hundreds are read for a few hits, so no model is made."""

    pk: int
    kind: str
    object_id: int
    folded: str
    pinyin: str
    initials: str
    weight: int


COLUMNS = "c.id, c.kind, c.object_id, c.folded, c.pinyin, c.initials, c.weight"
END = "\U0010ffff"  # sorts behind every character

# Only constants of this module are put into statements; whatever a person typed is a parameter.
_BEGUN = (
    "SELECT * FROM (SELECT {columns} FROM search_searchcard c WHERE c.kind = %s"
    " AND c.{field} >= %s AND c.{field} < %s ORDER BY c.{field} LIMIT %s) AS part"
)
_HOLDING_SQLITE = (
    "SELECT * FROM (SELECT {columns} FROM search_grams g"
    " JOIN search_searchcard c ON c.id = g.rowid"
    " WHERE g.search_grams MATCH %s LIMIT %s) AS part"
)
_HOLDING_POSTGRESQL = (
    "SELECT * FROM (SELECT {columns} FROM search_searchcard c"
    " WHERE search_vector(c.grams) @@ %s::tsquery LIMIT %s) AS part"
)
_NARROWED_SQLITE = "SELECT rowid FROM search_grams WHERE search_grams MATCH %s"
_NARROWED_POSTGRESQL = "search_vector(grams) @@ %s::tsquery"


def begun_with(kinds: list[str], fields: list[str], beginning: str, most: int) -> list[Candidate]:
    """Cards of each kind whose field begins so, in order, ``most`` a kind and field."""
    parts: list[str] = []
    values: list[Any] = []
    for kind in kinds:
        for field in fields:
            parts.append(_BEGUN.format(columns=COLUMNS, field=field))
            values += [kind, beginning, beginning + END, most]
    return _cards(parts, values)


def holding(queries: list[str], most: int) -> list[Candidate]:
    """Cards that hold all index words of a query (see ``asked``), ``most`` for each query."""
    one = _HOLDING_SQLITE if connection.vendor == "sqlite" else _HOLDING_POSTGRESQL
    values = [value for query in queries for value in (query, most)]
    return _cards([one.format(columns=COLUMNS)] * len(queries), values)


def narrowed(cards: QuerySet[SearchCard], query: str) -> QuerySet[SearchCard]:
    """Of these cards, those that hold all index words of a query."""
    if connection.vendor == "sqlite":
        return cards.filter(pk__in=RawSQL(_NARROWED_SQLITE, [query]))  # noqa: S611  # a parameter
    condition: Any = RawSQL(_NARROWED_POSTGRESQL, [query], BooleanField())  # noqa: S611  # likewise
    return cards.filter(condition)


def asked(whole: list[str], beginnings: list[str]) -> str:
    """Index words as a query of the database; they are letters and digits and stand in quotes."""
    if connection.vendor == "sqlite":
        words = [f'"{word}"' for word in whole] + [f'"{word}"*' for word in beginnings]
        return " AND ".join(words)
    return " & ".join([f"'{word}'" for word in whole] + [f"'{word}':*" for word in beginnings])


def candidates(cards: QuerySet[SearchCard]) -> list[Candidate]:
    """These cards as candidates."""
    return [Candidate(*row) for row in cards.values_list(*Candidate._fields)]


def _cards(parts: list[str], values: list[Any]) -> list[Candidate]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [Candidate(*row) for row in cursor]
