"""How a body stands: people counted by unit, and by name, each by the worst of their items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import STEP, Org
from gonghui.core.people.models import Membership, Person

from ..engine.judging import State
from ..models import StudyRule
from ..rules import sees_person
from .judged import Court, Stands, rules_for
from .lives import Scope
from .person import Requirement, requirement
from .told import Told, all_told

# The worse, the further on: a person with several items is counted once, by the worst.
WORSE = (State.EXCUSED, State.MET, State.UNKNOWN, State.OPEN, State.LATE)
# How people are told apart on a page: the word in the address, the heading, the states.
SHOWN = {
    "lacking": ("还差的", frozenset({State.OPEN, State.LATE})),
    "excused": ("本期免的", frozenset({State.EXCUSED})),
    "unknown": ("资料不全的", frozenset({State.UNKNOWN})),
    "met": ("已完成的", frozenset({State.MET})),
    "people": ("要求到的人", frozenset(State)),
}
LARGE = 2000
RANK = {state: rank for rank, state in enumerate(WORSE)}


@dataclass
class Tally:
    """People by how they stand."""

    met: int = 0
    lacking: int = 0
    excused: int = 0
    unknown: int = 0

    def add(self, state: State) -> None:
        if state == State.MET:
            self.met += 1
        elif state == State.EXCUSED:
            self.excused += 1
        elif state == State.UNKNOWN:
            self.unknown += 1
        else:
            self.lacking += 1

    @property
    def people(self) -> int:
        return self.met + self.lacking + self.excused + self.unknown

    @property
    def asked(self) -> int:
        """Of whom something is asked and known."""
        return self.met + self.lacking

    @property
    def share(self) -> str:
        """Who has done it of whom it is asked; cut, never rounded up."""
        return f"{1000 * self.met // self.asked / 10:g}%" if self.asked else "—"


@dataclass(frozen=True)
class UnitTally:
    """A body directly below, or the people of the body itself."""

    org: Org
    tally: Tally
    is_own: bool = False


@dataclass
class Named:
    """One person and the items for which they are counted."""

    person: int
    org: int
    stands: list[Stands] = field(default_factory=list)

    def items(self) -> list[Requirement]:
        """Those items with their arithmetic, which does not say which leave it was."""
        return [requirement(one, plainly=True) for one in self.stands]

    @property
    def words(self) -> str:
        """Each item with what is left of it, or why nothing is asked, or that it is done."""
        return "；".join(map(_why, self.items()))


def _why(one: Requirement) -> str:
    if one.is_open:
        return f"{one.label}{one.state}（{one.due.month} 月 {one.due.day} 日）"
    if one.verdict.state == State.EXCUSED:
        return f"{one.label}：{one.state}，{''.join(one.lines[1:-1]).removesuffix('。')}"
    if one.verdict.state == State.UNKNOWN:
        return f"{one.label}：入职日期还没有登记"
    return f"{one.label}：{one.state}"


def rules_at(org: Org, day: date, *, closed: bool = False) -> list[StudyRule]:
    """Rules that may mean people of a body, those from above first.

    For turns that have ended, versions of up to a year ago too, which judge them.
    """
    rows = StudyRule.objects.judging(day) if closed else StudyRule.objects.on(day)
    rows = rows.filter(rules_for(org.path)).select_related("org")
    return list(rows.order_by("org__path", "title", "pk"))


def court(org: Org, rules: Iterable[int], day: date) -> Court:
    """The people of a body with all below, judged by some rules."""
    wanted: Sequence[Told] = all_told(Q(pk__in=list(rules)))
    return Court(Scope(path=org.path), wanted, day)


def is_large(org: Org, day: date) -> bool:
    """Whether so many people belong to it that one rule at a time is asked."""
    rows = Membership.objects.on(day).filter(org__within=(org.path,)).order_by()
    return len(rows.values_list("pk")[: LARGE + 1]) > LARGE


def worst(stands: Iterable[Stands]) -> dict[int, tuple[int, str]]:
    """Person → the rank of their worst item, and the path of their body."""
    found: dict[int, tuple[int, str]] = {}
    for one in stands:
        rank = RANK[one.verdict.state]
        known = found.get(one.person)
        if known is None or rank > known[0]:
            found[one.person] = (rank, one.crowd.path)
    return found


def tallies(org: Org, found: dict[int, tuple[int, str]]) -> tuple[Tally, list[UnitTally]]:
    """The sum of a body, and each body directly below with all below it."""
    total, by_path = Tally(), defaultdict[str, Tally](Tally)
    depth = len(org.path) + STEP
    for rank, path in found.values():
        total.add(WORSE[rank])
        by_path[path[:depth]].add(WORSE[rank])
    below = Org.objects.filter(path__in=by_path).order_by("path")
    return total, [UnitTally(one, by_path[one.path], one.pk == org.pk) for one in below]


def counted(
    stands: Iterable[Stands], found: dict[int, tuple[int, str]], states: frozenset[State]
) -> list[Named]:
    """The people a tally counts in these states, by body, each with the items that are."""
    named: dict[int, Named] = {}
    for one in stands:
        if one.verdict.state in states and WORSE[found[one.person][0]] in states:
            who = named.setdefault(one.person, Named(one.person, one.crowd.org))
            who.stands.append(one)
    return sorted(named.values(), key=lambda who: (who.org, who.person))


def people_by(numbers: Iterable[int]) -> dict[int, Person]:
    """The people of these numbers, with where they are."""
    return Person.objects.select_related("org").in_bulk(list(numbers))


def seen_people(actor: Actor) -> QuerySet[Person]:
    """Those whose learning the actor may look at."""
    return sees_person.narrow(Person.objects.select_related("org"), actor)
