"""Makes figures of records as they are now: of a union, of all below it, by month, by split.

Every function asks a few questions whatever the number of unions. Bodies stand where they stand
today and bring their past along (decision 0021); what was reported is kept by ``closing.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, F, Min, Model, Q, QuerySet, Sum
from django.db.models.functions import Substr, TruncMonth
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import STEP, Org
from gonghui.kit.dates import Period

from .conditions import as_day, begun, held, is_asked_in_time, last_day, shown, way, within
from .registry import Declared, Indicator, Source, Split, all_parts, column_of, words_of

Number = int | Decimal
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; None where nothing is known. A ratio has the two it is made of."""

    value: Number | None
    over: Number | None = None
    under: Number | None = None


NOTHING = Figure(None)


def figures(
    some: Iterable[Declared], org: Org, period: Period, *, below: bool = True
) -> dict[str, Figure]:
    """The figures of a body with all below it; ``some`` are many, the questions one a source.

    One more tells of all that have no row in the period which had any before.
    """
    wanted = list(some)
    asked = by_source(all_parts(wanted))
    lines: dict[Source, dict[str, Any]] = {}
    silent: dict[Source, QuerySet[Any]] = {}
    for source, own in asked.items():
        if is_asked_in_time(source, period):
            rows = within(source, org) if below else _own_rows(source, org)
            present = rows.filter(held(source, period)).order_by()
            lines[source] = present.aggregate(n_=Count("pk"), **aggregates(own, period))
            if not lines[source]["n_"]:
                silent[source] = rows.filter(begun(source, period))
    for source in _never(silent, org):
        del lines[source]
    numbers = {
        one.code: number(one, line, n)
        for source, line in lines.items()
        for n, one in enumerate(asked[source])
    }
    return put_together(wanted, numbers)


def _own_rows(source: Source, org: Org) -> QuerySet[Any]:
    return source.rows().filter(**{source.org or "pk": org.pk})


def _never(silent: Mapping[Source, QuerySet[Any]], org: Org) -> list[Source]:
    """Those of which there is no row at all; one question for all of them."""
    if not silent:
        return []
    asked = {f"e{n}": Exists(rows) for n, rows in enumerate(silent.values())}
    found: Any = Org.objects.filter(pk=org.pk).order_by()
    said = found.values(**asked).get()
    return [source for n, source in enumerate(silent) if not said[f"e{n}"]]


def figures_below(
    some: Iterable[Declared], org: Org, period: Period
) -> dict[str, dict[str, Figure]]:
    """Path → figures, of every body directly below with all below it; and of the body's own part.

    What is the body's own, and nobody's below it, stands under its own path.
    """
    wanted = list(some)
    found: dict[str, dict[str, Number | None]] = {}
    for source, own in by_source(all_parts(wanted)).items():
        unit = Substr(way(source.org, "path"), 1, len(org.path) + STEP)
        for path, numbers in _tallied(source, own, org, period, unit).items():
            found.setdefault(path, {}).update(numbers)
    return {path: put_together(wanted, numbers) for path, numbers in found.items()}


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a series."""

    month: Period
    figure: Figure


def series(one: Declared, org: Org, last: date, months: int = MONTHS) -> list[Point]:
    """The figure of each of so many months up to that of a day."""
    spans = months_to(last, months)
    kept: list[dict[str, Number | None]] = [{} for _ in spans]
    for part in all_parts([one]):
        for n, value in enumerate(_months(part, org, spans)):
            kept[n][part.code] = value
    return [
        Point(span, put_together([one], numbers)[one.code])
        for span, numbers in zip(spans, kept, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a figure; ``value`` is what the column says, ``word`` how it is called."""

    value: Any
    word: str
    figure: Figure


