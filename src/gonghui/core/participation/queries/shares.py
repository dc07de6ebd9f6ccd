"""What share of a body's members took part in a period: by unit and by sort of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gonghui.core.activities.models import Activity
from gonghui.core.attendance.models import Attendance
from gonghui.core.orgs.models import BODIES, STEP, Org, subtree
from gonghui.core.people.models import Employment, Membership, Post, Sex, Standing
from gonghui.core.people.models.words import Category
from gonghui.kit.dates import Period
from gonghui.kit.moments import bounds


@dataclass
class Tally:
    """Members on the books at the end of the period, and those of them who came at least once."""

    members: int = 0
    came: int = 0

    def add(self, members: int, came: int) -> None:
        self.members += members
        self.came += came

    @property
    def never(self) -> int:
        return self.members - self.came

    @property
    def share_words(self) -> str:
        """In percent; nothing where there are no members."""
        return f"{self.came * 100 / self.members:.1f}%" if self.members else ""


@dataclass
class Unit:
    """A body directly below, with all below it; ``held`` counts the activities held there."""

    org: Org
    tally: Tally = field(default_factory=Tally)
    held: int = 0


@dataclass
class Sort:
    """Some sort of people, and what the list of names is asked to show just them."""

    word: str
    asked: dict[str, str]
    tally: Tally = field(default_factory=Tally)


@dataclass
class Shares:
    """All the page shows of a body and a period."""

    total: Tally
    own: Unit
    units: list[Unit]
    sorts: list[tuple[str, list[Sort]]]

    @property
    def held(self) -> int:
        return self.own.held + sum(unit.held for unit in self.units)


def attendances_of_people() -> QuerySet[Attendance]:
    """Whoever of the people on record was checked in, anywhere, ever."""
    return Attendance.objects.filter(in_at__isnull=False, person__isnull=False)


def attended(period: Period) -> QuerySet[Attendance]:
    """Who came, to whatever was held anywhere in the period; a person may stand there often."""
    since, until = bounds(period.start, period.end)
    rows = attendances_of_people()
    return rows.filter(session__starts_at__gte=since, session__starts_at__lt=until).order_by()


def members_of(org: Org, day: date) -> QuerySet[Membership]:
    """Members of a body with all below it, as the books had them on a day."""
    rows = Membership.objects.on(day).filter(subtree(org.path, field="org"))
    return rows.filter(standing=Standing.MEMBER)


def held_in(period: Period) -> QuerySet[Activity]:
    """Activities that took place in the period."""
    return Activity.objects.held_in(period)


def shares_of(org: Org, period: Period) -> Shares:
    """Everything the page shows, in seven queries whatever the size of the tree."""
    members = members_of(org, period.end).order_by()
    came = Q(person__in=attended(period).values("person"))
    counted: dict[str, Any] = {"members": Count("pk"), "came": Count("pk", filter=came)}
    by_org: Any = members.values("org__path").annotate(**counted)
    own, units = Unit(org), _units_below(org)
    known = {unit.org.path: unit for unit in units}
    depth = len(org.path) + STEP
    for path, all_, some in by_org.values_list("org__path", "members", "came"):
        known.get(path[:depth], own).tally.add(all_, some)
    held = held_in(period).filter(subtree(org.path, field="org")).order_by().values("org__path")
    for path, count in held.annotate(count=Count("pk")).values_list("org__path", "count"):
        known.get(path[:depth], own).held += count
    total = Tally()
    for unit in (own, *units):
        total.add(unit.tally.members, unit.tally.came)
    shown = [
        unit for unit in units if unit.tally.members or unit.held or unit.org.kind not in BODIES
    ]
    return Shares(total, own, shown, _sorts(members, counted, period.end))


def brief_of(org: Org, period: Period) -> tuple[Tally, int]:
    """Only the total and how many activities were held, in two queries."""
    came = Q(person__in=attended(period).values("person"))
    rows = members_of(org, period.end).order_by()
    said = rows.aggregate(members=Count("pk"), came=Count("pk", filter=came))
    held = held_in(period).filter(subtree(org.path, field="org")).count()
    return Tally(said["members"], said["came"]), held


def _units_below(org: Org) -> list[Unit]:
    return [Unit(one) for one in Org.objects.filter(parent=org, until=None).order_by("path")]


def _sorts(
    members: QuerySet[Membership], counted: dict[str, Any], day: date
) -> list[tuple[str, list[Sort]]]:
    """By what is on record of people (R-022): sex, employment, whether they hold a post."""
    sexes = _sorted(members, counted, "person__sex", "sex", [*Sex.choices, ("", "未填")])
    works = _sorted(
        members, counted, "employment", "employment", [*Employment.choices, ("", "未填")]
    )
    sorts = _sorted(
        members, counted, "person__category", "category", [*Category.choices, ("", "未填")]
    )
    posted = _posted(members, counted, day)
    return [("职工类别", sorts), ("性别", sexes), ("用工形式", works), ("任职", posted)]


def _sorted(
    members: QuerySet[Membership],
    counted: dict[str, Any],
    column: str,
    name: str,
    choices: Iterable[tuple[str, Any]],
) -> list[Sort]:
    found = {
        value: (all_, came)
        for value, all_, came in members.values(column)
        .annotate(**counted)
        .values_list(column, "members", "came")
    }
    return [
        Sort(str(word), {name: value or "none"}, Tally(*found[value]))
        for value, word in choices
        if value in found
    ]


def _posted(members: QuerySet[Membership], counted: dict[str, Any], day: date) -> list[Sort]:
    rows = members.annotate(posted=holds_post(day)).values("posted").annotate(**counted)
    words = {True: ("任职的（委员、组长等）", "yes"), False: ("不任职的", "no")}
    return [
        Sort(words[bool(posted)][0], {"posted": words[bool(posted)][1]}, Tally(all_, came))
        for posted, all_, came in rows.order_by("-posted").values_list("posted", "members", "came")
    ]


def holds_post(day: date) -> Exists:
    """Whether the member holds any post on a day."""
    return Exists(Post.objects.held(day).filter(person=OuterRef("person")))
