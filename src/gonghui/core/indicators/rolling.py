"""Keeps the lines of figures: made from scratch, or changed where the records now say otherwise.

A line is a body's figures of a span, its own and with all below it. What changed is added as a
difference to the body and all above it; who moves the tree has everything made anew.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, Min, Q, Value
from django.utils import timezone

from gonghui.core.orgs.models import STEP, Org
from gonghui.kit.loading import load, remove
from gonghui.kit.locking import alone

from .conditions import as_day
from .families import Plan, plans
from .models import Family, First, Line
from .registry import Source
from .working import UP, WIDE, ancestors, do, in_bulk, marked, own_figures, people_above, plain

LINES = Line._meta.db_table
DIFFERENCES = "gh_differences"  # a table of this connection alone


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
def make(plan: Plan) -> None:
    """All lines of a family anew."""
    begun, family = time.perf_counter(), _locked(plan)
    fresh_at = timezone.now()
    remove(Line.objects.filter(family=family))
    _fill(plan, family.pk)
    family.made_on = timezone.localdate()
    _noted(plan, family, fresh_at, begun)


@transaction.atomic
def follow(plan: Plan, orgs: Collection[int] | None = None) -> None:
    """What the records of these bodies, or of any, now say otherwise; other lines stay."""
    begun, family = time.perf_counter(), _locked(plan)
    fresh_at = timezone.now()
    if family.mark != plan.mark:
        make(plan)
        return
    (_add_differences if plan.is_added else _change_people)(plan, family.pk, orgs)
    _noted(plan, family, fresh_at, begun)


@transaction.atomic
def make_first(source: Source) -> None:
    """Since when there are rows, in every body and all above it; one at a time asks and writes."""
    column = source.day or source.since
    if not column:
        return
    in_bulk()
    alone(f"first of {source.code}")
    rows = source.rows().order_by().annotate(org_=F(source.org or "pk")).values("org_")
    always = Count("pk", filter=Q(**{column: None})) if source.since else Value(0)
    asked = rows.annotate(first_=Min(column), always_=always)
    firsts = list(asked.values_list("org_", "first_", "always_"))
    paths = dict(Org.objects.order_by().values_list("pk", "path"))
    earliest: dict[str, date] = {}
    for org, first, known in firsts:
        if first is None and not known:
            continue  # what happens on no day yet tells nothing of any
        path, day = paths[org], date.min if known else as_day(first)
        for end in range(STEP, len(path) + 1, STEP):
            above = path[:end]
            earliest[above] = min(day, earliest.get(above, day))
    _keep_first(source, {pk: earliest[path] for pk, path in paths.items() if path in earliest})


def _keep_first(source: Source, found: dict[int, date]) -> None:
    kept = First.objects.filter(source=source.code)
    known = dict(kept.order_by().values_list("org_id", "first_on"))
    if stale := [org for org, day in known.items() if found.get(org) != day]:
        remove(kept.filter(org__among=stale))
    new = [(source.code, o, d.isoformat()) for o, d in found.items() if known.get(o) != d]
    load(First, ("source", "org", "first_on"), new)


def _locked(plan: Plan) -> Family:
    """The row is the lock: two who refresh one family would count a difference twice."""
    in_bulk()
    family, _ = Family.objects.get_or_create(key=plan.key)
    return Family.objects.select_for_update().get(pk=family.pk)


def _noted(plan: Plan, family: Family, fresh_at: datetime, begun: float) -> None:
    family.codes, family.mark, family.fresh_at = plan.codes, plan.mark, fresh_at
    family.milliseconds = round(1000 * (time.perf_counter() - begun))
    family.save()


def _fill(plan: Plan, family: int) -> None:
    """All lines of a family whose lines are gone."""
    if plan.is_added:
        with own_figures(plan) as names:
            _add(WIDE, names, family, is_new=True)
        return
    with people_above(plan) as names:
        do(_people(names), [family])


def _add_differences(plan: Plan, family: int, orgs: Collection[int] | None) -> None:
    """What bodies' records make now, less what was kept of them, goes to all above."""
    where, given = "", list[int]()
    if orgs is not None:
        marks, given = marked(orgs)
        where = f" AND org_id IN ({marks})"
    with own_figures(plan, orgs) as names:
        pairs = list(zip(names, plan.indicators, strict=True))
        now = ", ".join(f"{plain(one, name)} AS {name}" for name, one in pairs)
        kept = ", ".join(plain(one, f"-own{n}") for n, (_, one) in enumerate(pairs))
        sums = ", ".join(f"SUM({name}) AS {name}" for name in names)
        others = " OR ".join(f"SUM({name}) <> 0" for name in names)
        some = " OR ".join(f"own{n} <> 0" for n in range(len(names)))
        do(f"DROP TABLE IF EXISTS {DIFFERENCES}")
        do(
            f"CREATE TEMP TABLE {DIFFERENCES} AS SELECT org, since, until, {sums} FROM ("
            f"SELECT org, since, until, {now} FROM {WIDE} UNION ALL"
            f" SELECT org_id, since, until, {kept} FROM {LINES}"
            f" WHERE family_id = %s AND ({some}){where}"
            f") each_ GROUP BY org, since, until HAVING {others}",
            [family, *given],
        )
    _add(DIFFERENCES, names, family)
    do(f"DROP TABLE {DIFFERENCES}")


