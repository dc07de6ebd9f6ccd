"""How people stand with study rules on a day: sums of credits by sets, and a verdict for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round

from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import STEP, subtree
from gonghui.kit.dates import Period

from ..engine.asking import Asked, Fit, ask, ask_once, fit
from ..engine.facts import WHOLE, Item
from ..engine.judging import Verdict, carried_on, judge
from ..engine.slots import Calendar, Every, Slot, slot_before, slot_on, slots_until
from ..models import Measure, StudyItem
from .lives import Crowd, Scope, crowds
from .told import Calendars, Told


@dataclass(frozen=True, slots=True)
class Stands:
    """One person and one item: how they stand."""

    person: int
    crowd: Crowd
    told: Told
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Line:
    """An item of a rule in both shapes, and whether its closed turn is judged."""

    told: Told
    kept: StudyItem
    item: Item
    closed: bool


Fits = list[tuple[Crowd, Fit]]


class Sums:
    """What people have earned towards an item in a period, up to a day, in hundredths."""

    def __init__(self, scope: Scope, day: date) -> None:
        self.scope, self.day = scope, day
        self._found: dict[tuple[int, int, Period], dict[int, int]] = {}

    def of(self, line: _Line, period: Period) -> dict[int, int]:
        """Person → the sum; asked of the database once."""
        key = (line.told.rule.number, line.item.number, period)
        if key not in self._found:
            last = min(period.end, self.day)
            rows = self._rows(line.kept).filter(on__range=(period.start, last))
            by_person: Any = rows.values("person_id").annotate(earned=_earned(line.kept))
            self._found[key] = dict(by_person.values_list("person_id", "earned"))
        return self._found[key]

    def since(self, kept: StudyItem, first: date) -> dict[int, list[tuple[date, int]]]:
        """Person → each day and what was earned on it, from a day on."""
        rows: Any = self._rows(kept).filter(on__range=(first, self.day))
        found: dict[int, list[tuple[date, int]]] = defaultdict(list)
        days = rows.values("person_id", "on").annotate(earned=_earned(kept))
        for person, on, earned in days.values_list("person_id", "on", "earned"):
            found[person].append((on, earned))
        return found

    def _rows(self, kept: StudyItem) -> QuerySet[Credit]:
        rows = Credit.objects.standing().filter(self.scope.of(), kind__in=kept.kinds).order_by()
        if kept.roles:
            rows = rows.filter(role__in=kept.roles)
        return rows.filter(category__in=kept.categories) if kept.categories else rows


def _earned(kept: StudyItem) -> Any:
    """In hundredths, as a whole number in either database."""
    if kept.measure == Measure.TIMES:
        return Count("pk") * WHOLE
    return Cast(Round(Sum(F("amount")) * WHOLE), IntegerField())


class Court:
    """Judges the people of a scope by rules on a day."""

    def __init__(self, scope: Scope, wanted: Sequence[Told], day: date) -> None:
        self.wanted, self.day = wanted, day
        self.crowds = crowds(scope, wanted, day)
        count = sum(len(crowd.people) for crowd in self.crowds)
        people = frozenset(pk for crowd in self.crowds for pk in crowd.people)
        self.sums = Sums(Scope(people=people) if count <= 500 else scope, day)
        self.calendars = Calendars()

    def stands(self, *, closed: bool = False) -> Iterator[Stands]:
        """Everybody a rule means, with every item: in the turn that runs, or the last to close."""
        for told in self.wanted:
            if not closed and not told.kept.is_on(self.day):
                continue
            fits = [(crowd, fit(told.rule, crowd.life)) for crowd in self.crowds]
            fits = [(crowd, found) for crowd, found in fits if found.stays]
            for kept, item in told.pairs():
                by = self._once if item.every == Every.ONCE else self._turn
                yield from by(_Line(told, kept, item, closed), fits)

    def _turn(self, line: _Line, fits: Fits) -> Iterator[Stands]:
        asked: dict[tuple[Fit, int], Asked | None] = {}
        made: dict[tuple[int, int, int], Verdict] = {}
        slots: dict[int, Slot | None] = {}
        which = slot_before if line.closed else slot_on
        for crowd, whole in fits:
            calendar = self.calendars.at(crowd.path)
            if id(calendar) not in slots:
                slots[id(calendar)] = which(line.item.every, self.day, calendar)
            slot = slots[id(calendar)]
            if slot is None:
                continue
            found = _alike(line, whole, slot)
            key = (found, id(calendar))
            if key not in asked:
                made_of = ask(line.told.rule, line.item, slot, found, calendar)
                asked[key] = made_of if made_of.is_asked else None
            if (one := asked[key]) is None:
                continue
            sums = self.sums.of(line, one.slot.period)
            carried = self._carried(line, found, calendar, one.slot)
            for person in crowd.people:
                state = (id(one), sums.get(person, 0), carried(person))
                if state not in made:
                    made[state] = judge(line.item, one, state[1], state[2], self.day)
                yield Stands(person, crowd, line.told, made[state])

    def _carried(
        self, line: _Line, found: Fit, calendar: Calendar, last: Slot
    ) -> Callable[[int], int]:
        """A function from a person to what earlier turns left them."""
        item, rule = line.item, line.told.rule
        if not item.carry:
            return lambda person: 0
        turns = [
            (
                ask(rule, item, slot, found, calendar).required,
                self.sums.of(line, slot.period),
            )
            for slot in slots_until(item.every, rule.since, last, calendar)
            if slot != last
        ]

        def carried(person: int) -> int:
            left = 0
            for required, sums in turns:
                left = carried_on(item, required, sums.get(person, 0), left)
            return left

        return carried

    def _once(self, line: _Line, fits: Fits) -> Iterator[Stands]:
        asked = [
            (crowd, one)
            for crowd, found in fits
            if (one := ask_once(line.told.rule, line.item, found, self.day)) is not None
            and (not line.closed or one.due < self.day)
        ]
        if not asked:
            return
        first = min(one.slot.period.start for _, one in asked)
        earned = self.sums.since(line.kept, first)
        for crowd, one in asked:
            start = one.slot.period.start
            for person in crowd.people:
                done = sum(amount for on, amount in earned.get(person, ()) if on >= start)
                yield Stands(person, crowd, line.told, judge(line.item, one, done, 0, self.day))


def _alike(line: _Line, found: Fit, slot: Slot) -> Fit:
    """Without a day of hire that changes nothing, so that many more are reckoned as one."""
    if found.hired is None or line.item.carry or line.told.rule.asks_tenure:
        return found
    return replace(found, hired=None) if found.hired <= slot.period.start else found


def rules_for_one(path: str) -> Q:
    """The condition on rules made where a person belongs or above."""
    return Q(org__path__in=[path[:end] for end in range(STEP, len(path) + 1, STEP)])


def rules_for(path: str) -> Q:
    """The condition on rules that may mean people of a body with all below."""
    return rules_for_one(path) | subtree(path, field="org")