def split_by(one: Declared, split: Split, org: Org, period: Period) -> list[Slice]:
    """The figure by what a column says, in the order of its words; those not filled in last."""
    kept: dict[Any, dict[str, Number | None]] = {}
    words: dict[Any, str] = {}
    for part in all_parts([one]):
        own = next(each for each in part.source.splits if each.code == split.code)
        words |= words_of(own, part.source.model)
        group = own.at(last_day(period))
        for value, numbers in _tallied(part.source, [part], org, period, group).items():
            kept.setdefault("" if value is None else value, {}).update(numbers)
    order = [*words, *sorted((v for v in kept if v not in words and v != ""), key=str), ""]
    return [
        Slice(v, words.get(v) or str(v) or "未填", _made(one, kept[v])) for v in order if v in kept
    ]


def splits_of(one: Declared) -> list[Split]:
    """By what it can be split: of a ratio, what both parts can be."""
    first, *rest = all_parts([one])
    others = [{split.code for split in part.source.splits} for part in rest]
    return [s for s in first.source.splits if all(s.code in codes for codes in others)]


def records(
    one: Indicator,
    org: Org,
    period: Period,
    by: Actor,
    **asked: Any,
) -> QuerySet[Any]:
    """The very rows a figure counts, as far as the reader may read them; ``asked`` as below."""
    rows = counted_rows(one, org, period, **asked)
    seen: QuerySet[Any] = one.source.rule.narrow(rows, by)
    return seen


def _part(
    rows: QuerySet[Any], model: type[Model], split: Split, value: Any, day: date
) -> QuerySet[Any]:
    """The rows of one slice; ``value`` may be written as an address writes it."""
    if split.expression:
        parted: QuerySet[Any] = rows.alias(part_=split.expression(day)).filter(part_=value)
        return parted
    column = column_of(model, split.column)
    if value == "":
        empty = Q(**{split.column: ""}) if isinstance(column, CharField) else Q()
        return rows.filter(empty | Q(**{split.column: None}))
    said = value if column.is_relation else column.to_python(value)
    found: QuerySet[Any] = rows.filter(**{split.column: said})
    return found


def counted_rows(
    one: Indicator,
    org: Org,
    period: Period,
    *,
    split: Split | None = None,
    value: Any = "",
    own: bool = False,
) -> QuerySet[Any]:
    """The very rows a figure, its own part or a slice of it counts, for nobody in particular."""
    if not is_asked_in_time(one.source, period):
        return one.source.rows().none()
    below = _own_rows(one.source, org) if own else within(one.source, org)
    rows = that_count(one, below, period)
    if split is None:
        return rows
    return _part(rows, one.source.model, split, value, last_day(period))


def that_count(one: Indicator, rows: QuerySet[Any], period: Period) -> QuerySet[Any]:
    """Of these rows of its source, those the indicator counts in a period."""
    found = rows.filter(held(one.source, period)).filter(one.condition(shown(period)))
    return found.filter(**{f"{one.sum}__isnull": False}) if one.sum else found


def model_of(label: str) -> type[Model]:
    """The model of a label such as ``people.person``."""
    found = ContentType.objects.get_by_natural_key(*label.split(".")).model_class()
    if found is None:
        raise LookupError(label)
    return found


def by_source(some: Iterable[Indicator]) -> dict[Source, list[Indicator]]:
    """What can be counted together, by one question."""
    found: dict[Source, list[Indicator]] = {}
    for one in some:
        found.setdefault(one.source, []).append(one)
    return found


def put_together(
    some: Iterable[Declared], numbers: Mapping[str, Number | None]
) -> dict[str, Figure]:
    """Figures of what was counted; a ratio of nothing is nothing."""
    return {one.code: _made(one, numbers) for one in some}


def _made(one: Declared, numbers: Mapping[str, Number | None]) -> Figure:
    if isinstance(one, Indicator):
        return Figure(numbers.get(one.code))
    over, under = numbers.get(one.over), numbers.get(one.under)
    if over is None or not under:
        return Figure(None, over, under)
    return Figure(Decimal(over) * one.times / Decimal(under), over, under)


