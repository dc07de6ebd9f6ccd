"""What the calculus is told: rules and their items, and where a person stood from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .slots import Every

WHOLE = 100  # amounts are counted in hundredths, shares in hundredths of a full post


class Rounding(StrEnum):
    """What becomes of a part of a whole when the amount is cut in proportion."""

    UP = "up"
    HALF = "half"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Item:
    """How much of what, how often; amounts in hundredths of ``unit``."""

    number: int
    label: str
    least: int
    unit: str
    every: Every
    most: int | None = None  # the upper end of a range; more is allowed and kept
    months: int = 0  # of ``Every.ONCE``: within so many months of being hired
    carry: int = 0  # what is over goes into the next turn, up to this
    in_terms: bool = False  # days between terms do not count


@dataclass(frozen=True)
class Rule:
    """For whom, from when to when, by what arithmetic; empty sets mean everybody."""

    number: int
    path: str  # the body that made it; it holds for all below
    since: date
    until: date | None = None
    standings: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()  # of the body people belong to
    employments: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    from_month: int | None = None  # of tenure: from so many full months on
    to_month: int | None = None  # and before so many are full
    excuses: frozenset[str] = frozenset()
    part_time: bool = True
    by_workdays: bool = False
    rounding: Rounding = Rounding.HALF
    items: tuple[Item, ...] = ()
    begun: date | None = None  # the first day of its first version
    is_replaced: bool = False  # a later version asks from the day after the last

    @property
    def origin(self) -> date:
        """The day from which it, or the versions before it, has asked."""
        return min(self.begun or self.since, self.since)

    @property
    def asks_tenure(self) -> bool:
        return self.from_month is not None or self.to_month is not None


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a person belonged, as what, from when to when."""

    path: str
    kind: str
    standing: str
    employment: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A post in a body, from when to when."""

    path: str
    title: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """A leave; its kind decides whether a rule excuses it."""

    kind: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Part:
    """Days on which a person works a share of a full post, in hundredths."""

    share: int
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Life:
    """All the calculus knows of a person."""

    stays: tuple[Stay, ...] = ()
    posts: tuple[Held, ...] = ()
    aways: tuple[Away, ...] = ()
    parts: tuple[Part, ...] = ()
    hired: date | None = None
