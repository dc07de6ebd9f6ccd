"""How people stand with study rules on a day: sums of credits by sets, and a verdict for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round

from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import STEP, subtree
from gonghui.kit.dates import Period
from gonghui.kit.deadlines import add_months

from ..engine.asking import Asked, Fit, ask, ask_once, belonged, fit
from ..engine.facts import WHOLE, Away, Item, Life, Rule
from ..engine.judging import Verdict, carried_on, judge
from ..engine.slots import Calendar, Every, Slot, slot_before, slot_on, slots_until
from ..engine.spans import LAST, ONE_DAY, Spans, meet
from ..models import Measure, StudyItem
from .lives import Crowd, Scope, crowds
from .told import Calendars, Told

ALL, NEVER = "all", "never"  # days of hire that cut nothing off a turn, or all of it
Hired = date | str | None
Alike = tuple[Any, ...]  # all that tells people apart on the days that matter


@dataclass(slots=True)  # not frozen: millions are made, and freezing doubles that
class Stands:
    """One person and one item: how they stand."""

    person: int
    crowd: Crowd
    told: Told
    verdict: Verdict


class _Where:
    """The days on which people belonged where a rule means them: one for all with the same."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._of: dict[int, Spans] = {}
        self._same: dict[Spans, Spans] = {}
        self._within: dict[tuple[int, Period], Spans] = {}

    def of(self, life: Life, days: Period) -> Spans:
        """Of some days; found once for all who stood alike, and equal ones are the very same."""
        key = id(life.stays)
        if key not in self._of:
            self._of[key] = self._one(belonged(self.rule, life.stays))
        spans = self._of[key]
        within = (id(spans), days)
        if within not in self._within:
            self._within[within] = self._one(meet(spans, (days,)))
        return self._within[within]

    def _one(self, spans: Spans) -> Spans:
        return self._same.setdefault(spans, spans)


@dataclass(frozen=True, slots=True)
class _Line:
    """An item of a rule in both shapes, and whether its closed turn is judged."""

    told: Told
    kept: StudyItem
    item: Item
    closed: bool


@dataclass(slots=True)
class _Turn:
    """A turn as it is asked of people alike, and what each has done towards it."""

    asked: Asked
    sums: dict[int, int]
    carried: Callable[[int], int] | None
    made: dict[int, Verdict] = field(default_factory=dict)  # by what was done alone

    def stands(self, crowd: Crowd, line: _Line, day: date) -> list[Stands]:
        """One of each; millions are made, so nothing is judged twice of the same amounts."""
        told, made, done, carried = line.told, self.made.get, self.sums.get, self.carried
        if carried is None:
            return [
                Stands(
                    person, crowd, told, made(n := done(person, 0)) or self._judged(line, day, n)
                )
                for person in crowd.people
            ]
        return [
            Stands(person, crowd, told, self._judged(line, day, done(person, 0), carried(person)))
            for person in crowd.people
        ]

    def _judged(self, line: _Line, day: date, done: int, carried: int = 0) -> Verdict:
        verdict = judge(line.item, self.asked, done, carried, day)
        if self.carried is None:
            self.made[done] = verdict
        return verdict


class Sums:
    """What people have earned towards an item in a period, up to a day, in hundredths.

    Of few people all credits are read once; of many each sum is asked of the database.
    """

    def __init__(self, scope: Scope, day: date) -> None:
        self.scope, self.day = scope, day
        self._found: dict[tuple[Any, ...], dict[int, int]] = {}

    def of(self, line: _Line, period: Period) -> dict[int, int]:
        """Person → the sum; found once, whichever rules ask for it."""
        key = (*_counts(line.kept), period)
        if key not in self._found:
            self._found[key] = self._sums(line.kept, period.start, min(period.end, self.day))
        return self._found[key]

    def since(self, kept: StudyItem, first: date) -> dict[int, list[tuple[date, int]]]:
        """Person → each day and what was earned on it, from a day on."""
        rows: Any = self._rows(kept).filter(on__range=(first, self.day))
        found: dict[int, list[tuple[date, int]]] = defaultdict(list)
        days = rows.values("person_id", "on").annotate(earned=_earned(kept))
        for person, on, earned in days.values_list("person_id", "on", "earned"):
            found[person].append((on, earned))
        return found

    def _sums(self, kept: StudyItem, first: date, last: date) -> dict[int, int]:
        if self.scope.people is None:
            rows: Any = self._rows(kept).filter(on__range=(first, last))
            by_person = rows.values("person_id").annotate(earned=_earned(kept))
            return dict(by_person.values_list("person_id", "earned"))
        found: dict[int, int] = defaultdict(int)
        for person, kind, role, category, on, amount in self._all:
            fits = kind in kept.kinds and (not kept.roles or role in kept.roles)
            fits = fits and (not kept.categories or category in kept.categories)
            if fits and first <= on <= last:
                found[person] += WHOLE if kept.measure == Measure.TIMES else int(amount * WHOLE)
        return found

    @cached_property
    def _all(self) -> list[tuple[Any, ...]]:
        """Every credit of these few people; by the index on the person."""
        rows = Credit.objects.standing().filter(self.scope.of(), on__lte=self.day).order_by()
        return list(rows.values_list("person_id", "kind", "role", "category", "on", "amount"))

    def _rows(self, kept: StudyItem) -> QuerySet[Credit]:
        rows = Credit.objects.standing().filter(self.scope.of(), kind__in=kept.kinds).order_by()
        if kept.roles:
            rows = rows.filter(role__in=kept.roles)
        return rows.filter(category__in=kept.categories) if kept.categories else rows


