"""How the figures a plan promises stand: counted from the records, or as somebody wrote down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.indicators.counting import months_to
from gonghui.core.indicators.periods import before
from gonghui.core.indicators.reading import figures
from gonghui.core.indicators.registry import Declared, Indicator, counted, indicators, parts
from gonghui.core.indicators.screens.asked import Doors
from gonghui.kit.dates import Period
from gonghui.kit.prepared import prepared

from ..engine import binding
from ..engine.pace import (
    RECENT,
    RISING,
    Course,
    Forecast,
    Past,
    forecast,
    forecast_of_level,
    standing,
)
from ..models import Item, Plan, Reading, Target

PERCENT = ("%", "％", "‰")
LEVEL_MONTHS = 6
ENOUGH_APART = 28  # days between two readings that tell a pace
Numbers = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Measured:
    """A promise with what was reached, how it stands and where it may end.

    ``what`` is the indicator it is bound to, ``url`` its door; ``suggested`` the one its words may
    mean, while it is not bound and nobody has written anything down.
    """

    target: Target
    actual: Decimal | None
    on: date | None
    standing: str
    forecast: Forecast | None
    what: Declared | None = None
    url: str = ""
    suggested: Declared | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def is_kept(self) -> bool | None:
        """Whether what is known now keeps the promise."""
        return {"met": True, "within": True, "": None}.get(self.standing, False)


def window_of(plan: Plan) -> Period:
    return Period(plan.starts_on, plan.ends_on)


def bound_to(target: Target) -> Declared | None:
    """The indicator a promise is bound to; none where its app was taken out since."""
    return indicators.get(target.indicator) if target.indicator else None


def countable() -> dict[str, str]:
    """Code → unit of every indicator a promise may be bound to."""
    return {one.code: one.unit for one in indicators}


def offered(target: Target) -> list[Declared]:
    """The indicators whose unit is that of the promise."""
    return [one for one in indicators if binding.fits(target.unit, one.unit)]


def suggestion(target: Target, item: Item) -> Declared | None:
    said = binding.clause(item.text, target.op, float(target.value), target.unit)
    code = binding.suggested(said, target.unit, countable())
    return indicators[code] if code else None


def written_words(target: Target, item: Item) -> str:
    """The promise as the plan's text words it, where it can still be found there."""
    return binding.written(item.text, target.op, float(target.value), target.unit)


def adds_up(target: Target, what: Declared | None) -> bool:
    """Whether what is done one day is added to the next; a rate or a level is not."""
    if target.indicator:
        return what is not None and grows(what)
    return target.unit not in PERCENT


def grows(one: Declared) -> bool:
    """Whether it counts what was done since the plan began, or a share that has of what stands."""
    if isinstance(one, Indicator):
        return one.source.is_span or one.did is not None
    return grows(counted(one.over)) and not grows(counted(one.under))


def _is_once(one: Declared) -> bool:
    """Whether who is counted already is not counted again."""
    top = parts(one)[0]
    return top.people or top.did is not None


def course_of(target: Target, item: Item, what: Declared | None) -> Course:
    """A counted figure has the days of the plan, one written down those of its task."""
    plan = item.plan
    starts, ends = plan.starts_on, plan.ends_on
    if not target.indicator:
        starts, ends = item.starts_on or starts, item.due_on or ends
    return Course(target.op, target.value, starts, ends, adds_up(target, what))


def measured(plan: Plan, rows: Iterable[tuple[Item, Target]], today: date) -> list[Measured]:
    """The promises of a plan in their order; a question a source, however many there are."""
    pairs = list(rows)
    readings: dict[int, list[Reading]] = {}
    keys = tuple(target.pk for _, target in pairs)

    def asked() -> QuerySet[Reading]:
        return Reading.objects.filter(target__in=keys).select_related("by")

    for reading in prepared(("readings", keys), asked) if keys else ():
        readings.setdefault(reading.target_id, []).append(reading)
    bound = {one.code: one for _, target in pairs if (one := bound_to(target))}
    kept = _Counted(plan, list(bound.values()), today) if bound else None
    return [_measured(item, target, readings.get(target.pk, []), kept) for item, target in pairs]


class _Counted:
    """The figures of a plan's union that its promises are bound to, now and for the forecast."""

    def __init__(self, plan: Plan, some: list[Declared], today: date) -> None:
        self.plan, self.some, self.today = plan, some, today
        self.window = window_of(plan)
        self.day = min(today, plan.ends_on)
        self.now = self._over(self.window)
        self.is_running = plan.starts_on < today < plan.ends_on
        spans = [one for one in some if grows(one)]
        self.recent: Numbers = {}
        self.rest: dict[str, Decimal] = {}
        self.months: list[Numbers] = []
        if self.is_running and spans:
            self._look_back(spans)
        levels = [one for one in some if one not in spans]
        if self.is_running and levels:
            last = [m for m in months_to(today, LEVEL_MONTHS + 1)[:-1] if m.end >= plan.starts_on]
            self.months = [self._over(month, levels) for month in last]

    def _look_back(self, spans: list[Declared]) -> None:
        first = self.plan.starts_on
        start = self.today - timedelta(days=RECENT)
        if start > first:
            self.recent = self._over(Period(first, start), spans)
        year = before(self.window)
        whole = self._over(year, spans)
        so_far = self._over(before(Period(first, self.today)), spans)
        for code, value in whole.items():
            was = so_far.get(code)
            if value is not None and was is not None:
                self.rest[code] = value - was

    def _over(self, period: Period, some: list[Declared] | None = None) -> Numbers:
        found = figures(some or self.some, self.plan.org, period)
        return {code: _decimal(figure.value) for code, figure in found.items()}

    def forecast(self, one: Declared, course: Course) -> Forecast | None:
        actual = self.now.get(one.code)
        if actual is None or not self.is_running or course.op not in RISING:
            return None
        if not course.adds_up:
            known = [n for month in self.months if (n := month.get(one.code)) is not None]
            return forecast_of_level(known, actual)
        was = self.recent.get(one.code)
        day = self.today - timedelta(days=RECENT)
        once = _is_once(one)
        earlier = None if was is None or once else (day, was)
        return forecast(course, Past(actual, self.day, earlier, self.rest.get(one.code), once))

    def door(self, one: Declared) -> str:
        return Doors(self.plan.org, self.window).records(one)


def _measured(
    item: Item, target: Target, readings: list[Reading], kept: _Counted | None
) -> Measured:
    what = bound_to(target)
    course = course_of(target, item, what)
    if what is not None and kept is not None:
        actual = kept.now.get(what.code)
        url = kept.door(what) if actual is not None else ""
        stands = standing(course, actual, kept.today)
        ends = kept.forecast(what, course)
        return Measured(target, actual, kept.day, stands, ends, what, url)
    return Measured(
        target,
        target.actual,
        target.actual_on,
        standing(course, target.actual, timezone.localdate()),
        _by_hand(course, readings),
        suggested=None if readings or target.indicator else suggestion(target, item),
        readings=tuple(readings),
    )


def _by_hand(course: Course, readings: list[Reading]) -> Forecast | None:
    """From what was written down, the newest first."""
    if not readings or course.op not in RISING:
        return None
    last = readings[0]
    if not course.adds_up:
        return forecast_of_level([one.value for one in readings[1 : LEVEL_MONTHS + 1]], last.value)
    early = [one for one in readings if (last.on - one.on).days >= ENOUGH_APART]
    was = (early[0].on, early[0].value) if early else None
    return forecast(course, Past(last.value, last.on, was))


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
