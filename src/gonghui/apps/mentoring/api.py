"""What others may ask of mentoring."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import changes_of, snapshot

from .actions.growing import answer_wish, credit_recognition, place_person, wish
from .actions.pairs import confirm_lesson, pass_milestone, propose_pair, write_lesson
from .actions.tracks import adopt, set_tiers
from .flow import LIFE
from .models import DegreeTarget, Ladder, Offer, Pair, Recognition, Track

R = TypeVar("R", bound=OrgRecord)

__all__ = [
    "Offer", "Pair", "Track", "adopt", "answer_wish", "confirm_lesson", "keep_ladder", "offer",
    "pair_up", "pass_milestone", "place_person", "recognise", "set_target", "step", "wish",
    "write_lesson",
]  # fmt: skip


def pair_up(org: Org, mentor: Person, apprentice: Person, *, by: Actor, **facts: Any) -> Pair:
    """Propose that one brings on the other."""
    return propose_pair(Pair(org=org, mentor=mentor, apprentice=apprentice, **facts), by=by)


def step(pair: Pair, name: str, *, by: Actor, **answers: Any) -> Pair:
    """Take a step of a pair's life."""
    taken: Any = LIFE.perform(pair, name, by=by, **answers)
    made: Pair = taken
    return made


@transaction.atomic
def keep_ladder(org: Org, title: str, tiers: list[tuple[str, str]], *, by: Actor) -> Ladder:
    """A body's tiers from the lowest up, each with what is done for those on it."""
    ladder = Ladder.objects.create(org=org, title=title)
    record(ladder, "create", by=by, changes=changes_of({}, snapshot(ladder)), is_new=True)
    rows = [
        {"position": n, "name": name, "words": words} for n, (name, words) in enumerate(tiers, 1)
    ]
    return set_tiers(ladder, rows, by=by)


@transaction.atomic
def set_target(org: Org, *, by: Actor, **facts: Any) -> DegreeTarget:
    """A body's target of higher degrees."""
    return _kept(DegreeTarget(org=org, **facts), by)


@transaction.atomic
def offer(org: Org, *, by: Actor, **facts: Any) -> Offer:
    """Study away that a body offers."""
    return _kept(Offer(org=org, **facts), by)


@transaction.atomic
def recognise(
    org: Org, person: Person, kind: str, *, on: date, evidence: str, by: Actor
) -> Recognition:
    """A body recognises somebody as one of the four kinds of worker."""
    facts = {"kind": kind, "on": on, "year": on.year, "evidence": evidence}
    made = _kept(Recognition(org=org, person=person, **facts), by)
    credit_recognition(made, by=by)
    return made


def _kept(row: R, by: Actor) -> R:
    row.full_clean(exclude=["org"])
    row.save()
    record(row, "create", by=by, changes=changes_of({}, snapshot(row)), is_new=True)
    return row
