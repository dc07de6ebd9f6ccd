"""How people stand with study rules on a day: sums of credits by sets, and a verdict for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


class Sums:
    """What people have earned towards an item in a period, up to a day, in hundredths."""

    def __init__(self, scope: Scope, day: date) -> None:
        self.scope, self.day = scope, day
        self._found: dict[tuple[int, int, Period], dict[int, int]] = {}

    def of(self, told: Told, kept: StudyItem, item: Item, period: Period) -> dict[int, int]:
        """Person → the sum; asked of the database once."""
        key = (told.rule.number, item.number, period)
        if key not in self._found:
            rows = self._rows(kept).filter(on__range=(period.start, min(period.end, self.day)))
            by_person: Any = rows.values("person_id").annotate(earned=_earned(kept))
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
    """Judges the people of a scope by rules on a day: the turns that run, or those just closed."""

    def __init__(
        self, scope: Scope, wanted: Sequence[Told], day: date, *, closed: bool = False
    ) -> None:
        self.wanted, self.day, self.closed = wanted, day, closed
        self.crowds = crowds(scope, wanted, day)
        count = sum(len(crowd.people) for crowd in self.crowds)
        people = frozenset(pk for crowd in self.crowds for pk in crowd.people)
        self.sums = Sums(Scope(people=people) if count <= 500 else scope, day)
        self.calendars = Calendars()

    def stands(self) -> Iterator[Stands]:
        """Everybody a rule means, with every item of it."""
        for told in self.wanted:
            fits = [(crowd, fit(told.rule, crowd.life)) for crowd in self.crowds]
            fits = [(crowd, found) for crowd, found in fits if found.stays]
            for kept, item in told.pairs():
                by = self._once if item.every == Every.ONCE else self._turn
                yield from by(told, kept, item, fits)

    def _turn(
        self, told: Told, kept: StudyItem, item: Item, fits: list[tuple[Crowd, Fit]]
    ) -> Iterator[Stands]:
        asked: dict[tuple[Fit, int], Asked | None] = {}
        made: dict[tuple[int, int, int], Verdict] = {}
        for crowd, found in fits:
            calendar = self.calendars.at(crowd.path)
            key = (found, id(calendar))
            if key not in asked:
                asked[key] = self._ask(told, item, found, calendar)
            one = asked[key]
            if one is None:
                continue
            sums = self.sums.of(told, kept, item, one.slot.period)
            carried = self._carried(told, kept, item, found, calendar, one.slot)
            for person in crowd.people:
                state = (id(one), sums.get(person, 0), carried(person))
                if state not in made:
                    made[state] = judge(item, one, state[1], state[2], self.day)
                yield Stands(person, crowd, told, made[state])

    def _ask(self, told: Told, item: Item, found: Fit, calendar: Calendar) -> Asked | None:
        which = slot_before if self.closed else slot_on
        slot = which(item.every, self.day, calendar)
        if slot is None:
            return None
        one = ask(told.rule, item, slot, found, calendar)
        return one if one.is_asked else None

    def _carried(
        self,
        told: Told,
        kept: StudyItem,
        item: Item,
        found: Fit,
        calendar: Calendar,
        last: Slot,
    ) -> Any:
        """A function from a person to what earlier turns left them."""
        if not item.carry:
            return lambda person: 0
        earlier = [
            (ask(told.rule, item, slot, found, calendar), slot)
            for slot in slots_until(item.every, told.rule.since, last, calendar)
            if slot != last
        ]
        turns = [
            (one.required, self.sums.of(told, kept, item, slot.period)) for one, slot in earlier
        ]

        def carried(person: int) -> int:
            left = 0
            for required, sums in turns:
                left = carried_on(item, required, sums.get(person, 0), left)
            return left

        return carried

    def _once(
        self, told: Told, kept: StudyItem, item: Item, fits: list[tuple[Crowd, Fit]]
    ) -> Iterator[Stands]:
        asked = [
            (crowd, one)
            for crowd, found in fits
            if (one := ask_once(told.rule, item, found, self.day)) is not None
            and (not self.closed or one.due < self.day)
        ]
        if not asked:
            return
        first = min(one.slot.period.start for _, one in asked)
        earned = self.sums.since(kept, first)
        for crowd, one in asked:
            start = one.slot.period.start
            for person in crowd.people:
                done = sum(amount for on, amount in earned.get(person, ()) if on >= start)
                yield Stands(person, crowd, told, judge(item, one, done, 0, self.day))


def rules_for_one(path: str) -> Q:
    """The condition on rules made where a person belongs or above."""
    return Q(org__path__in=[path[:end] for end in range(STEP, len(path) + 1, STEP)])


def rules_for(path: str) -> Q:
    """The condition on rules that may mean people of a body with all below."""
    return rules_for_one(path) | subtree(path, field="org")
