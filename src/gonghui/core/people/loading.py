"""Many new people at once, each with the ledger and the spans that follow from their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from gonghui.kit.loading import Row, blanks, load, moment, new_keys

from .ledger import ENTRY, SPAN, row_of
from .models import Act, LedgerEntry, Membership, Person, Standing
from .replay import Line, Span, Step, spans_of, walk


class Begun(NamedTuple):
    """What the ledger of a new person begins with; equal beginnings are walked once."""

    org: int
    employment: str
    joined_on: date | None
    left_on: date | None


@transaction.atomic
def load_people(
    people: Sequence[Mapping[str, Any]], *, day: date, source: str, made_by: Person | None = None
) -> list[int]:
    """Add people by their values (``org`` is its key, days are spelled); keys come in order.

    As ``ledger.open_books`` has it: who joined on a day has been a member since, of all others
    it is known only that they are here from ``day`` on.
    """
    keys = new_keys(Person, len(people))
    blank = blanks(Person)
    names = ("id", *blank)
    load(Person, names, (_row(key, one, blank) for key, one in zip(keys, people, strict=True)))
    begun = [(key, _begun(one)) for key, one in zip(keys, people, strict=True)]
    made = (source, moment(timezone.now()), made_by.pk if made_by else None)
    load(LedgerEntry, ENTRY, _entries(begun, day, made))
    load(Membership, SPAN, _spans(begun, day))
    return keys


def _row(key: int, person: Mapping[str, Any], blank: Mapping[str, Any]) -> list[Any]:
    return [key, *(person.get(name, nothing) for name, nothing in blank.items())]


def _begun(person: Mapping[str, Any]) -> Begun:
    joined, left = (_day(person.get(name)) for name in ("joined_on", "left_on"))
    return Begun(person["org"], person.get("employment", ""), joined, left)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _entries(
    people: Iterable[tuple[int, Begun]], day: date, made: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    source, at, by = made
    for key, begun in people:
        for step in _story(begun, day)[0]:
            state = step.after or step.before
            standing = step.after.standing if step.after else ""
            org, employment = (state.org, state.employment) if state else (begun.org, "")
            line = step.line
            yield (
                key,
                line.day.isoformat(),
                line.act,
                org,
                standing,
                employment,
                None,
                "",
                source,
                at,
                by,
            )


def _spans(people: Iterable[tuple[int, Begun]], day: date) -> Iterator[Row]:
    for key, begun in people:
        for span in _story(begun, day)[1]:
            yield row_of(key, span)


@lru_cache(maxsize=20_000)
def _story(begun: Begun, day: date) -> tuple[list[Step], list[Span]]:
    org, employment, joined, left = begun
    if joined:
        lines = [Line(1, joined, Act.JOIN, org, "", employment)]
    else:
        since = min(day, left) if left else day
        lines = [Line(1, since, Act.ENTER, org, Standing.WORKER, employment)]
    if left:
        lines.append(Line(2, left, Act.LEAVE))
    steps = walk(lines)
    return steps, spans_of(steps)
