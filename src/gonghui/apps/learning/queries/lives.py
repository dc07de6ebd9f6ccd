"""The lives of many people at once: where they stood, what excuses them, by few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from gonghui.core.orgs.models import STEP, Org
from gonghui.core.people.models import Membership, Post, Standing
from gonghui.kit.deadlines import add_months

from ..engine.facts import Away, Held, Life, Part, Rule, Stay
from ..engine.slots import Every
from ..models import Hire, Leave, PartTime
from .told import Told

FEW = 500  # people who are asked for by their numbers
# How far back the last closed turn may begin.
BACK = {Every.WEEK: 14, Every.MONTH: 62}
YEARS_BACK = 2 * 366


@dataclass(frozen=True)
class Scope:
    """Whose people are judged: those of a body with all below, or these few."""

    path: str = ""
    people: frozenset[int] | None = None

    def of(self, key: str = "person") -> Q:
        """The condition on a row's person; the whole tree needs none."""
        if self.people is not None:
            return Q(**{f"{key}__in": self.people})
        if len(self.path) <= STEP:
            return Q()
        return Q(**{f"{key}__org__within": (self.path,)})


@dataclass(frozen=True)
class Crowd:
    """People of one body whose days are all alike."""

    life: Life
    path: str
    org: int
    people: Sequence[int]


@dataclass(frozen=True)
class _Body:
    path: str
    kind: str


def first_day(wanted: Iterable[Told], day: date) -> date:
    """The first day on which anything may matter; of what is asked once, the months before too."""
    return min((_first(one.rule, day) for one in wanted), default=day)


def _first(rule: Rule, day: date) -> date:
    starts = [day]
    for item in rule.items:
        if item.every == Every.ONCE:  # who was there so long before the rule was hired before it
            starts.append(rule.origin - timedelta(31 * item.months + 1))
            continue
        days = BACK.get(item.every, YEARS_BACK)
        starts.append(max(rule.origin, rule.since if item.carry else day - timedelta(days)))
    return min(starts)


def crowds(scope: Scope, wanted: Sequence[Told], day: date) -> list[Crowd]:
    """The people on the books of a scope on a day, those with the same life together."""
    since = first_day(wanted, day)
    spans = _spans(scope, since)
    here = {person: now for person, rows in spans.items() if (now := _now(rows, day)) is not None}
    small = Scope(people=frozenset(here)) if len(here) <= FEW else scope
    bodies = _bodies({row[1] for person in here for row in spans[person]})
    further = _Further(small, [one.rule for one in wanted], since)
    found: dict[tuple[Any, int], list[int]] = defaultdict(list)
    lives: dict[Any, Life] = {}
    stood: dict[Any, tuple[Stay, ...]] = {}  # one for all who stood alike, told by its identity
    for person, now in here.items():
        rows = spans[person]
        where = tuple(row[1:] for row in rows)
        key: Any = (where, further.key(person))
        if key not in lives:
            if where not in stood:
                stood[where] = tuple(_stay(row, bodies, since) for row in rows)
            lives[key] = further.life(person, stood[where])
        found[lives[key], now].append(person)
    return [
        Crowd(life, bodies[org].path, org, people)
        for (life, org), people in found.items()
        if not scope.path or bodies[org].path.startswith(scope.path)
    ]


Row = tuple[int, int, str, str, date | None, date | None]


def _spans(scope: Scope, since: date) -> dict[int, list[Row]]:
    """Person → where they stood from a day on; a span that began earlier has no beginning."""
    rows = Membership.objects.filter(scope.of(), Q(until=None) | Q(until__gte=since))
    rows = rows.exclude(standing=Standing.RETAINED).order_by()
    names = ("person_id", "org_id", "standing", "employment", "since", "until")
    found: dict[int, list[Row]] = {}
    for person, org, standing, employment, start, end in rows.values_list(*names):
        row = (person, org, standing, employment, start if start > since else None, end)
        if person in found:
            found[person].append(row)
        else:
            found[person] = [row]
    return found


def _now(rows: list[Row], day: date) -> int | None:
    """The body a person belongs to on the day."""
    for row in rows:
        start, end = row[4], row[5]
        if (start is None or start <= day) and (end is None or end >= day):
            return row[1]
    return None


def _bodies(wanted: set[int]) -> dict[int, _Body]:
    rows = Org.objects.order_by().values_list("pk", "path", "kind")
    if len(wanted) <= FEW:
        rows = rows.filter(pk__in=wanted)
    return {pk: _Body(path, kind) for pk, path, kind in rows}


def _stay(row: Row, bodies: dict[int, _Body], since: date) -> Stay:
    _, org, standing, employment, start, end = row
    return Stay(bodies[org].path, bodies[org].kind, standing, employment, start, end)


class _Further:
    """Leave, part-time posts, posts and days of hire of those who have any."""

    def __init__(self, scope: Scope, rules: list[Rule], since: date) -> None:
        self.aways, self.parts = _aways(scope, since), _parts(scope, since)
        self.posts = _posts(scope, rules, since)
        self.hires = _hires(scope, rules, since)

    def key(self, person: int) -> tuple[Any, ...]:
        return (
            self.aways.get(person),
            self.parts.get(person),
            self.posts.get(person),
            self.hires.get(person),
        )

    def life(self, person: int, stays: tuple[Stay, ...]) -> Life:
        return Life(
            stays,
            self.posts.get(person, ()),
            self.aways.get(person, ()),
            self.parts.get(person, ()),
            self.hires.get(person),
        )


def _aways(scope: Scope, since: date) -> dict[int, tuple[Away, ...]]:
    rows = Leave.objects.filter(scope.of(), until__gte=since).order_by("since", "pk")
    return _by_person(
        (person, Away(kind, start, end))
        for person, kind, start, end in rows.values_list("person_id", "kind", "since", "until")
    )


def _parts(scope: Scope, since: date) -> dict[int, tuple[Part, ...]]:
    rows = PartTime.objects.filter(scope.of(), Q(until=None) | Q(until__gte=since))
    return _by_person(
        (person, Part(share, start, end))
        for person, share, start, end in rows.order_by("since", "pk").values_list(
            "person_id", "share", "since", "until"
        )
    )


def _posts(scope: Scope, rules: list[Rule], since: date) -> dict[int, tuple[Held, ...]]:
    titles = {title for rule in rules for title in rule.titles}
    if not titles:
        return {}
    rows = Post.objects.filter(scope.of(), Q(until=None) | Q(until__gte=since), title__in=titles)
    return _by_person(
        (person, Held(path, title, start, end))
        for person, path, title, start, end in rows.order_by("since", "pk").values_list(
            "person_id", "org__path", "title", "since", "until"
        )
    )


def _hires(scope: Scope, rules: list[Rule], since: date) -> dict[int, date]:
    """Days of hire; all that lie so far back that no rule can tell them apart are one day."""
    months = [rule.from_month or 0 for rule in rules] + [rule.to_month or 0 for rule in rules]
    months += [item.months for rule in rules for item in rule.items]
    floor = add_months(since, -max(months, default=0) - 1) if any(months) else since
    rows = Hire.objects.filter(scope.of()).order_by()
    if not any(months):
        rows = rows.filter(on__gt=since)
    return {person: max(on, floor) for person, on in rows.values_list("person_id", "on")}


def _by_person(rows: Iterable[tuple[int, Any]]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for person, one in rows:
        found[person].append(one)
    return {person: tuple(ones) for person, ones in found.items()}
