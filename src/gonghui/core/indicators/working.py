"""What the records say of a family, in tables of this connection alone: by sets, in the database.

Nothing here is kept; ``rolling.py`` makes the kept lines of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

from .conditions import last_day
from .families import DAY, DID, MONTH, Plan
from .registry import Indicator

# Who stands above whom; and body, span and figures: of its own rows, or of people with all below.
UP, WIDE = "gh_up", "gh_wide"
BODIES = Org._meta.db_table
# For the statements of one transaction: sets of a million rows are sorted and joined in memory,
# and no machine code is made for a statement that runs once.
BULK = "SET LOCAL work_mem = '96MB'; SET LOCAL jit = off"

Asked = tuple[str, list[Any]]  # a statement and what is put into it


@contextmanager
def ancestors() -> Iterator[None]:
    """While inside, a table says of every body which stand above it, itself among them."""
    do(f"DROP TABLE IF EXISTS {UP}")
    do(
        f"CREATE TEMP TABLE {UP} AS WITH RECURSIVE up(org, above, parent) AS ("
        f" SELECT id, id, parent_id FROM {BODIES} UNION ALL"
        f" SELECT up.org, o.id, o.parent_id FROM up JOIN {BODIES} o ON o.id = up.parent)"
        " SELECT org, above FROM up"
    )
    do(f"CREATE INDEX gh_up_org ON {UP} (org)")
    analyse(UP)
    try:
        yield
    finally:
        do(f"DROP TABLE IF EXISTS {UP}")


@contextmanager
def own_figures(plan: Plan, orgs: Collection[int] | None = None) -> Iterator[tuple[str, ...]]:
    """While inside, a table holds the figures of bodies' own rows; of these bodies, or of all."""
    spans = plan.spans(timezone.localdate())
    if plan.mode == DAY:
        parts = [_of_days(plan, spans, orgs)]
    elif plan.mode == DID:
        parts = [_of_deeds(plan, spans, orgs)]
    else:
        parts = _together([_of_span(plan, span, orgs) for span in spans])
    with _table(parts):
        yield plan.names


@contextmanager
def people_above(plan: Plan, orgs: Collection[int] | None = None) -> Iterator[tuple[str, ...]]:
    """While inside, a table holds how many people bodies have with all below: of all bodies, or of
    these and those above them.
    """
    spans = plan.spans(timezone.localdate())
    with _table([_of_people(plan, span, orgs) for span in spans]):
        yield plan.names


def _together(parts: list[Asked]) -> list[Asked]:
    """One question of many, which PostgreSQL answers with all its hands."""
    if connection.vendor != "postgresql":
        return parts
    params = [value for _, given in parts for value in given]
    return [(" UNION ALL ".join(sql for sql, _ in parts), params)]


@contextmanager
def _table(parts: Sequence[Asked]) -> Iterator[None]:
    """The first part makes the table, so that the database may use both hands for it."""
    do(f"DROP TABLE IF EXISTS {WIDE}")
    for n, (sql, params) in enumerate(parts):
        do(f"{f'INSERT INTO {WIDE}' if n else f'CREATE TEMP TABLE {WIDE} AS'} {sql}", params)
    analyse(WIDE)
    yield
    do(f"DROP TABLE {WIDE}")


def _of_days(plan: Plan, spans: Sequence[Period], orgs: Collection[int] | None) -> Asked:
    """All days by reading the rows once: a row holds from one of them to another."""
    sql, params = said(_of(plan.question_of_days(spans), plan, orgs))
    sums = ", ".join(
        f"SUM({plain(one, f's.{name}')}) AS {name}"
        for name, one in zip(plan.names, plan.indicators, strict=True)
    )
    days = " UNION ALL ".join(["SELECT %s AS n, %s AS since, %s AS until"] * len(spans))
    given = [value for n, span in enumerate(spans) for value in (n, *_days(span))]
    return (
        f"SELECT s.org_ AS org, d.since, d.until, {sums} FROM ({sql}) s"
        f" JOIN ({days}) d ON d.n BETWEEN s.first_n AND s.last_n"
        " GROUP BY s.org_, d.since, d.until",
        [*params, *given],
    )


