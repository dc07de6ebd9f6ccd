"""What is asked of one person today, how they stand, and how it was reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gonghui.core.credits.ways import Way, ways_to
from gonghui.core.people.models import Person

from ..engine.judging import State, Verdict
from ..engine.slots import Every
from ..engine.words import STATES, TONES, amount, arithmetic, asked_words
from ..models import LeaveKind, StudyRule
from .judged import Court, Stands, rules_for_one
from .lives import Scope
from .told import Calendars, Told, all_told


@dataclass(frozen=True)
class Requirement:
    """One item as its person sees it."""

    rule: StudyRule
    verdict: Verdict
    lines: tuple[str, ...]
    kinds: tuple[str, ...] = ()  # of credit that a person may earn towards it in their own right

    @property
    def label(self) -> str:
        return self.verdict.item.label

    @property
    def asked(self) -> str:
        return asked_words(self.verdict.item)

    @property
    def turn(self) -> str:
        return self.verdict.asked.slot.name

    @property
    def head(self) -> str:
        """每月 1 篇 · 2026 年 11 月; what is asked once says its turn in its words."""
        return self.asked if self.turn in self.asked else f"{self.asked} · {self.turn}"

    @property
    def ways(self) -> list[Way]:
        """How the person puts down what is missing; nothing where only records count."""
        return ways_to(self.kinds) if self.is_open else []

    @property
    def due(self) -> date:
        return self.verdict.due

    @property
    def state(self) -> str:
        """还差 1 篇, 已完成, 本期免."""
        if self.verdict.state == State.OPEN:
            return f"还差 {amount(self.verdict.missing)} {self.verdict.item.unit}"
        return STATES[self.verdict.state]

    @property
    def tone(self) -> str:
        return TONES[self.verdict.state]

    @property
    def share(self) -> float | None:
        """What is done of what is asked, at most all of it; of nothing there is no share."""
        required = self.verdict.required
        return min(1.0, self._done / required) if required else None

    @property
    def counted(self) -> str:
        """笔记 3 / 5."""
        return f"{self.label} {amount(self._done)} / {amount(self.verdict.required)}"

    @property
    def _done(self) -> int:
        return self.verdict.done + self.verdict.carried

    @property
    def is_open(self) -> bool:
        return self.verdict.state in (State.OPEN, State.LATE)


@dataclass(frozen=True)
class Mine:
    """A person's study rules: this turn's items, what the turn before left undone, and what cannot
    be reckoned because the day of hire or a calendar was never entered.
    """

    now: tuple[Requirement, ...]
    late: tuple[Requirement, ...]
    unknown: tuple[Requirement, ...]
    without_calendar: tuple[tuple[StudyRule, str], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.now or self.late or self.unknown or self.without_calendar)

    @property
    def open(self) -> list[Requirement]:
        return [one for one in self.now if one.is_open]


def standing_of(person: Person, day: date, *, plainly: bool = False) -> Mine:
    """How a person stands with every rule above them; ``plainly`` does not say which leave."""
    wanted = all_told(rules_for_one(person.org.path) & Q(since__lte=day))
    if not wanted:
        return Mine((), (), (), ())
    court = Court(Scope(people=frozenset({person.pk})), wanted, day)
    late = [one for one in court.stands(closed=True) if one.verdict.state == State.LATE]
    once = {id(one.verdict.item) for one in late if one.verdict.item.every == Every.ONCE}
    now = [one for one in court.stands() if id(one.verdict.item) not in once]
    running = [one for one in wanted if one.kept.is_on(day)]
    known = [one for one in now if one.verdict.state != State.UNKNOWN]
    unknown = [one for one in now if one.verdict.state == State.UNKNOWN]
    return Mine(
        tuple(requirement(one, plainly=plainly) for one in known),
        tuple(requirement(one, plainly=plainly) for one in late),
        tuple(requirement(one, plainly=plainly) for one in unknown),
        tuple(_unreckoned(running, court.calendars, person)) if court.crowds else (),
    )


def requirement(one: Stands, *, plainly: bool) -> Requirement:
    leaves = dict(LeaveKind.choices)
    lines = arithmetic(one.told.rule, one.verdict, leaves, plainly=plainly)
    return Requirement(one.told.kept, one.verdict, tuple(lines), _own_kinds(one))


def _own_kinds(one: Stands) -> tuple[str, ...]:
    """What counts for an item, where it does not ask for a role in what others hold."""
    kept = next(kept for kept, item in one.told.pairs() if item is one.verdict.item)
    return () if kept.roles else tuple(kept.kinds)


def _unreckoned(
    wanted: Sequence[Told], calendars: Calendars, person: Person
) -> list[tuple[StudyRule, str]]:
    """Items by terms or school years where nobody entered any."""
    calendar = calendars.at(person.org.path)
    lacking = {Every.TERM: not calendar.terms, Every.SCHOOL_YEAR: not calendar.years}
    return [
        (told.kept, item.label)
        for told in wanted
        for item in told.rule.items
        if lacking.get(item.every)
    ]
