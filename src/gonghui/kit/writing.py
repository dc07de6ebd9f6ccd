"""Rows written by SQL that is made once for a table, several of them in one step where possible.

``save`` writes its SQL anew for every row, and each statement is a way to the server and back: in a
rush everybody waits while whoever holds the lock goes that way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models.sql import InsertQuery

from .keeping import Kept

MOST = 512  # statements kept: a few for each table

_kept: Kept[Any] = Kept(MOST)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that writes, with what is put into it."""

    sql: str
    values: Sequence[Any]


class NextKey(models.Func):
    """A key for the next new row of a table, which nobody else gets; on SQLite in a transaction."""

    arity = 0
    output_field = models.BigIntegerField()

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__()
        self.table, self.column = model._meta.db_table, str(model._meta.pk.column)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return "nextval(pg_get_serial_sequence(%s, %s))", (f'"{self.table}"', self.column)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        # Every writer is alone here, and a key is never given twice: Django asks for that.
        last = "SELECT seq FROM sqlite_sequence WHERE name = %s"
        return f"(COALESCE(({last}), 0) + 1)", (self.table,)


def insertion(row: models.Model) -> Statement:
    """A new row that has its key, or whose key nobody asks for; who listens for saves hears not."""
    key = ("insert", connection.vendor, type(row), row.pk is not None)
    sql, fields = _kept.get(key, lambda: _insertion(row))
    values = [one.get_db_prep_save(one.pre_save(row, True), connection) for one in fields]
    row._state.adding, row._state.db = False, connection.alias
    return Statement(sql, values)


def update(row: models.Model, *names: str) -> Statement:
    """These fields of a row that is there."""
    meta = row._meta
    key = ("update", connection.vendor, type(row), names)
    sql, fields = _kept.get(key, lambda: _update(type(row), names))
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
    return Statement(sql, [*values, meta.pk.get_db_prep_save(row.pk, connection)])


def write(statements: Sequence[Statement]) -> Any:
    """Carry them out in any order, on PostgreSQL in one step: none may build on another's outcome.

    The key of the last one, where it is a new row.
    """
    if not statements:
        return None
    *first, last = statements
    sql, values = last.sql, list(last.values)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and first:
            parts = ", ".join(f"step_{at} AS ({one.sql})" for at, one in enumerate(first))
            values = [value for one in statements for value in one.values]
            sql = f"WITH {parts} {sql}"
        else:
            for one in first:
                cursor.execute(one.sql, one.values)
        cursor.execute(sql, values)
        return cursor.fetchone()[0] if cursor.description else None


def _insertion(row: models.Model) -> tuple[str, list[Any]]:
    """The statement as Django writes it for one row, with the fields it takes, in their order."""
    meta: Any = row._meta
    fields = [one for one in meta.local_concrete_fields if row.pk is not None or one != meta.pk]
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler: Any = query.get_compiler(connection.alias)
    compiler.returning_fields = [meta.pk]
    ((sql, _),) = compiler.as_sql()
    return sql, fields


def _update(model: type[models.Model], names: Sequence[str]) -> tuple[str, list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(one.column)} = %s" for one in fields)
    key = quote(str(model._meta.pk.column))
    return f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {key} = %s", fields  # noqa: S608  # our own names
