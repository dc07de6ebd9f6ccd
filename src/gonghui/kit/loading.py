"""Many new rows of one table at once, several times faster than the ORM makes them.

For bulk loads only: no defaults, no validation, no signals. Values are what the database itself
holds: texts, numbers, bytes, days by their ISO spelling, JSON as text; None is NULL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """So many primary keys nobody else will get."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', key, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # Every writer is alone here, and a key is never given twice: Django asks for that.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return list(range(first, first + count))


def blanks(model: type[models.Model]) -> dict[str, Any]:
    """What each column of a new row holds where nothing is said, by the field's name."""
    return {
        field.name: field.get_default()
        for field in model._meta.concrete_fields
        if not field.primary_key
    }


def load(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows whose values stand in the order of ``names``, which are fields of the model.

    Fields left out get the database's NULL; one that may not be NULL must be named.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    ready = list(rows)  # they may be read from the very connection that is about to write
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:  # names of our own
                for row in ready:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  # likewise
        cursor.executemany(sql, ready)


def change(model: type[models.Model], rows: Sequence[Any], names: Sequence[str]) -> None:
    """Write these fields of rows that are there; ``bulk_update`` spends itself on its statement.

    A row is whatever has a ``pk`` and the fields by their names.
    """
    if not rows:
        return
    meta = model._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key = quote(str(meta.pk.column))
    sql = f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {key} = %s"  # noqa: S608  # our own names
    # Preparing is most of what a row costs: a key would ask the field it points to each time, and
    # what many rows share is prepared once.
    owns = [(field.target_field if field.is_relation else field) for field in fields]
    prepares = [cache(partial(own.get_db_prep_save, connection=connection)) for own in owns]
    held = [(field.attname, one) for field, one in zip(fields, prepares, strict=True)]
    values = [[*(prepare(getattr(row, name)) for name, prepare in held), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def moment(at: datetime) -> Any:
    """A moment as the database itself writes it."""
    return connection.ops.adapt_datetimefield_value(at)


def remove(rows: models.QuerySet[Any]) -> None:
    """Delete rows in one statement; the caller has seen to whatever refers to them."""
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]  # Django's own way for this
