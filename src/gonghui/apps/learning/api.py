"""What others may ask of study rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import changes_of, snapshot

from .actions.rules import keep_rule
from .models import Hire, Leave, Season, StudyItem, StudyRule
from .queries.person import standing_of
from .queries.templates import initial_of, template


def lay_down(
    org: Org,
    key: str,
    *,
    since: date,
    by: Actor,
    gaps: Mapping[str, int] | None = None,
    **said: Any,
) -> StudyRule:
    """Make a shipped template a body's own rule; ``gaps`` fills what its paper leaves out."""
    one = template(key)
    if one is None:
        raise ValueError(f"no template is called {key!r}")
    facts, rows = initial_of(one)
    items = [StudyItem(**_filled(row, gaps or {})) for row in rows]
    return keep_rule(StudyRule(org=org, since=since, **(facts | said)), items, by=by)


def _filled(row: dict[str, Any], gaps: Mapping[str, int]) -> dict[str, Any]:
    least = row["least"] if row["least"] is not None else gaps[row["label"]]
    return row | {"least": Decimal(least)}


@dataclass(frozen=True)
class Ring:
    """One thing asked of a person as a phone draws it: share done, in numbers, what is left."""

    share: float
    title: str
    note: str


def rings_of(person: Person, day: date) -> list[Ring]:
    """What study rules ask of a person: what is late, then what is open, then what is done."""
    found = standing_of(person, day)
    rows = [*found.late, *sorted(found.now, key=lambda one: not one.is_open)]
    return [
        Ring(one.share, one.counted, f"{one.turn} {one.state}")
        for one in rows
        if one.share is not None
    ]


def keep_season(org: Org, *, by: Actor, **facts: Any) -> Season:
    """Put a term or a school year on record."""
    return _kept(Season(org=org, **facts), by)


def note_leave(person: Person, *, by: Actor, **facts: Any) -> Leave:
    """Note that a person is away."""
    return _kept(Leave(person=person, noted_by=by.person, **facts), by)


def note_hire(person: Person, on: date, *, by: Actor) -> Hire:
    """Note the day a person was hired."""
    return _kept(Hire(person=person, on=on), by)


Row = TypeVar("Row", Season, Leave, Hire)


def _kept(row: Row, by: Actor) -> Row:
    row.full_clean()
    row.save()
    record(row, "create", by=by, changes=changes_of({}, snapshot(row)))
    return row
