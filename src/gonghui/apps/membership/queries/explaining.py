"""Why a headcount changed from one day to another: entry by entry, and by changes of the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, Q

from gonghui.core.orgs.models import Org, OrgVersion
from gonghui.core.people.ledger import lines_of
from gonghui.core.people.models import LedgerEntry, Membership, Person, Standing
from gonghui.core.people.replay import NAMES, State, Step, walk

ONE_DAY = timedelta(days=1)
BATCH = 1000


@dataclass(frozen=True)
class Change:
    """One entry, or one body that came or went, with what it did to the two figures."""

    day: date
    what: str
    org: int
    person: int | None
    workers: int
    members: int
    who: str = ""
    where: str = ""


@dataclass
class Explained:
    """From the evening of the first day to the evening of the last."""

    before: tuple[int, int]
    after: tuple[int, int]
    changes: list[Change] = field(default_factory=list)

    @property
    def groups(self) -> list[tuple[str, int, int, int]]:
        """(what, how many, workers, members) of each sort of change, most first."""
        found: dict[str, list[Change]] = defaultdict(list)
        for one in self.changes:
            found[one.what].append(one)
        rows = [
            (what, len(ones), sum(o.workers for o in ones), sum(o.members for o in ones))
            for what, ones in found.items()
        ]
        return sorted(rows, key=lambda row: -row[1])


class Tree:
    """Which bodies stood below one on the days of a period; only those that ever did are read."""

    def __init__(self, org: Org, first: date, last: date) -> None:
        in_time = (Q(until=None) | Q(until__gte=first)) & (Q(since=None) | Q(since__lte=last))
        versions = OrgVersion.objects.filter(in_time).order_by("since", "pk")
        own = versions.filter(org=org).values_list("since", "until", "path")
        self.tops = [_span(*one) for one in own]
        inside = Q(pk__in=[])
        for _, _, path in self.tops:
            inside |= Q(path__gte=path, path__lt=path + "~")
        self.spans: dict[int, list[tuple[date, date, str]]] = defaultdict(list)
        near = versions.filter(org__in=versions.filter(inside).order_by().values("org"))
        for one, since, until, path in near.values_list("org", "since", "until", "path"):
            self.spans[one].append(_span(since, until, path))
        # Whatever stood below moved along and has a version of its own from that day.
        self.turned = sorted(
            (day, one)
            for one, spans in self.spans.items()
            for day in _turns(spans)
            if first < day <= last
        )

    def holds(self, org: int, day: date) -> bool:
        """Whether a body stood in the tree on a day."""
        top = next((path for since, until, path in self.tops if since <= day <= until), "")
        return bool(top) and any(
            since <= day <= until and path.startswith(top)
            for since, until, path in self.spans.get(org, ())
        )


def _span(since: date | None, until: date | None, path: str) -> tuple[date, date, str]:
    return since or date.min, until or date.max, path


def _turns(spans: list[tuple[date, date, str]]) -> set[date]:
    """The days on which one version gave way to another or to none."""
    begun = {since for since, _, _ in spans if since > date.min}
    return begun | {until + ONE_DAY for _, until, _ in spans if until < date.max}


def explain(org: Org, first: date, last: date) -> Explained:
    """Every change after the first day up to the last; their sums are the difference."""
    tree = Tree(org, first, last)
    changes = _named([*_of_the_tree(tree), *_of_people(tree, first, last)])
    return Explained(_figures(tree, first), _figures(tree, last), changes)


def _named(changes: list[Change]) -> list[Change]:
    """With the names of people and bodies, by day."""
    orgs = Org.objects.in_bulk({one.org for one in changes})
    people = Person.objects.in_bulk({one.person for one in changes if one.person})
    named = [
        Change(
            one.day, one.what, one.org, one.person, one.workers, one.members,
            who=str(people[one.person]) if one.person else str(orgs[one.org]),
            where=str(orgs[one.org]),
        )
        for one in changes
    ]  # fmt: skip
    return sorted(named, key=lambda one: (one.day, one.what, one.who))


def _figures(tree: Tree, day: date) -> tuple[int, int]:
    return _sums(day, [one for one in tree.spans if tree.holds(one, day)])


def _sums(day: date, orgs: Iterable[int]) -> tuple[int, int]:
    """Workers and members of these bodies on a day."""
    held = Membership.objects.on(day).exclude(standing=Standing.RETAINED).order_by()
    rows = held.filter(org__in=list(orgs)).values_list("standing").annotate(number=Count("pk"))
    numbers = dict(rows.values_list("standing", "number"))
    return sum(numbers.values()), numbers.get(Standing.MEMBER, 0)


def _of_the_tree(tree: Tree) -> Iterator[Change]:
    """Bodies that came or went, with the people they had the evening before."""
    for day, one in tree.turned:
        was, is_now = tree.holds(one, day - ONE_DAY), tree.holds(one, day)
        if was == is_now:
            continue
        workers, members = _sums(day - ONE_DAY, [one])
        if workers:
            sign, what = (1, "组织划入") if is_now else (-1, "组织划出")
            yield Change(day, what, one, None, sign * workers, sign * members)


def _of_people(tree: Tree, first: date, last: date) -> Iterator[Change]:
    """What the ledger says of everybody who stood in the tree at some time of the period."""
    ids = _touched(tree, first, last)
    for at in range(0, len(ids), BATCH):
        for person, lines in lines_of(ids[at : at + BATCH]).items():
            for step in walk(lines):
                if first < step.line.day <= last:
                    yield from _change(tree, step, person)


def _touched(tree: Tree, first: date, last: date) -> list[int]:
    near: models.QuerySet[Membership] = Membership.objects.filter(
        Q(until=None) | Q(until__gte=first), org__in=list(tree.spans), since__lte=last
    )
    moved = LedgerEntry.objects.filter(day__gt=first, day__lte=last).order_by()
    people = near.order_by().values("person")
    return sorted(set(moved.filter(person__in=people).values_list("person", flat=True)))


def _change(tree: Tree, step: Step, person: int) -> Iterator[Change]:
    day = step.line.day
    was, is_now = _counted(tree, step.before, day), _counted(tree, step.after, day)
    workers, members = is_now[0] - was[0], is_now[1] - was[1]
    if workers or members:
        state = step.after if is_now[0] or not step.before else step.before
        org = state.org if state else step.line.org
        yield Change(day, _what(step, workers), org, person, workers, members)


def _counted(tree: Tree, state: State | None, day: date) -> tuple[int, int]:
    if state is None or state.standing == Standing.RETAINED or not tree.holds(state.org, day):
        return 0, 0
    return 1, int(state.standing == Standing.MEMBER)


def _what(step: Step, workers: int) -> str:
    if step.line.act in ("transfer", "move"):
        return "转入" if workers > 0 else "转出"
    return NAMES[step.line.act]
