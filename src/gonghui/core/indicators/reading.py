"""Figures for a page: of a large tree from what is kept, of any other from the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

from . import counting
from .conditions import is_asked_in_time
from .counting import NOTHING, Figure, Number, Point, may_be_empty, put_together
from .families import MONTH, Plan, pieces, plans
from .models import SLOTS, Family, First, Line
from .registry import Declared, Indicator, all_parts

OWN = 0  # no body's number: what is the first body's own
LARGE = 500  # bodies from which on figures are kept: fewer are counted in an instant
Bodies = dict[int, dict[str, Number | None]]  # body → code → number


@dataclass(frozen=True)
class Table:
    """Figures of a body and of those directly below it; ``fresh_at`` where they were kept."""

    total: dict[str, Figure]
    units: list[tuple[Org, dict[str, Figure]]]
    own: dict[str, Figure]
    fresh_at: datetime | None


def is_large(orgs: QuerySet[Org]) -> bool:
    """Whether there are so many bodies that their figures are kept."""
    return orgs.order_by()[: LARGE + 1].count() > LARGE


def table(some: Iterable[Declared], org: Org, period: Period) -> Table:
    """The figures of a body and of every unit directly below it."""
    wanted = list(some)
    units = list(Org.objects.filter(parent=org).order_by("path"))
    kept, missing, fresh_at = _kept(all_parts(wanted), [org, *units], period)
    if missing:
        _count(missing, org, units, period, kept)
    total = put_together(wanted, kept.get(org.pk, {}))
    lines = [(unit, put_together(wanted, kept.get(unit.pk, {}))) for unit in units]
    return Table(total, lines, _own(wanted, org, period, kept.get(OWN, {})), fresh_at)


def _own(
    wanted: list[Declared], org: Org, period: Period, kept: Mapping[str, Number | None]
) -> dict[str, Figure]:
    """What is a body's own and nobody's below it; people once are asked for each time."""
    missing = [part for part in all_parts(wanted) if part.code not in kept]
    asked = counting.figures(missing, org, period, below=False)
    numbers = {**kept, **{code: figure.value for code, figure in asked.items()}}
    return put_together(wanted, numbers)


def figures(some: Iterable[Declared], org: Org, period: Period) -> dict[str, Figure]:
    """The figures of one body with all below it."""
    wanted = list(some)
    kept, missing, _ = _kept(all_parts(wanted), [org], period)
    numbers = kept.get(org.pk, {})
    counted = counting.figures(missing, org, period)
    numbers |= {code: figure.value for code, figure in counted.items()}
    return put_together(wanted, numbers)


def series(one: Declared, org: Org, last: date) -> list[Point]:
    """The figure of twelve months."""
    return several([one], org, last)[one.code]


def several(some: Iterable[Declared], org: Org, last: date) -> dict[str, list[Point]]:
    """Code → the figures of twelve months; what is kept of all of them is read month by month."""
    wanted, spans = list(some), counting.months_to(last, counting.MONTHS)
    if not is_large(Org.objects.below(org)):
        return {one.code: counting.series(one, org, last) for one in wanted}
    kept = [_kept(all_parts(wanted), [org], span) for span in spans]
    missing = {part.code for _, parts, _ in kept for part in parts}
    told = [put_together(wanted, found.get(org.pk, {})) for found, _, _ in kept]
    return {
        one.code: counting.series(one, org, last)
        if missing & {part.code for part in all_parts([one])}
        else [Point(span, figures[one.code]) for span, figures in zip(spans, told, strict=True)]
        for one in wanted
    }


def _count(
    missing: list[Indicator], org: Org, units: list[Org], period: Period, kept: Bodies
) -> None:
    """Ask the records for what is not kept; the parts of a body make its whole where they may."""
    below = counting.figures_below(missing, org, period)
    added = [one for one in missing if not one.people and not may_be_empty(one)]
    kept.setdefault(org.pk, {}).update({one.code: _whole_of(one, below) for one in added})
    anew = counting.figures([one for one in missing if one not in added], org, period)
    kept[org.pk].update({code: figure.value for code, figure in anew.items()})
    alone = below.get(org.path, {})
    own = {part.code: alone.get(part.code, NOTHING).value for part in missing}
    kept.setdefault(OWN, {}).update(own)
    for unit in units:
        for code, figure in below.get(unit.path, {}).items():
            kept.setdefault(unit.pk, {})[code] = figure.value


def _whole_of(one: Indicator, below: Mapping[str, Mapping[str, Figure]]) -> Number | None:
    """What a body has of its own and in all units below it, where anything is known."""
    found = (numbers[one.code].value for numbers in below.values())
    known = [value for value in found if value is not None]
    return sum(known) if known else None


def _kept(
    parts: list[Indicator], orgs: list[Org], period: Period
) -> tuple[Bodies, list[Indicator], datetime | None]:
    """What is kept of these bodies, the first of which has the others below it; what is not."""
    today = timezone.localdate()
    if not is_large(Org.objects.below(orgs[0])):
        return {}, parts, None
    wanted = {part.code for part in parts}
    families = {family.key: family for family in Family.objects.all()}
    usable: dict[tuple[bool, date, date], list[tuple[Plan, Family]]] = {}
    for plan in plans():
        family = families.get(plan.key)
        spans = pieces(plan.mode, period, today, is_span=plan.source.is_span)
        if wanted & set(plan.codes) and family and family.mark == plan.mark and spans:
            adds = plan.mode == MONTH
            end = spans[-1].end
            key = (adds, spans[0].start, _whole(end) if adds else end)
            usable.setdefault(key, []).append((plan, family))
    found: Bodies = {org.pk: {} for org in orgs}
    known = _known(orgs, min(period.end, today))
    for days, pairs in usable.items():
        _read(found, known, pairs, days, period)
    have = {code for pairs in usable.values() for plan, _ in pairs for code in plan.codes}
    fresh = [f.fresh_at for pairs in usable.values() for _, f in pairs if f.fresh_at]
    missing = [part for part in parts if part.code not in have]
    return found, missing, min(fresh, default=None)


def _read(
    found: Bodies,
    known: set[tuple[int, str]],
    pairs: list[tuple[Plan, Family]],
    days: tuple[bool, date, date],
    period: Period,
) -> None:
    """The lines of families that are kept for these days, months added up."""
    adds, since, until = days
    own, first = found.pop(OWN, {}), next(iter(found))
    sums = {f"s{n}": Sum(f"all{n}") for n in range(SLOTS)}
    sums |= {f"o{n}": Sum(f"own{n}") for n in range(SLOTS)}
    lines = Line.objects.filter(org__among=list(found), family__in=[f.pk for _, f in pairs])
    exact = {} if adds else {"since": since, "until": until}
    rows = lines.filter(since__gte=since, until__lte=until, **exact).order_by()
    said = {
        (one["org"], one["family"]): one for one in rows.values("org", "family").annotate(**sums)
    }
    for plan, family in pairs:
        in_time = is_asked_in_time(plan.source, period)
        for org, numbers in found.items():
            line: Mapping[str, Any] = said.get((org, family.pk), {})
            is_known = in_time and (org, plan.source.code) in known
            for n, code in enumerate(plan.codes):
                numbers[code] = _plain(line.get(f"s{n}")) if is_known else None
                if org == first and plan.is_added:
                    own[code] = _plain(line.get(f"o{n}")) if is_known else None
    found[OWN] = own


def _known(orgs: list[Org], day: date) -> set[tuple[int, str]]:
    """Body and source of which there was a record by the day."""
    rows = First.objects.filter(org__among=[org.pk for org in orgs], first_on__lte=day)
    return set(rows.order_by().values_list("org", "source"))


def _plain(value: Any) -> Number:
    """A count is a whole number, as it is when the records are asked."""
    if value is None:
        return 0
    return int(value) if value == int(value) else Decimal(value)


def _whole(day: date) -> date:
    return Period.of_month(day.year, day.month).end
