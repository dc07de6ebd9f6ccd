"""Who would meet a rule today, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from gonghui.core.people.models import Person

from ..engine.judging import State
from ..models import StudyItem, StudyRule
from .judged import Court
from .lives import Scope
from .person import Requirement
from .standing import WORSE, Tally, counted, worst
from .told import told

NAMED = 10
BEFORE = timedelta(days=366)
SHOWN = frozenset({State.OPEN, State.LATE})


@dataclass(frozen=True)
class Trial:
    """How people would stand: counts, some names of those who lack and of those who have done."""

    tally: Tally
    lacking: list[tuple[Person, list[Requirement]]]
    met: list[Person]
    without_turn: tuple[str, ...]


def trial(rule: StudyRule, items: Iterable[StudyItem], day: date) -> Trial:
    """As if the rule had been in force all along: by the records there are today."""
    trying = copy(rule)
    trying.since, trying.until = min(rule.since, day - BEFORE), None
    one = told(trying, items)
    court = Court(Scope(path=rule.org.path), [one], day)
    stands = list(court.stands())
    found, tally = worst(stands), Tally()
    for rank, _ in found.values():
        tally.add(WORSE[rank])
    some = counted(stands, found, SHOWN)[:NAMED]
    done = [pk for pk, (rank, _) in sorted(found.items()) if WORSE[rank] == State.MET][:NAMED]
    people = Person.objects.select_related("org").in_bulk([who.person for who in some] + done)
    seen = {stand.verdict.item.number for stand in stands}
    return Trial(
        tally,
        [(people[who.person], who.items()) for who in some],
        [people[pk] for pk in done],
        tuple(item.label for item in one.rule.items if item.number not in seen),
    )
