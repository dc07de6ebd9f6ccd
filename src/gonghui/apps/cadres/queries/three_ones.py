"""The three ones of cadres (R-042), read from credits and attendance; nobody types them in.

A book read, an exchange meeting, a training class for team leaders and above, within a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gonghui.core.attendance.models import Attendance
from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import CONGRESSES, SMALL, UNIT, UPPER, WITHIN, Kind, Org, subtree
from gonghui.core.participation.queries.shares import attended, held_in
from gonghui.core.people.models import Person, Post
from gonghui.kit.dates import Period

# Team leaders and above, and the union's own committees; associations and leading groups are not.
LED = UPPER | UNIT | WITHIN | SMALL | {Kind.COMMITTEE}


@dataclass(frozen=True)
class One:
    """One of the three: in which credits and at which kinds of gathering it is seen."""

    code: str
    label: str
    short: str
    credits: tuple[str, ...] = ()
    gatherings: tuple[str, ...] = ()


ONES = (
    One("book", "读一本书", "读书", credits=("book",)),
    One("meeting", "一次交流会", "交流会", gatherings=("forum",)),
    One("training", "一次培训班", "培训班", credits=("course",), gatherings=("training",)),
)
ONE = {one.code: one for one in ONES}


@dataclass(frozen=True)
class Done:
    """The first thing of a year that did it: on which day, what it was."""

    on: date
    words: str


@dataclass
class Cadre:
    """A cadre with what they did of the three; what is missing is not there."""

    person: Person
    posts: list[Post] = field(default_factory=list)
    done: dict[str, Done] = field(default_factory=dict)

    @property
    def ones(self) -> list[tuple[One, Done | None]]:
        return [(one, self.done.get(one.code)) for one in ONES]


def cadre_posts(day: date) -> QuerySet[Post]:
    """The posts that make somebody a cadre."""
    rows = Post.objects.held(day).filter(org__kind__in=LED, org__until=None)
    return rows.exclude(org__function__in=CONGRESSES)


def cadres_of(org: Org, day: date) -> QuerySet[Person]:
    """Who leads a team or more, or sits in a committee, in a body with all below it."""
    here = cadre_posts(day).filter(subtree(org.path, field="org"), person=OuterRef("pk"))
    return Person.objects.active().filter(Exists(here))


def with_ones(people: QuerySet[Person], year: Period) -> QuerySet[Person]:
    """People with ``did_book``, ``did_meeting`` and ``did_training``."""
    return people.annotate(**{f"did_{one.code}": _did(one, year) for one in ONES})


def _did(one: One, year: Period) -> Q:
    found = []
    if one.credits:
        found.append(Q(Exists(_credits(one.credits, year).filter(person=OuterRef("pk")))))
    if one.gatherings:
        found.append(Q(Exists(_came(one.gatherings, year).filter(person=OuterRef("pk")))))
    return reduce(or_, found)


def _credits(kinds: Iterable[str], year: Period) -> QuerySet[Credit]:
    return Credit.objects.standing().filter(kind__in=kinds, on__range=(year.start, year.end))


def _came(kinds: Iterable[str], year: Period) -> QuerySet[Attendance]:
    return attended(year).filter(session__activity__kind__in=kinds)


def counts(people: QuerySet[Person]) -> dict[str, int]:
    """How many there are, and how many did each; of people ``with_ones``."""
    did = {one.code: Count("pk", filter=Q(**{f"did_{one.code}": True})) for one in ONES}
    return people.order_by().aggregate(all=Count("pk"), **did)


def held(org: Org, year: Period) -> dict[str, int]:
    """How many meetings and classes a body held with all below it."""
    rows = held_in(year).filter(subtree(org.path, field="org"))
    kinds = rows.order_by().values_list("kind").annotate(Count("pk"))
    found = dict(kinds)
    return {one.code: sum(found.get(kind, 0) for kind in one.gatherings) for one in ONES}


def told(people: Iterable[Person], year: Period, day: date) -> list[Cadre]:
    """Cadres with their posts and what they did, in three queries for all of them.

    Who holds no such post is no cadre and is left out.
    """
    found = {person.pk: Cadre(person) for person in people}
    for post in cadre_posts(day).filter(person__in=found).select_related("org").order_by("pk"):
        found[post.person_id].posts.append(post)
    known = {pk: cadre for pk, cadre in found.items() if cadre.posts}
    if not known:
        return []
    _tell_credits(known, year)
    _tell_gatherings(known, year)
    return list(known.values())


def _tell_credits(known: dict[int, Cadre], year: Period) -> None:
    code = {kind: one.code for one in ONES for kind in one.credits}
    rows = _credits(code, year).filter(person__in=known).order_by("on", "pk")
    for person, kind, on, words in rows.values_list("person", "kind", "on", "words"):
        _note(known[person], code[kind], Done(on, words))


def _tell_gatherings(known: dict[int, Cadre], year: Period) -> None:
    code = {kind: one.code for one in ONES for kind in one.gatherings}
    rows = _came(code, year).filter(person__in=known).order_by("session__starts_at", "pk")
    said = ("person", "session__activity__kind", "session__starts_at", "session__activity__title")
    for person, kind, at, title in rows.values_list(*said):
        _note(known[person], code[kind], Done(timezone.localtime(at).date(), title))


def _note(cadre: Cadre, code: str, done: Done) -> None:
    earlier = cadre.done.get(code)
    if earlier is None or done.on < earlier.on:
        cadre.done[code] = done