def _add(table: str, names: Sequence[str], family: int, *, is_new: bool = False) -> None:
    """What a table holds of bodies' own rows goes to their lines, and to those of all above them;
    ``is_new`` where the bodies have none yet.
    """
    values = ", ".join(f"w.{name}" for name in names)
    sums = ", ".join(f"SUM(w.{name})" for name in names)
    span = "w.since, w.until"
    own = (
        f"{_into(('own', 'all'), len(names))} SELECT %s, w.org, {span}, {values}, {values}"
        f" FROM {table} w WHERE w.org IS NOT NULL"
        f" ORDER BY w.org, {span}"  # as the index lies: a third of the time
    )
    do(own if is_new else f"{own} {_or_add(('own', 'all'), len(names))}", [family])
    do(
        f"{_into(('all',), len(names))} SELECT %s, u.above, {span}, {sums}"
        f" FROM {table} w JOIN {UP} u ON u.org = w.org AND u.above <> u.org"
        f" GROUP BY u.above, {span} ORDER BY u.above, {span} {_or_add(('all',), len(names))}",
        [family],
    )


def _into(parts: Sequence[str], count: int) -> str:
    columns = ", ".join(f"{part}{n}" for part in parts for n in range(count))
    return f"INSERT INTO {LINES} (family_id, org_id, since, until, {columns})"


def _or_add(parts: Sequence[str], count: int) -> str:
    columns = [f"{part}{n}" for part in parts for n in range(count)]
    sums = ", ".join(f"{c} = COALESCE({LINES}.{c}, 0) + COALESCE(excluded.{c}, 0)" for c in columns)
    return f"ON CONFLICT (org_id, family_id, since, until) DO UPDATE SET {sums}"


def _people(names: Sequence[str]) -> str:
    return (
        f"{_into(('all',), len(names))}"
        f" SELECT %s, w.org, w.since, w.until, {', '.join(f'w.{n}' for n in names)} FROM {WIDE} w"
    )


def _change_people(plan: Plan, family: int, orgs: Collection[int] | None) -> None:
    """People are counted anew in these bodies and all above them; only what differs is written."""
    touched, given = "", list[int]()
    if orgs is not None:
        marks, given = marked(orgs)
        touched = f" AND org_id IN (SELECT above FROM {UP} WHERE org IN ({marks}))"
    with people_above(plan, orgs) as names:
        do(f"CREATE INDEX gh_wide_span ON {WIDE} (org, since, until)")
        same = f"w.org = {LINES}.org_id AND w.since = {LINES}.since AND w.until = {LINES}.until"
        sets = ", ".join(f"all{n} = w.{name}" for n, name in enumerate(names))
        others = " OR ".join(f"COALESCE(all{n}, -1) <> w.{name}" for n, name in enumerate(names))
        do(
            f"UPDATE {LINES} SET {sets} FROM {WIDE} w"
            f" WHERE family_id = %s AND {same} AND ({others})",
            [family],
        )
        do(
            f"DELETE FROM {LINES} WHERE family_id = %s{touched}"
            f" AND NOT EXISTS (SELECT 1 FROM {WIDE} w WHERE {same})",
            [family, *given],
        )
        do(
            f"{_people(names)} WHERE NOT EXISTS (SELECT 1 FROM {LINES}"
            f" WHERE family_id = %s AND {same})",
            [family, family],
        )
