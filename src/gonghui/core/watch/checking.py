"""What a check is, what it may look at, and what it brings back; apps declare theirs here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import UPPER, Org, subtree
from gonghui.core.regulations.figures import figures
from gonghui.core.regulations.standards import Value, Values, values_for
from gonghui.kit.registry import Registry

from .models import Severity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing out of order in a union.

    ``about`` and ``part`` tell two findings of one check in one union apart and must not change
    while it is the same matter; ``about`` is also the number of the record the link leads to, the
    union itself unless given. The sentence names dates, not counts of days, so that it stays the
    same from day to day.
    """

    org: int
    sentence: str
    about: int | None = None
    part: str = ""
    values: tuple[Value | None, ...] = ()
    severity: str = ""


@dataclass
class Sight:
    """What a check looks at: the unions of a subtree, or these few, as they are on a day."""

    day: date
    path: str = ""
    only: frozenset[int] = frozenset()
    _values: dict[str, Values] = field(default_factory=dict)
    _kept: dict[Callable[[Sight], Any], Any] = field(default_factory=dict)

    def values(self, key: str) -> Values:
        """The values of a standard on the day, everywhere; asked for once."""
        if key not in self._values:
            self._values[key] = values_for(key, day=self.day)
        return self._values[key]

    def within(self, name: str = "org") -> Q:
        """The condition that a row's body is in sight; ``""`` when the row is the body."""
        if self.only:
            return Q(**{f"{name}__in" if name else "pk__in": self.only})
        if self.path:
            return subtree(self.path, field=name)
        return Q()

    def below(self, name: str = "org") -> Q:
        """The condition that a row's body is a union in sight or stands below it.

        Of a few unions looked at after a change, upper ones stand for themselves alone.
        """
        if not self.only:
            return self.within(name)
        units = Org.objects.filter(pk__in=self.only).exclude(kind__in=UPPER).order_by()
        inside = Q(pk__in=self.only)
        for path in units.values_list("path", flat=True):
            inside |= subtree(path)
        # By numbers: the few bodies first, and then their rows by the index on the body.
        bodies = Org.objects.filter(inside).order_by().values("pk")
        return Q(**{f"{name}__in" if name else "pk__in": bodies})

    def once(self, find: Callable[[Sight], T]) -> T:
        """What a function finds here, kept for the other checks of the same run."""
        if find not in self._kept:
            self._kept[find] = find(self)
        kept: T = self._kept[find]
        return kept

    def unions(self) -> models.QuerySet[Org]:
        """The unions in sight that stand on the day."""
        begun = Q(since=None) | Q(since__lte=self.day)
        rows = Org.objects.unions().filter(begun, Q(until=None) | Q(until__gte=self.day))
        return rows.filter(self.within("")).order_by()

    def at(self, key: str, path: str) -> Value | None:
        """The value that holds for a body, by its path."""
        return self.values(key).at(path)


def columns(rows: models.QuerySet[Any], *names: str) -> list[tuple[Any, ...]]:
    """Columns of all these rows, in no order; for checks, which read many and keep few."""
    return list(rows.order_by().values_list(*names))


Find = Callable[[Sight], Iterable[Hit]]


@dataclass(frozen=True)
class Check:
    """A rule that looks for what is out of order, over all unions at once.

    ``find`` asks the database by sets and never union by union. ``needs`` are the standards
    without which it cannot run; where no value holds it says so instead. ``uses`` are those it
    takes when they are there. ``touched_by`` names the models whose history lets it run again for
    the union concerned. ``link`` names the model on whose page it is put right; ``Hit.about`` is
    the number of the record.
    """

    code: str
    title: str
    area: str
    severity: str
    advice: str
    find: Find
    link: str
    act: str = "去处理"
    basis: str = ""
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    touched_by: tuple[str, ...] = ()

    @property
    def standards(self) -> tuple[str, ...]:
        return self.needs + self.uses


checks: Registry[Check] = Registry("checks")


def declare(check: Check) -> Check:
    """Add a check; an undeclared standard or an unknown severity is a mistake found at start."""
    for key in check.standards:
        if key not in figures:
            raise ValueError(f"{check.code}: no figure {key!r} is declared")
    if check.severity not in Severity.values:
        raise ValueError(f"{check.code}: unknown severity {check.severity!r}")
    return checks.add(check.code, check)
