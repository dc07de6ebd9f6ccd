"""Rows written by SQL that is made once for a table, several of them in one step where possible.

``save`` writes its SQL anew for every row, and each statement is a way to the server and back: in a
rush everybody waits while whoever holds the lock goes that way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models.sql import InsertQuery

from .keeping import Kept

MOST = 512  # statements kept: a few for each table

_kept: Kept[Any] = Kept(MOST)
Cell = Callable[[models.Model], Any]


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
    sql, cells = _kept.get(key, lambda: _insertion(row))
    values = [cell(row) for cell in cells]
    row._state.adding, row._state.db = False, connection.alias
    return Statement(sql, values)


def update(row: models.Model, *names: str) -> Statement:
    """These fields of a row that is there."""
    key = ("update", connection.vendor, type(row), names)
    sql, cells = _kept.get(key, lambda: _update(type(row), names))
    return Statement(sql, [cell(row) for cell in cells])


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


def _insertion(row: models.Model) -> tuple[str, list[Cell]]:
    """The statement as Django writes it for one row, with the cells it takes, in their order."""
    meta: Any = row._meta
    fields = [one for one in meta.local_concrete_fields if row.pk is not None or one != meta.pk]
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler: Any = query.get_compiler(connection.alias)
    compiler.returning_fields = [meta.pk]
    ((sql, _),) = compiler.as_sql()
    return sql, [_cell(one, is_new=True) for one in fields]


def _update(model: type[models.Model], names: Sequence[str]) -> tuple[str, list[Cell]]:
    pk: Any = model._meta.pk
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(one.column)} = %s" for one in fields)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {quote(pk.column)} = %s"  # noqa: S608  # our own names
    return sql, [_cell(one, is_new=False) for one in (*fields, pk)]


def _cell(field: Any, *, is_new: bool) -> Cell:
    """What reads a field of a row, as the database takes it.

    Django asks some ten functions about every cell; of a word, a number and nothing it is known
    beforehand what they would say.
    """
    given: Cell = attrgetter(field.attname)
    if is_new and type(field).pre_save is not models.Field.pre_save:
        given = partial(_given, field)
    plain, put = _plain(field)

    def cell(row: models.Model) -> Any:
        value = given(row)
        if type(value) is plain:
            return put(value)
        if value is None and plain is not None:
            return None
        return field.get_db_prep_save(value, connection)

    return cell


def _given(field: Any, row: models.Model) -> Any:
    """The moment it was made, and the like."""
    return field.pre_save(row, True)


def _plain(field: Any) -> tuple[type | None, Callable[[Any], Any]]:
    """A kind of value that is put in as it is, or in the database's own wrapping."""
    if type(field) in (models.CharField, models.TextField):
        return str, str
    if isinstance(getattr(field, "target_field", field), models.IntegerField):
        wrapped = type(field.get_db_prep_save(1, connection))
        if issubclass(wrapped, int):
            return int, wrapped
    return None, str
