"""Festivals that activities are held for: which they are, when they fall, what is held then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from gonghui.kit.dates import festival, festivals_of

from .kinds import Kind, kinds

# As people call them; the others go by the name they have in the calendar.
SAID = {"妇女节": "三八妇女节", "劳动节": "五一劳动节", "青年节": "五四青年节"}


@dataclass(frozen=True)
class Occasion:
    """A festival on its day, with the kinds of gathering offered for it (R-324, R-379, R-381)."""

    name: str
    day: date
    kinds: tuple[Kind, ...]

    @property
    def label(self) -> str:
        return said(self.name)


def said(name: str) -> str:
    """A festival as people call it."""
    return SAID.get(name, name)


def offered(name: str) -> tuple[Kind, ...]:
    """The kinds that name the festival among those they suit."""
    return tuple(kind for kind in kinds if name in kind.suggested)


def occasions_between(first: date, last: date) -> list[Occasion]:
    """The festivals of these days that some kind of gathering is offered for."""
    return [
        Occasion(name, day, suited)
        for year in range(first.year, last.year + 1)
        for day, name in festivals_of(year)
        if first <= day <= last and (suited := offered(name))
    ]


def occasion_choices() -> list[tuple[str, str]]:
    """Name and label of every festival something is offered for, in the order of a year."""
    names = dict.fromkeys(name for _, name in festivals_of(timezone.localdate().year))
    return [(name, said(name)) for name in names if offered(name)]


def nearest(name: str, day: date) -> date | None:
    """The festival's day nearest to another day; None for a name no calendar has."""
    years = range(day.year - 1, day.year + 2)
    found = (at for year in years for at, known in festivals_of(year) if known == name)
    return min(found, key=lambda at: abs(at - day), default=None)


def same_day_next(day: date, year: int, occasion: str = "") -> date:
    """The day of another year on which one would do it again.

    As far from the same festival as then, or else the same weekday.
    """
    near = date(year, day.month, min(day.day, 28)) + timedelta(days=max(day.day - 28, 0))
    name = occasion or festival(day)
    then, now = nearest(name, day), nearest(name, near)
    if then and now:
        return now + (day - then)
    return near + timedelta(days=(day.weekday() - near.weekday() + 3) % 7 - 3)
