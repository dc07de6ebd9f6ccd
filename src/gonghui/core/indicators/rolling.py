"""Makes the kept figures: by sets, in the database, from scratch or after what changed.

A line is a body's figures of a span, its own and with all below it. What changed is added as a
difference to the body and all above it; who moves the tree has everything made anew.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Min, Q, QuerySet, Value
from django.utils import timezone

from gonghui.core.orgs.models import STEP, Org
from gonghui.kit.dates import Period
from gonghui.kit.loading import load

from .conditions import as_day, way
from .families import DAY, MONTH, Plan, plans
from .models import Family, First, Line
from .registry import Source

UP, WIDE = "gh_up", "gh_wide"  # tables of this connection alone
BODIES, LINES = Org._meta.db_table, Line._meta.db_table


def make_all() -> float:
    """Every kept figure anew; returns the seconds it took."""
    begun = time.perf_counter()
    with ancestors():
        for source in {plan.source for plan in plans()}:
            make_first(source)
        for plan in plans():
            make(plan)
    Family.objects.exclude(key__in=[plan.key for plan in plans()]).delete()
    return time.perf_counter() - begun


@transaction.atomic
def make(plan: Plan, orgs: Collection[int] | None = None) -> None:
    """A family's lines anew, or the differences that these bodies' records make."""
    begun = time.perf_counter()
    family = _locked(plan)
    fresh_at = timezone.now()
    whole = orgs is None or family.mark != plan.mark
    if whole:
        Line.objects.filter(family=family)._raw_delete("default")  # type: ignore[attr-defined]  # Django's own way
        (_fill if plan.is_added else _fill_people)(plan, family.pk)
        family.made_on = timezone.localdate()
    elif orgs and plan.is_added:
        _add_differences(plan, family.pk, orgs)
    elif orgs:
        _fill_people(plan, family.pk, orgs)
    family.codes, family.mark, family.fresh_at = plan.codes, plan.mark, fresh_at
    family.milliseconds = round(1000 * (time.perf_counter() - begun))
    family.save()


@transaction.atomic
def make_first(source: Source) -> None:
    """Since when there are rows, in every body and all above it."""
    column = source.day or source.since
    if not column:
        return
    rows = source.rows().order_by().annotate(path_=F(way(source.org, "path"))).values("path_")
    always = Count("pk", filter=Q(**{column: None})) if source.since else Value(0)
    earliest: dict[str, date] = {}
    for path, first, known in rows.annotate(first_=Min(column), always_=always).values_list(
        "path_", "first_", "always_"
    ):
        day = date.min if known or first is None else as_day(first)
        for end in range(STEP, len(path) + 1, STEP):
            above = path[:end]
            earliest[above] = min(day, earliest.get(above, day))
    bodies = Org.objects.order_by().values_list("path", "pk")
    found = [
        (source.code, pk, earliest[path].isoformat()) for path, pk in bodies if path in earliest
    ]
    First.objects.filter(source=source.code)._raw_delete("default")  # type: ignore[attr-defined]  # Django's own way
    load(First, ("source", "org", "first_on"), found)


@contextmanager
def ancestors() -> Iterator[None]:
    """While inside, a table says of every body which stand above it, itself among them."""
    _do(f"DROP TABLE IF EXISTS {UP}")
    _do(
        f"CREATE TEMP TABLE {UP} AS WITH RECURSIVE up(org, above, parent) AS ("
        f" SELECT id, id, parent_id FROM {BODIES} UNION ALL"
        f" SELECT up.org, o.id, o.parent_id FROM up JOIN {BODIES} o ON o.id = up.parent)"
        " SELECT org, above FROM up"
    )
    _do(f"CREATE INDEX gh_up_org ON {UP} (org)")
    _analyse(UP)
    try:
        yield
    finally:
        _do(f"DROP TABLE IF EXISTS {UP}")


def _locked(plan: Plan) -> Family:
    """The row is the lock: two who refresh one family would count a difference twice."""
    family, _ = Family.objects.get_or_create(key=plan.key)
    return Family.objects.select_for_update().get(pk=family.pk)


def _fill(plan: Plan, family: int) -> None:
    """All lines of a family whose lines are gone."""
    names = _wide(plan)
    _do(_added(plan, names), [family])
    _do(f"DROP TABLE {WIDE}")


def _add_differences(plan: Plan, family: int, orgs: Collection[int]) -> None:
    """What these bodies' records make now, less what was kept of them, goes to all above."""
    names = _wide(plan, orgs)
    negative = ", ".join(f"-own{n}" for n in range(len(names)))
    marks, given = _list(orgs)
    _do(
        f"INSERT INTO {WIDE} SELECT org_id, since, until, {negative} FROM {LINES}"
        f" WHERE family_id = %s AND org_id IN ({marks})",
        [family, *given],
    )
    columns = [f"{part}{n}" for n in range(len(names)) for part in ("own", "all")]
    sums = ", ".join(f"{c} = COALESCE({LINES}.{c}, 0) + COALESCE(excluded.{c}, 0)" for c in columns)
    _do(
        f"{_added(plan, names)} ON CONFLICT (org_id, family_id, since, until) DO UPDATE SET {sums}",
        [family],
    )
    _do(f"DROP TABLE {WIDE}")


