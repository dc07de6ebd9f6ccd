"""Questions asked on every page: Django works the SQL of each out once, not once a page.

Building a question and writing its SQL takes Django several times as long as the database takes
to answer it. What is kept is the SQL, never an answer. So the key must name all the question
depends on: the day, the person's number, what they reach.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404

from .keeping import Kept

M = TypeVar("M", bound=Model)
T = TypeVar("T")
STAND_IN = 2_000_000_011  # for a record's number, while the SQL is written that asks for any
STAND_IN_DAY = date(9001, 1, 1)  # likewise for a day
MOST = 2048  # questions kept; some six a person at work, and one for each list they look at


class _Ready(SQLCompiler):
    """A compiler that has written its SQL already; one copy serves one execution."""

    said: tuple[str, tuple[Any, ...]]
    places: tuple[tuple[int, int], ...]  # where in ``said`` which of the values is put
    converters: dict[int, Any]
    has_composite: bool
    answered: Sequence[tuple[Any, ...]] | None = None  # rows the database gave already

    def as_sql(
        self, with_limits: bool = True, with_col_aliases: bool = False
    ) -> tuple[str, tuple[Any, ...]]:
        return self.said

    def get_converters(self, expressions: Any) -> dict[int, Any]:
        return self.converters

    def has_composite_fields(self, expressions: Any) -> bool:
        return self.has_composite

    def execute_sql(self, *args: Any, **options: Any) -> Any:
        if self.answered is not None:
            return [self.answered]
        return super().execute_sql(*args, **options)


class _Prepared(Query):
    """A query that gives out its compiler ready-made; whatever is asked further is a new one."""

    ready: SQLCompiler
    values: Sequence[Any] | None = None
    answered: Sequence[tuple[Any, ...]] | None = None

    def get_compiler(
        self, using: Any = None, connection: Any = None, elide_empty: bool = True
    ) -> Any:
        compiler: Any = copy.copy(self.ready)
        compiler.connection = connections[using] if using else connection
        compiler.answered = self.answered
        if self.values is not None:
            sql, given = compiler.said
            put = list(given)
            for place, which in compiler.places:
                put[place] = self.values[which]
            compiler.said = sql, tuple(put)
        return compiler

    def clone(self) -> Query:
        if self.values is not None:
            raise TypeError("What is asked about a record's number is asked as it is.")
        obj: Query = super().clone()
        obj.__class__ = Query
        obj.__dict__.pop("ready", None)
        return obj


_kept: Kept[Any] = Kept(MOST)
_few: ContextVar[bool] = ContextVar("few", default=False)


def for_few() -> bool:
    """Whether the SQL that is being written looks at a handful of rows, whatever else it says.

    A lookup may then say itself in the way that is quickest for few.
    """
    return _few.get()


@contextmanager
def _asking_for(*, few: bool) -> Iterator[None]:
    before = _few.set(few)
    try:
        yield
    finally:
        _few.reset(before)


def prepared(key: Hashable, ask: Callable[[], QuerySet[M]]) -> QuerySet[M]:
    """The rows ``ask()`` would find, asked of the database anew each time."""
    kept: QuerySet[M] = _kept.get(key, lambda: _prepared(ask()))
    return _twin(kept)


def about(
    pk: int, key: Hashable, ask: Callable[[int], QuerySet[M]], *, few: bool = False
) -> QuerySet[M]:
    """What ``ask(pk)`` would find; written once for all records, so the key does not name one."""
    return about_all((pk,), key, ask, all_read=True, few=few)


def about_all(
    values: Sequence[Any],
    key: Hashable,
    ask: Callable[..., QuerySet[M]],
    *,
    all_read: bool = False,
    few: bool = False,
) -> QuerySet[M]:
    """What ``ask(*values)`` would find: numbers, words, days; written once for any such values.

    ``ask`` gets stand-ins: it may only put them into the question, each as it is, and decide
    nothing by them. ``all_read`` says that the question depends on every one, ``few`` that the
    values alone leave a handful of rows to look at.
    """
    kinds = kinds_of(values)
    kept: Any = _kept.get(
        ("about", key, kinds), lambda: _about(kinds, ask, all_read=all_read, few=few)
    )
    rows: Any = _twin(kept)
    rows._query = _twin(kept.query)
    rows._query.values = values
    found: QuerySet[M] = rows
    return found


def the_one(pk: int, key: Hashable, ask: Callable[..., QuerySet[M]], *more: int) -> M:
    """The only row about a record, or a page that does not exist; as ``about_all``."""
    return only(about_all((pk, *more), key, ask, all_read=True, few=True))


def only(rows: QuerySet[M]) -> M:
    """The single row that was found, or a page that does not exist."""
    found = list(rows)
    if len(found) != 1:
        raise Http404
    return found[0]


def together(*questions: QuerySet[Any]) -> None:
    """Ask all that ``about`` and ``about_all`` gave, one after the other, each for itself.

    PostgreSQL is sent the lot at once, with the beginning of the transaction where that is still
    to be said: every way there and back is time in which others wait for the lock.
    """
    database: Any = connections[questions[0].db]
    if database.vendor == "postgresql" and database.features.uses_server_side_binding:
        _send(database, questions)
    for rows in questions:
        len(rows)  # reads what was answered, or asks


def _send(database: Any, questions: Sequence[Any]) -> None:
    database.ensure_connection()
    asked = []
    with database.wrap_database_errors, database.connection.pipeline():
        for rows in questions:
            sql, values = rows.query.get_compiler(connection=database).as_sql()
            if sql:
                cursor = database.cursor()
                cursor.execute(sql, values)
                asked.append((rows, cursor))
    for rows, cursor in asked:
        with cursor:
            rows.query.answered = cursor.fetchall()


def _twin(one: T) -> T:
    """A second one of the same parts."""
    twin = one.__class__.__new__(one.__class__)
    twin.__dict__.update(one.__dict__)
    return twin


def kinds_of(values: Sequence[Any]) -> tuple[type, ...]:
    """Which of the values are words, which days, which numbers."""
    return tuple(next(k for k in (str, date, int) if isinstance(one, k)) for one in values)


def stand_ins(kinds: Sequence[type]) -> tuple[Any, ...]:
    """A value for each that no record has, of its kind."""
    return tuple(_stand_in(kind, at) for at, kind in enumerate(kinds))


def _stand_in(kind: type, at: int) -> Any:
    if kind is date:
        return STAND_IN_DAY + timedelta(days=at)
    return kind(STAND_IN + at)


def places_of(
    sql: str, given: Sequence[Any], standing: Sequence[Any]
) -> tuple[tuple[int, int], ...]:
    """Where among the parameters which stand-in is; one that is there changed is a mistake.

    A day is the only thing that a database may spell: SQLite does.
    """
    known = {one: which for which, one in enumerate(standing)}
    known |= {str(one): which for one, which in known.items() if isinstance(one, date)}
    found, rest = [], [sql]
    for at, one in enumerate(given):
        if isinstance(one, int | str | date) and one in known:
            found.append((at, known[one]))
        else:
            rest.append(str(one))
    if any(str(one) in words for one in standing for words in rest):
        raise ValueError("A stand-in does not stand in the question as it is.")
    return tuple(found)


def _about(
    kinds: Sequence[type], ask: Callable[..., QuerySet[M]], *, all_read: bool, few: bool
) -> QuerySet[M]:
    standing = stand_ins(kinds)
    rows: Any = _prepared(ask(*standing), few=few)
    ready = rows.query.ready
    sql, given = ready.said
    ready.places = places_of(sql, given, standing)
    if sql and all_read and len({which for _, which in ready.places}) < len(standing):
        raise ValueError("The question does not ask for the record's number.")
    found: QuerySet[M] = rows
    return found


def _prepared(rows: QuerySet[M], *, few: bool = False) -> QuerySet[M]:
    rows = rows.all()
    query: Any = rows.query
    with _asking_for(few=few):
        ready = _written(query, rows.db)
    query.__class__, query.ready = _Prepared, ready
    return rows


def _written(query: Query, using: str) -> SQLCompiler:
    compiler: Any = query.get_compiler(using)
    try:
        said = compiler.as_sql()
    except EmptyResultSet:
        said = ("", ())  # Django asks nothing where the SQL is empty
    compiler.converters = compiler.get_converters([one[0] for one in compiler.select])
    compiler.has_composite = compiler.has_composite_fields([one[0] for one in compiler.select])
    compiler.said, compiler.connection = said, None
    compiler.__class__ = _ready(compiler.__class__)
    written: SQLCompiler = compiler
    return written


@lru_cache
def _ready(kind: type[SQLCompiler]) -> type[SQLCompiler]:
    """The ready-made variant of a database's own compiler."""
    return type("Ready", (_Ready, kind), {})
