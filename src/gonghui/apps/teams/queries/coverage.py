"""How much of a body the campaign covers: units that take part, people who study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gonghui.core.credits.kinds import STUDY
from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import STEP, UNIT, Org, subtree
from gonghui.core.people.models import Person
from gonghui.core.regulations.standards import Value, values_of
from gonghui.kit.law import at_least

from ..engine.shares import Count
from ..models import Enlistment
from .rollout import nearest

UNITS, PEOPLE = "campaign_units_share", "campaign_people_share"


@dataclass(frozen=True)
class Coverage:
    """Units and people of a body, with the standards that hold there."""

    units: Count
    people: Count
    units_least: Value | None
    people_least: Value | None

    @property
    def units_left(self) -> int:
        return self.units.total - self.units.taking

    @property
    def people_left(self) -> int:
        return self.people.total - self.people.taking

    @property
    def units_words(self) -> str:
        return _told(self.units_pass, self.units_least)

    @property
    def people_words(self) -> str:
        return _told(self.people_pass, self.people_least)

    @property
    def units_pass(self) -> bool | None:
        return _passes(self.units, self.units_least)

    @property
    def people_pass(self) -> bool | None:
        return _passes(self.people, self.people_least)


def _told(passes: bool | None, least: Value | None) -> str:
    """How a share stands beside its standard; nothing where none is set."""
    if passes is None or least is None:
        return ""
    return f"已达 {least.words}" if passes else f"没有到 {least.words}"


def _passes(count: Count, least: Value | None) -> bool | None:
    if least is None or not count.total:
        return None
    return at_least(count.taking, count.total, least.value)


def units_in(org: Org, day: date) -> QuerySet[Org]:
    """The grassroots unions of a body that stand on a day."""
    return Org.objects.active(day).filter(subtree(org.path), kind__in=UNIT).order_by("path")


def units_taking(org: Org, day: date) -> set[str]:
    """Paths of the units of a body that take part."""
    known = frozenset(units_in(org, day).values_list("path", flat=True))
    return taking_among(known, day, subtree(org.path, field="org"))


def taking_among(known: frozenset[str], day: date, inside: Q) -> set[str]:
    """Of these paths of units those that take part: registered themselves, or with a team that is.

    ``inside`` is the condition on the body of a registration. One query.
    """
    paths = Enlistment.objects.held(day).filter(inside).order_by().values_list("org__path")
    return {unit for (path,) in paths if (unit := nearest(path, known))}


def units_below(org: Org, day: date) -> dict[str, Count]:
    """Path of each body directly below → its units and those that take part; two queries.

    What is the body's own stands under its own path.
    """
    known = frozenset(units_in(org, day).values_list("path", flat=True))
    taking = taking_among(known, day, subtree(org.path, field="org"))
    found: dict[str, Count] = {}
    for path in known:
        below = path[: len(org.path) + STEP]
        found[below] = found.get(below, Count()) + Count(1, path in taking)
    return found


def studied(since: date, until: date) -> Q:
    """The condition that a person studied in some form between two days."""
    rows = Credit.objects.standing().filter(kind__in=STUDY, on__range=(since, until))
    return Q(Exists(rows.filter(person=OuterRef("pk"))))


def people_in(org: Org) -> QuerySet[Person]:
    """The people on the books of a body and all below it."""
    return Person.objects.active().filter(subtree(org.path, field="org")).order_by()


def coverage_of(org: Org, day: date) -> Coverage:
    """The year's coverage up to a day, in five queries."""
    values = values_of((UNITS, PEOPLE), day=day)
    people = people_in(org)
    learned = people.filter(studied(day.replace(month=1, day=1), day)).count()
    taking = units_taking(org, day)
    return Coverage(
        Count(units_in(org, day).count(), len(taking)),
        Count(people.count(), learned),
        values[UNITS].at(org.path),
        values[PEOPLE].at(org.path),
    )