def _added(plan: Plan, names: tuple[str, ...]) -> str:
    """Lines of what the wide table holds, for the bodies themselves and all above them."""
    own = ", ".join(f"SUM(CASE WHEN u.above = w.org THEN w.{name} END)" for name in names)
    whole = ", ".join(f"SUM(w.{name})" for name in names)
    columns = ", ".join(f"{part}{n}" for part in ("own", "all") for n in range(len(names)))
    return (
        f"INSERT INTO {LINES} (family_id, org_id, since, until, {columns})"
        f" SELECT %s, u.above, w.since, w.until, {own}, {whole}"
        f" FROM {WIDE} w JOIN {UP} u ON u.org = w.org GROUP BY u.above, w.since, w.until"
        " ORDER BY u.above, w.since, w.until"  # as the index lies: a third of the time
    )


def _wide(plan: Plan, orgs: Collection[int] | None = None) -> tuple[str, ...]:
    """A table of this connection: body, span and the figures of its own rows."""
    names = plan.names
    kinds = ", ".join(f"{name} numeric" for name in names)
    _do(f"DROP TABLE IF EXISTS {WIDE}")
    _do(f"CREATE TEMP TABLE {WIDE} (org bigint, since date, until date, {kinds})")
    spans = plan.spans(timezone.localdate())
    if plan.mode == DAY:
        _widen_days(plan, names, spans, orgs)
        return names
    for span in spans:
        sql, params = said(_of(plan.question(span), plan, orgs))
        given = ", ".join(f"s.{name}" for name in names)
        if plan.mode == MONTH:
            _do(
                f"INSERT INTO {WIDE} SELECT s.org_, s.month_, {_month_end('s.month_')}, {given}"
                f" FROM ({sql}) s",
                params,
            )
        else:
            _do(
                f"INSERT INTO {WIDE} SELECT s.org_, %s, %s, {given} FROM ({sql}) s",
                [*_days(span), *params],
            )
    return names


def _widen_days(
    plan: Plan, names: Sequence[str], spans: Sequence[Period], orgs: Collection[int] | None
) -> None:
    """All days by reading the rows once: a row holds from one of them to another."""
    sql, params = said(_of(plan.question_of_days(spans), plan, orgs))
    sums = ", ".join(f"SUM(s.{name})" for name in names)
    days = " UNION ALL ".join(["SELECT %s AS n, %s AS since, %s AS until"] * len(spans))
    given = [value for n, span in enumerate(spans) for value in (n, *_days(span))]
    _do(
        f"INSERT INTO {WIDE} SELECT s.org_, d.since, d.until, {sums} FROM ({sql}) s"
        f" JOIN ({days}) d ON d.n BETWEEN s.first_n AND s.last_n"
        " GROUP BY s.org_, d.since, d.until",
        [*params, *given],
    )


def _fill_people(plan: Plan, family: int, orgs: Collection[int] | None = None) -> None:
    """People are counted anew in every body, or in these and all above them."""
    names = plan.names
    columns = ", ".join(f"all{n}" for n in range(len(names)))
    counts = ", ".join(f"COUNT(DISTINCT CASE WHEN s.{n} = 1 THEN s.person_ END)" for n in names)
    touched, given = "", list[int]()
    if orgs is not None:
        marks, given = _list(orgs)
        touched = f"SELECT above FROM {UP} WHERE org IN ({marks})"
        _do(
            f"DELETE FROM {LINES} WHERE family_id = %s AND org_id IN ({touched})",
            [family, *given],
        )
    where = f" WHERE u.above IN ({touched})" if touched else ""
    for span in plan.spans(timezone.localdate()):
        sql, params = said(plan.question(span))
        _do(
            f"INSERT INTO {LINES} (family_id, org_id, since, until, {columns})"
            f" SELECT %s, u.above, %s, %s, {counts}"
            f" FROM ({sql}) s JOIN {UP} u ON u.org = s.org_{where}"
            " GROUP BY u.above",
            [family, *_days(span), *params, *given],
        )


def _of(rows: QuerySet[Any, Any], plan: Plan, orgs: Collection[int] | None) -> QuerySet[Any, Any]:
    return rows if orgs is None else rows.filter(**{f"{plan.source.org or 'pk'}__among": orgs})


def said(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    """The question as the database hears it."""
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return sql, list(params)


def _list(numbers: Collection[int]) -> tuple[str, list[int]]:
    return ", ".join(["%s"] * len(numbers)), sorted(numbers)


def _days(span: Period) -> list[Any]:
    return [connection.ops.adapt_datefield_value(day) for day in (span.start, span.end)]


def _month_end(month: str) -> str:
    if connection.vendor == "postgresql":
        return f"({month} + interval '1 month' - interval '1 day')::date"
    return f"date({month}, '+1 month', '-1 day')"


def _analyse(table: str) -> None:
    if connection.vendor == "postgresql":
        _do(f"ANALYZE {table}")


def _do(sql: str, params: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