def _counts(kept: StudyItem) -> tuple[Any, ...]:
    """What an item counts: items alike in it have the same sums."""
    return tuple(kept.kinds), tuple(kept.roles), tuple(kept.categories), kept.measure


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
        self._where: dict[tuple[Any, ...], _Where] = {}
        self._same: dict[tuple[Any, ...], list[tuple[Alike, Crowd]]] = {}

    def stands(self, *, closed: bool = False) -> Iterator[Stands]:
        """Everybody a rule means, with every item: in the turn that runs, or the last to close."""
        for told in self.wanted:
            if not closed and not told.kept.is_on(self.day):
                continue
            for kept, item in told.pairs():
                by = self._once if item.every == Every.ONCE else self._turn
                yield from by(_Line(told, kept, item, closed))

    def _turn(self, line: _Line) -> Iterator[Stands]:
        which = slot_before if line.closed else slot_on
        for calendar, crowds_ in self._by_calendar:
            if (slot := which(line.item.every, self.day, calendar)) is None:
                continue
            turns: dict[Alike, _Turn | None] = {}
            days = _days_that_matter(line, slot)
            for alike, crowd in self._joined(line.told.rule, days, crowds_):
                if alike not in turns:
                    turns[alike] = self._reckoned(line, crowd.life, slot, calendar)
                if (turn := turns[alike]) is not None:
                    yield from turn.stands(crowd, line, self.day)

    @cached_property
    def _by_calendar(self) -> list[tuple[Calendar, list[Crowd]]]:
        """The crowds that go by one calendar."""
        found: dict[int, tuple[Calendar, list[Crowd]]] = {}
        for crowd in self.crowds:
            calendar = self.calendars.at(crowd.path)
            found.setdefault(id(calendar), (calendar, []))[1].append(crowd)
        return list(found.values())

    def _joined(self, rule: Rule, days: _Days, some: list[Crowd]) -> list[tuple[Alike, Crowd]]:
        """Those of a body as one whom nothing tells apart on the days that matter; who is alike in
        two bodies is asked alike.
        """
        means = rule.path, rule.standings, rule.kinds, rule.employments
        key = (id(some), days, means, rule.excuses)
        if key not in self._same:
            where = self._where.setdefault(means, _Where(rule))
            hires: dict[date | None, Hired] = {}
            parts: dict[tuple[Alike, int], list[Crowd]] = {}
            for crowd in some:
                life = crowd.life
                if stood := where.of(life, days.whole):
                    if life.hired not in hires:
                        hires[life.hired] = days.hired(life.hired)
                    aways = days.excused(life.aways, rule) if life.aways else ()
                    alike = (id(stood), life.posts, aways, life.parts, hires[life.hired])
                    parts.setdefault((alike, crowd.org), []).append(crowd)
            self._same[key] = [(alike, _one(crowds_)) for (alike, _), crowds_ in parts.items()]
        return self._same[key]

    def _reckoned(self, line: _Line, life: Life, slot: Slot, calendar: Calendar) -> _Turn | None:
        found = fit(line.told.rule, life)
        one = ask(line.told.rule, line.item, slot, found, calendar)
        if not one.is_asked:
            return None
        carried = self._carried(line, found, calendar, slot) if line.item.carry else None
        return _Turn(one, self.sums.of(line, slot.period), carried)

    def _carried(
        self, line: _Line, found: Fit, calendar: Calendar, last: Slot
    ) -> Callable[[int], int]:
        """A function from a person to what earlier turns left them."""
        item, rule = line.item, line.told.rule
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

    def _once(self, line: _Line) -> Iterator[Stands]:
        rule = line.told.rule
        asked = [
            (crowd, one)
            for crowd in self.crowds
            if (one := ask_once(rule, line.item, fit(rule, crowd.life), self.day)) is not None
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


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that matter to an item in a turn; people alike on them are asked alike."""

    whole: Period  # of this turn, or from the first of those it carries from
    period: Period
    from_month: int | None
    to_month: int | None

    def hired(self, day: date | None) -> Hired:
        """The day itself; or one word for all who lose no day of a turn by it, or every day."""
        if day is None:
            return ALL if self.from_month is None and self.to_month is None else None
        since = add_months(day, self.from_month) if self.from_month else day
        until = add_months(day, self.to_month) - ONE_DAY if self.to_month else LAST
        if since <= self.whole.start and until >= self.whole.end:
            return ALL
        if since > self.period.end or until < self.period.start:
            return NEVER
        return day

    def excused(self, aways: tuple[Away, ...], rule: Rule) -> tuple[Away, ...]:
        """The leaves a rule excuses, as far as they fall on these days."""
        first, last = self.whole.start, self.whole.end
        return tuple(
            Away(one.kind, max(one.since, first), min(one.until, last))
            for one in aways
            if one.kind in rule.excuses and one.since <= last and one.until >= first
        )


def _days_that_matter(line: _Line, slot: Slot) -> _Days:
    rule = line.told.rule
    since = rule.since if line.item.carry else max(rule.since, slot.period.start)
    whole = Period(min(since, slot.period.end), slot.period.end)
    return _Days(whole, slot.period, rule.from_month, rule.to_month)


def _one(crowds_: list[Crowd]) -> Crowd:
    first = crowds_[0]
    if len(crowds_) == 1:
        return first
    people = [person for crowd in crowds_ for person in crowd.people]
    return Crowd(first.life, first.path, first.org, people)


def rules_for_one(path: str) -> Q:
    """The condition on rules made where a person belongs or above."""
    return Q(org__path__in=[path[:end] for end in range(STEP, len(path) + 1, STEP)])


def rules_for(path: str) -> Q:
    """The condition on rules that may mean people of a body with all below."""
    return rules_for_one(path) | subtree(path, field="org")