def months_to(last: date, months: int) -> list[Period]:
    """So many whole months, the earliest first, up to that of a day."""
    first = last.year * 12 + last.month - months
    return [Period.of_month(n // 12, n % 12 + 1) for n in range(first, first + months)]


def aggregates(some: list[Indicator], period: Period, where: Q | None = None) -> dict[str, Any]:
    """What is asked of the rows for each of them: ``v0``, ``v1``, …; of sums their rows as well."""
    found: dict[str, Any] = {}
    for n, one in enumerate(some):
        condition = one.condition(shown(period)) & (where or Q())
        only: dict[str, Any] = {"filter": condition} if condition else {}
        if one.kind == "people":
            found[f"v{n}"] = Count(one.source.person, distinct=True, **only)
        elif one.kind == "sum":
            found[f"v{n}"], found[f"r{n}"] = Sum(one.sum, **only), Count("pk", **only)
        else:
            found[f"v{n}"] = Count("pk", **only)
        if one.among is not None:
            found[f"r{n}"] = Count("pk", filter=one.among & (where or Q()))
    return found


def number(one: Indicator, row: Mapping[str, Any], n: int) -> Number | None:
    """What was asked for; where no row says anything about it, it is not known."""
    value: Number | None = row[f"v{n}"]
    if one.among is not None:
        return value if row.get(f"r{n}") else None
    if value is None and not row.get(f"r{n}"):
        return 0
    return value


def _tallied(
    source: Source, some: list[Indicator], org: Org, period: Period, group: Any
) -> dict[Any, dict[str, Number | None]]:
    """Group → code → number, of the groups in which there had been any row; one question."""
    if not is_asked_in_time(source, period):
        return {}
    rows = within(source, org).filter(begun(source, period))
    lines = _grouped(rows, group, **aggregates(some, period, held(source, period)))
    return {
        line["g_"]: {one.code: number(one, line, n) for n, one in enumerate(some)} for line in lines
    }


def may_be_empty(one: Indicator) -> bool:
    """Whether rows may leave it unsaid, so that nothing is not nought."""
    nullable = bool(one.sum) and column_of(one.source.model, one.sum).null
    return one.among is not None or bool(nullable)


def _grouped(rows: QuerySet[Any], group: Any, **asked: Any) -> QuerySet[Any, dict[str, Any]]:
    named = rows.annotate(g_=F(group) if isinstance(group, str) else group)
    found: QuerySet[Any, dict[str, Any]] = named.values("g_").annotate(**asked).order_by()
    return found


def _months(one: Indicator, org: Org, spans: list[Period]) -> list[Number | None]:
    """The figure of each month, by two questions."""
    source, today = one.source, timezone.localdate()
    if not source.is_dated:
        return [figures([one], org, span)[one.code].value for span in spans]
    rows = within(source, org).order_by()
    first = _first(source, rows)
    if one.adds_up or (source.is_span and one.during is None):
        counted = _by_month(one, rows, spans)
    else:
        asked: dict[str, Any] = {}
        for n, span in enumerate(spans):
            for name, what in aggregates([one], span, held(source, span)).items():
                asked[f"{name[0]}{n}"] = what
        line = rows.aggregate(**asked)
        counted = {span.start: number(one, line, n) for n, span in enumerate(spans)}
    return [
        counted.get(span.start, None if one.among else 0)
        if first is not None and first <= last_day(span) and span.start <= today
        else None
        for span in spans
    ]


def _by_month(
    one: Indicator, rows: QuerySet[Any], spans: list[Period]
) -> dict[date, Number | None]:
    whole = Period(spans[0].start, spans[-1].end)
    lines = _grouped(
        rows.filter(held(one.source, whole)),
        TruncMonth(one.source.day),
        n_=Count("pk"),
        **aggregates([one], whole),
    )
    return {as_day(line["g_"]).replace(day=1): number(one, line, 0) for line in lines}


def _first(source: Source, rows: QuerySet[Any]) -> date | None:
    """Since when there is anything; date.min where one row has held always."""
    column = source.day or source.since
    if not column or rows.filter(**{column: None}).exists():
        return date.min if not source.is_span else _earliest(rows, column)
    return _earliest(rows, column)


def _earliest(rows: QuerySet[Any], column: str) -> date | None:
    found = rows.aggregate(first=Min(column))["first"]
    return as_day(found) if found else None
