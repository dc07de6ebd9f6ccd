"""The archive of a person: what they wrote down and what other records earned them, by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear

from gonghui.core.access.actor import Actor
from gonghui.core.credits.kinds import kinds
from gonghui.core.credits.models import Credit
from gonghui.core.credits.queries import Total, totals
from gonghui.core.credits.rules import CREDIT_RULES
from gonghui.core.people.models import Person
from gonghui.core.screens.screens import registry
from gonghui.kit.amounts import plain

from ..models import Piece, State
from ..rules import PIECE_RULES

MOST = 400  # lines of one year
ONE = Decimal(1)  # what counts without saying how much


@dataclass(frozen=True)
class Line:
    """One line of an archive: from a piece, or from a record that earned the person something."""

    on: date
    sort: str
    words: str
    amount: str
    url: str = ""
    note: str = ""
    piece: Piece | None = None


@dataclass(frozen=True)
class Asked:
    """What of the archive is wanted."""

    year: int
    kind: str = ""
    q: str = ""


def years_of(person: Person, today: date) -> list[int]:
    """The years with anything in them, the latest first; this one always."""
    credits = Credit.objects.standing().filter(person=person).order_by()
    pieces = Piece.objects.filter(person=person).exclude(on=None).exclude(state=State.DISCARDED)
    found = {today.year}
    for rows in (credits, pieces.order_by()):
        years: Any = rows.annotate(year=ExtractYear("on")).values_list("year", flat=True)
        found |= set(years.distinct())
    return sorted(found, reverse=True)


def sums_of(person: Person, year: int, actor: Actor) -> list[Total]:
    """What the year comes to by kind, as far as the actor may see it."""
    return totals(_credits(person, actor).filter(on__year=year))


def gathered(person: Person, actor: Actor, asked: Asked) -> list[Line]:
    """The lines of a year, the latest first."""
    lines = [*_from_pieces(person, actor, asked), *_from_elsewhere(person, actor, asked)]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _from_pieces(person: Person, actor: Actor, asked: Asked) -> Iterable[Line]:
    rows = PIECE_RULES["view"].narrow(Piece.objects.filter(person=person), actor)
    rows = rows.filter(on__year=asked.year).exclude(state=State.DISCARDED)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.q:
        found = Q(title__contains=asked.q) | Q(text__contains=asked.q)
        rows = rows.filter(found | Q(author__contains=asked.q))
    for one in rows.select_related("confirmed_by")[:MOST]:
        yield Line(one.day, one.sort.label, str(one), amount_of(one), note=one.author, piece=one)


def amount_of(piece: Piece) -> str:
    """How much it counts; nothing is said of what does not count yet."""
    if not piece.is_counting:
        return ""
    unit = kinds[piece.sort.credit].unit
    return f"{plain(piece.amount or ONE)} {unit.label}"


def _from_elsewhere(person: Person, actor: Actor, asked: Asked) -> list[Line]:
    """Credits of other records, each with the door to its record where the actor may go."""
    own = ContentType.objects.get_for_model(Piece)
    rows = _credits(person, actor).filter(on__year=asked.year).exclude(record_type=own)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.q:
        rows = rows.filter(words__contains=asked.q)
    found = list(rows.select_related("org", "confirmed_by", "record_type")[:MOST])
    doors = _doors(found, actor)
    return [
        Line(
            one.on,
            kinds[one.kind].label,
            one.words,
            f"{plain(one.amount)} {one.get_unit_display()}",
            doors.get((one.record_type_id, one.record_id), ""),
            f"{one.org} · {one.get_role_display()}",
        )
        for one in found
    ]


def _credits(person: Person, actor: Actor) -> QuerySet[Credit]:
    rows = Credit.objects.standing().filter(person=person)
    return CREDIT_RULES["view"].narrow(rows, actor)


def _doors(credits: Sequence[Credit], actor: Actor) -> dict[tuple[int, int], str]:
    """The addresses of their records, by two questions a sort of record, never one a line."""
    wanted: dict[ContentType, set[int]] = defaultdict(set)
    for one in credits:
        wanted[one.record_type].add(one.record_id)
    found = {}
    for kind, numbers in wanted.items():
        model = kind.model_class()
        screens = registry.get(model._meta.label_lower) if model else None
        if model is None or screens is None:
            continue
        rows = model._base_manager.filter(pk__in=numbers)
        for record in screens.rules["view"].narrow(rows, actor).only("pk"):
            found[kind.pk, record.pk] = screens.url("detail", record)
    return found