def _of_deeds(plan: Plan, spans: Sequence[Period], orgs: Collection[int] | None) -> Asked:
    """All spans by reading once what was done, and once of whom: a person has a bit for every
    month in which they did something, and a span is the bits of its months.
    """
    months = list(Period(min(one.start for one in spans), max(map(last_day, spans))).months())
    days = sorted({last_day(span) for span in spans})
    deeds, done = said(plan.question_of_deeds(months))
    people, held = said(_of(plan.question_of_people(days), plan, orgs))
    rows = []
    for span in spans:
        bits = sum(1 << n for n, month in enumerate(months) if span.overlaps(month))
        rows.append((*_days(span), days.index(last_day(span)), bits))
    counts = ", ".join(
        f"COUNT(CASE WHEN {n} BETWEEN p.first_n AND p.last_n AND m.bits_ & {bits} <> 0 THEN 1 END)"
        f" AS c{at}"
        for at, (_, _, n, bits) in enumerate(rows)
    )
    which = " ".join(f"WHEN {at} THEN c.c{at}" for at in range(len(rows)))
    table = " UNION ALL ".join(["SELECT %s AS at_, %s AS since, %s AS until"] * len(rows))
    given = [value for at, (since, until, _, _) in enumerate(rows) for value in (at, since, until)]
    return (
        f"SELECT c.org, d.since, d.until, CASE d.at_ {which} END AS {plan.names[0]}"
        f" FROM (SELECT p.org_ AS org, {counts} FROM ({people}) p"
        f" JOIN (SELECT e.person_, {_any_of('e.bit_')} AS bits_"
        f" FROM ({deeds}) e GROUP BY e.person_) m"
        f" ON m.person_ = p.person_ GROUP BY p.org_) c CROSS JOIN ({table}) d"
        f" WHERE CASE d.at_ {which} END > 0",
        [*held, *done, *given],
    )


def _of_span(plan: Plan, span: Period, orgs: Collection[int] | None) -> Asked:
    sql, params = said(_of(plan.question(span), plan, orgs))
    given = ", ".join(f"s.{name}" for name in plan.names)
    if plan.mode == MONTH:
        days = f"s.month_ AS since, {_month_end('s.month_')} AS until"
        return f"SELECT s.org_ AS org, {days}, {given} FROM ({sql}) s", params
    return (
        f"SELECT s.org_ AS org, %s AS since, %s AS until, {given} FROM ({sql}) s",
        [*_days(span), *params],
    )


def _of_people(plan: Plan, span: Period, orgs: Collection[int] | None) -> Asked:
    """People are counted anew in every body: who stands in two of them is one above both."""
    sql, params = said(plan.question(span))
    counts = ", ".join(
        f"COUNT(DISTINCT CASE WHEN s.{name} = 1 THEN s.person_ END) AS {name}"
        for name in plan.names
    )
    where, given = "", list[int]()
    if orgs is not None:
        marks, given = marked(orgs)
        where = f" WHERE u.above IN (SELECT above FROM {UP} WHERE org IN ({marks}))"
    return (
        f"SELECT u.above AS org, %s AS since, %s AS until, {counts}"
        f" FROM ({sql}) s JOIN {UP} u ON u.org = s.org_{where} GROUP BY u.above",
        [*_days(span), *params, *given],
    )


def _of(rows: QuerySet[Any, Any], plan: Plan, orgs: Collection[int] | None) -> QuerySet[Any, Any]:
    return rows if orgs is None else rows.filter(**{f"{plan.source.org or 'pk'}__among": orgs})


def said(rows: QuerySet[Any, Any]) -> Asked:
    """The question as the database hears it."""
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return sql, list(params)


def plain(one: Indicator, value: str) -> str:
    """A figure of one body as it is added up: a count by numbers of a plain sort, for those of any
    size take twice as long.
    """
    return value if one.sum else f"CAST({value} AS integer)"


def marked(numbers: Collection[int]) -> tuple[str, list[int]]:
    return ", ".join(["%s"] * len(numbers)), sorted(numbers)


def _days(span: Period) -> list[Any]:
    return [connection.ops.adapt_datefield_value(day) for day in (span.start, span.end)]


def _any_of(bits: str) -> str:
    """All bits that any row of a group has; each row has one."""
    return f"BIT_OR({bits})" if connection.vendor == "postgresql" else f"SUM(DISTINCT {bits})"


def _month_end(month: str) -> str:
    if connection.vendor == "postgresql":
        return f"({month} + interval '1 month' - interval '1 day')::date"
    return f"date({month}, '+1 month', '-1 day')"


def analyse(table: str) -> None:
    if connection.vendor == "postgresql":
        do(f"ANALYZE {table}")


def in_bulk() -> None:
    """Until the transaction ends, give the database what a million rows need."""
    if connection.vendor == "postgresql":
        do(BULK)


def do(sql: str, params: Sequence[Any] = ()) -> int:
    """Have it done; returns how many rows it met.

    PostgreSQL is told the values within the statement: it plans for these very days and bodies,
    and may make a table of what it is asked.
    """
    with connection.cursor() as cursor:
        if params and connection.vendor == "postgresql":
            cursor.execute(connection.ops.compose_sql(sql, params))  # type: ignore[attr-defined]  # PostgreSQL's alone
        else:
            cursor.execute(sql, params or None)
        return int(cursor.rowcount)
