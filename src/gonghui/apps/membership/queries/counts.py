"""How many are on the books and how many of them are members, on any day, unit by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Left

from gonghui.core.orgs.expressions import called_on
from gonghui.core.orgs.models import BODIES, STEP, Headcount, Org, OrgVersion
from gonghui.core.orgs.models.version import stood
from gonghui.core.people.models import Employment, Membership, Person, Standing
from gonghui.kit.prepared import about_all

COUNTED = "counted"  # workers: members and those who are not, without retained memberships


@dataclass
class Tally:
    """People on the books: workers are members or not; retained memberships count nowhere."""

    workers: int = 0
    members: int = 0
    retained: int = 0

    def add(self, standing: str, number: int) -> None:
        if standing == Standing.RETAINED:
            self.retained += number
            return
        self.workers += number
        if standing == Standing.MEMBER:
            self.members += number

    @property
    def rate(self) -> float | None:
        """Members of all workers (domain MEM-10); none where there are no workers."""
        return self.members / self.workers if self.workers else None

    @property
    def rate_words(self) -> str:
        return f"{self.members * 100 / self.workers:.1f}%" if self.workers else ""


@dataclass
class Row:
    """One unit of the table: what stands in it and below it, beside what it reported itself."""

    org: int
    name: str
    kind: str
    path: str
    tally: Tally = field(default_factory=Tally)
    reported: Headcount | None = None


@dataclass
class Counts:
    """The figures of a body with all below it, as the tree stood on the day."""

    day: date
    total: Tally = field(default_factory=Tally)
    own: Tally = field(default_factory=Tally)
    units: list[Row] = field(default_factory=list)
    kinds: dict[str, Tally] = field(default_factory=dict)
    reported: Headcount | None = None

    @property
    def by_employment(self) -> list[tuple[str, str, Tally]]:
        """(value, word, figures), in the order of the choices; those not filled in come last."""
        words = [*Employment.choices, ("", "未填")]
        return [
            (value, str(word), self.kinds[value]) for value, word in words if value in self.kinds
        ]


def version_on(org: Org, day: date) -> OrgVersion | None:
    """Where a body stood on a day; none where it was not there yet or no more."""
    return OrgVersion.objects.on(day).filter(org=org).order_by("pk").last()


def bodies_on(org: Org, day: date) -> models.QuerySet[OrgVersion]:
    """The body and all that stood below it on a day."""
    version = version_on(org, day)
    rows = OrgVersion.objects.on(day)
    return rows.below(version.path) if version else rows.none()


def people_on(org: Org, day: date, *, below: bool = True) -> models.QuerySet[Membership]:
    """The memberships of a day, by the tree of that day."""
    held = Membership.objects.on(day)
    if not below:
        return held.filter(org=org)
    return held.filter(org__in=bodies_on(org, day).order_by().values("org"))


def standing_on(
    day: date | None, standing: str | None, employment: str | None = ""
) -> models.QuerySet[Membership]:
    """Memberships of a day, or those of now, of one standing and employment; the list's filter."""
    held = Membership.objects.on(day) if day else Membership.objects.current()
    if standing == COUNTED:
        held = held.exclude(standing=Standing.RETAINED)
    elif standing:
        held = held.filter(standing=standing)
    if employment:
        held = held.filter(employment="" if employment == "none" else employment)
    return held


def as_they_stood(people: models.QuerySet[Person], day: date) -> models.QuerySet[Person]:
    """With ``then_org``, ``then_name`` and ``then_employment``: where and how on a day.

    The body is called what it was called then; for whoever was on nobody's books nothing is said.
    """
    held = Membership.objects.on(day).filter(person=OuterRef("pk")).order_by()
    return people.annotate(
        then_org=Subquery(held.annotate(body=called_on(day, "org")).values("body")),
        then_name=Subquery(held.annotate(body=called_on(day, "org", fully=True)).values("body")),
        then_employment=Subquery(held.values("employment")),
    )


def employment_of(person: Person) -> str:
    """How a person is employed, or was on the day the list is asked for."""
    then = getattr(person, "then_employment", None)
    return str(dict(Employment.choices).get(person.employment if then is None else then, ""))


def counts_on(org: Org, day: date) -> Counts:
    """Everything the screen shows, in four queries whatever the size of the tree."""
    found = Counts(day)
    path: Any = next(iter(about_all((org.pk, day), "path on a day", _path)), None)
    if path is None:
        return found
    below: Any = about_all((org.pk, day), "units on a day", _units)
    found.units = [Row(*said) for said in below]
    units = {row.path: row for row in found.units}
    kinds: dict[str, Tally] = defaultdict(Tally)
    for unit, standing, employment, number in _numbers(path, day):
        row = units.get(unit)
        (row.tally if row else found.own).add(standing, number)
        found.total.add(standing, number)
        if standing != Standing.RETAINED:
            kinds[employment].add(standing, number)
    found.kinds = dict(kinds)
    found.units = [row for row in found.units if row.kind not in BODIES or row.tally.workers]
    _add_reports(found, org)
    return found


def _path(org: int, day: date) -> models.QuerySet[OrgVersion, Any]:
    rows = OrgVersion.objects.on(day).filter(org=org).order_by("-pk")
    return rows.values_list("path", flat=True)


def _units(org: int, day: date) -> models.QuerySet[OrgVersion, Any]:
    """The bodies that stood directly below on the day, as the rows begin."""
    rows = OrgVersion.objects.on(day).filter(parent=org).order_by("path")
    name = Case(When(short_name="", then="name"), default="short_name")
    return rows.values_list("org", name, "kind", "path")


def _numbers(path: str, day: date) -> Iterator[tuple[str, str, str, int]]:
    """(unit's path, standing, employment, people) of a body with all below it.

    The database adds up by the unit they stand in: the first steps of a path are its own.
    """
    width = len(path) + STEP

    def ask(day: date, first: str, last: str) -> models.QuerySet[Membership, Any]:
        then = "org__versions__"
        below = Q((f"{then}path__gte", first), (f"{then}path__lt", last))
        rows = Membership.objects.on(day).filter(stood(day, at=then) & below).order_by()
        groups = rows.values("standing", "employment", unit=Left(f"{then}path", width))
        return groups.values_list("unit", "standing", "employment", Count("pk"))

    rows: Any = about_all((day, path, f"{path}~"), ("headcount", width), ask)
    return iter(rows)


def _add_reports(found: Counts, org: Org) -> None:
    """The last figures a unit reported itself up to the day, never one made up."""
    last = {one.org_id: one for one in about_all((org.pk, found.day), "reports on a day", _reports)}
    found.reported = last.get(org.pk)
    for row in found.units:
        row.reported = last.get(row.org)


def _reports(org: int, day: date) -> models.QuerySet[Headcount]:
    below = OrgVersion.objects.on(day).filter(parent=org).values("org")
    wanted = Headcount.objects.filter(Q(org=org) | Q(org__in=below), day__lte=day)
    return wanted.order_by("day")
