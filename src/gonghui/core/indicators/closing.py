"""Closing a period: its figures are kept as they stood, and later corrections show beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError

from .counting import NOTHING, Figure
from .models import Closing, Kept
from .reading import figures, table
from .registry import Declared, indicators
from .shown import change_words, words

VERBS |= {"close_period": "锁定"}
BATCH = 1000


@transaction.atomic
def close_period(
    org: Org, period: Period, *, by: Actor, standard: str = "", note: str = ""
) -> Closing:
    """Keep every figure of a body and of all units below it, by the tree of today.

    A period that still runs cannot be closed. The figures of units are asked level by level.
    """
    if period.end >= timezone.localdate():
        raise DomainError("这一期还没有结束，结束以后再锁定。")
    Org.objects.select_for_update().get(pk=org.pk)
    if Closing.objects.filter(org=org, since=period.start, until=period.end).exists():
        raise DomainError("这一期已经锁定。")
    made = Closing.objects.create(
        org=org,
        since=period.start,
        until=period.end,
        closed_on=timezone.localdate(),
        closed_by=by.person,
        standard=standard,
        note=note,
    )
    some = [one for one in indicators if _is_kept(one)]
    kept = list(_lines(made, some, org, period))
    Kept.objects.bulk_create(kept, batch_size=BATCH)
    record(made, "close_period", by=by, changes={"figures": len(kept)}, is_new=True)
    return made


@dataclass(frozen=True)
class Difference:
    """A figure as it was closed, and as the records have it now."""

    closing: Closing
    one: Declared
    then: Figure
    now: Figure

    @property
    def then_words(self) -> str:
        return words(self.then.value, self.one.unit)

    @property
    def now_words(self) -> str:
        return words(self.now.value, self.one.unit)

    @property
    def difference(self) -> str:
        """By how much, in the figure's own unit; empty where either is not known."""
        return change_words(self.one, self.now, self.then)

    @property
    def has_changed(self) -> bool:
        """Told by what is shown: a figure is closed to a tenth of a percent, not beyond."""
        return self.then_words != self.now_words


def differences(closing: Closing, org: Org | None = None) -> list[Difference]:
    """Every figure of a closed period of one body beside that of today."""
    body = org or closing.org
    period = Period(closing.since, closing.until)
    kept = _kept(Kept.objects.filter(closing=closing, org=body))
    some = [one for one in indicators if one.code in kept]
    now = figures(some, body, period)
    return [Difference(closing, one, kept[one.code], now.get(one.code, NOTHING)) for one in some]


def differences_of(one: Declared, org: Org) -> list[Difference]:
    """One indicator of a body in every period that was closed, the latest first."""
    rows = Kept.objects.filter(org=org, indicator=one.code).select_related("closing__org")
    found = []
    for row in rows.order_by("-closing__until", "-closing__since", "-closing"):
        period = Period(row.closing.since, row.closing.until)
        now = figures([one], org, period)[one.code]
        found.append(Difference(row.closing, one, _figure(row), now))
    return found


def closings_of(org: Org) -> Any:
    """Closed periods of a body, and those of bodies above that hold its figures."""
    held = Closing.objects.filter(figures__org=org).distinct()
    return held.select_related("org", "closed_by")


def _is_kept(one: Declared) -> bool:
    source = getattr(one, "source", None)
    return source is None or bool(source.is_dated)


def _lines(made: Closing, some: list[Declared], org: Org, period: Period) -> Iterable[Kept]:
    """The body, and level by level every union below it; each level is one table."""
    found = table(some, org, period)
    yield from _kept_lines(made, org, found.total)
    waiting = [unit for unit, _ in found.units if unit.is_union]
    for unit, numbers in found.units:
        if unit.is_union:
            yield from _kept_lines(made, unit, numbers)
    while waiting:
        body = waiting.pop()
        if not Org.objects.unions().filter(parent=body).exists():
            continue
        for unit, numbers in table(some, body, period).units:
            if unit.is_union:
                waiting.append(unit)
                yield from _kept_lines(made, unit, numbers)


def _kept_lines(made: Closing, org: Org, numbers: dict[str, Figure]) -> Iterable[Kept]:
    for code, figure in numbers.items():
        yield Kept(
            closing=made,
            indicator=code,
            org=org,
            name=str(org)[:100],
            path=org.path,
            value=figure.value,
            over=figure.over,
            under=figure.under,
        )


def _kept(rows: Iterable[Kept]) -> dict[str, Figure]:
    return {row.indicator: _figure(row) for row in rows}


def _figure(row: Kept) -> Figure:
    return Figure(row.value, row.over, row.under)
