"""How many are on the books and how many of them are members, on any day, unit by unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from gonghui.core.orgs.models import BODIES, Headcount, Org, OrgVersion
from gonghui.core.people.models import Employment, Membership, Person, Standing

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
    kind: str = ""
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
    called = OrgVersion.objects.on(day).filter(org=OuterRef("org")).order_by("-pk")
    short = Coalesce(NullIf("short_name", Value("")), "name")
    held = Membership.objects.on(day).filter(person=OuterRef("pk")).order_by()
    return people.annotate(
        then_org=Subquery(
            held.annotate(body=Subquery(called.values(said=short)[:1])).values("body")
        ),
        then_name=Subquery(held.annotate(body=Subquery(called.values("name")[:1])).values("body")),
        then_employment=Subquery(held.values("employment")),
    )


def employment_of(person: Person) -> str:
    """How a person is employed, or was on the day the list is asked for."""
    then = getattr(person, "then_employment", None)
    return str(dict(Employment.choices).get(person.employment if then is None else then, ""))


def counts_on(org: Org, day: date) -> Counts:
    """Everything the screen shows, in five queries whatever the size of the tree."""
    found = Counts(day)
    version = version_on(org, day)
    if version is None:
        return found
    rows = people_on(org, day).order_by().values("org", "standing", "employment")
    at: dict[int, list[tuple[str, int]]] = defaultdict(list)
    kinds: dict[str, Tally] = defaultdict(Tally)
    for one, standing, employment, number in rows.annotate(number=Count("pk")).values_list(
        "org", "standing", "employment", "number"
    ):
        at[one].append((standing, number))
        found.total.add(standing, number)
        if standing != Standing.RETAINED:
            kinds[employment].add(standing, number)
    found.kinds = dict(kinds)
    paths = dict(bodies_on(org, day).order_by().values_list("org", "path"))
    found.units = _units(org, version, day)
    _roll_up(found, at, paths, version)
    found.units = [row for row in found.units if row.kind not in BODIES or row.tally.workers]
    _add_reports(found, org)
    return found


def _units(org: Org, version: OrgVersion, day: date) -> list[Row]:
    """The bodies that stood directly below on the day."""
    below = OrgVersion.objects.on(day).filter(parent=org).order_by("path")
    return [Row(one.org_id, str(one), one.kind) for one in below]


def _roll_up(
    found: Counts, at: dict[int, list[tuple[str, int]]], paths: dict[int, str], top: OrgVersion
) -> None:
    """Add each body's people to the unit it stands in; the top's own to itself."""
    units = {paths[row.org]: row for row in found.units if row.org in paths}
    width = len(next(iter(units))) if units else 0
    for one, numbers in at.items():
        row = units.get(paths[one][:width])
        for standing, number in numbers:
            (row.tally if row else found.own).add(standing, number)


def _add_reports(found: Counts, org: Org) -> None:
    """The last figures a unit reported itself up to the day, never one made up."""
    wanted = [org.pk, *(row.org for row in found.units)]
    reports = Headcount.objects.filter(org__in=wanted, day__lte=found.day).order_by("day")
    last = {one.org_id: one for one in reports}
    found.reported = last.get(org.pk)
    for row in found.units:
        row.reported = last.get(row.org)
