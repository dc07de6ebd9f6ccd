"""Who would meet a rule today, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from gonghui.core.people.models import Person

from ..models import StudyItem, StudyRule
from .judged import Court
from .lives import Scope
from .standing import SHOWN, Tally, UnitTally, counted, people_by, tallies, worst
from .told import told

NAMED = 50  # of each sort; of more the number is said
BEFORE = timedelta(days=366)
SORTS = ("lacking", "met", "excused", "unknown")


@dataclass(frozen=True)
class Some:
    """People who would stand alike, with why: the first of them, and how many there are more."""

    sort: str
    title: str
    rows: list[tuple[Person, str]]
    more: int


@dataclass(frozen=True)
class Trial:
    """How people would stand: counts in all and by unit, names, and items no turn runs of."""

    tally: Tally
    units: list[UnitTally]
    named: list[Some]
    without_turn: tuple[str, ...]


def trial(rule: StudyRule, items: Iterable[StudyItem], day: date) -> Trial:
    """As if the rule had been in force all along: by the records there are today."""
    trying = copy(rule)
    trying.since, trying.until = min(rule.since, day - BEFORE), None
    one = told(trying, items)
    stands = list(Court(Scope(path=rule.org.path), [one], day).stands())
    found = worst(stands)
    total, units = tallies(rule.org, found)
    found_by = {sort: counted(stands, found, SHOWN[sort][1]) for sort in SORTS}
    shown = [who.person for rows in found_by.values() for who in rows[:NAMED]]
    people = people_by(shown)
    seen = {stand.verdict.item.number for stand in stands}
    return Trial(
        total,
        units if len(units) > 1 else [],
        [
            Some(
                sort,
                f"{SHOWN[sort][0]}（{len(rows)} 人）",
                [(people[who.person], who.words) for who in rows[:NAMED]],
                max(0, len(rows) - NAMED),
            )
            for sort, rows in found_by.items()
            if rows
        ],
        tuple(item.label for item in one.rule.items if item.number not in seen),
    )
