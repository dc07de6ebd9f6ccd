"""Many pieces at once, as they stand in archives that were kept before: with what they earned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.credits.kinds import kinds
from gonghui.core.credits.models import Credit
from gonghui.core.files.store import attach
from gonghui.core.history.trail import record_many
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from ..models import Piece, Shown, State
from .pieces import earned_by

BATCH = 500
PAPER = "证明材料.pdf"


@dataclass(frozen=True)
class Given:
    """A piece as it stood: whose, of which union, what, when; confirmed by whom, if it was."""

    person: Person
    org: Org
    kind: str
    title: str
    on: date
    author: str = ""
    grade: str = ""
    text: str = ""
    amount: Decimal | None = None
    outside: bool = False
    shown_to: str = Shown.OFFICERS
    state: str = State.WRITTEN
    confirmed_by: Person | None = None
    handed_in_on: date | None = None
    reason: str = ""
    paper: bytes = b""


@transaction.atomic
def lay_in(given: Sequence[Given], *, by: Actor) -> list[Piece]:
    """Put them on record by whole tables; what counts earns its credit, each leaves its entry."""
    now = timezone.now()
    made = Piece.objects.bulk_create(
        [
            Piece(**_facts(one), confirmed_at=now if one.confirmed_by else None, kept_at=now)
            for one in given
        ],
        batch_size=BATCH,
    )
    Credit.objects.bulk_create([_credit(one) for one in made if one.is_counting], batch_size=BATCH)
    for piece, one in zip(made, given, strict=True):
        if one.paper:
            attach(piece, ContentFile(one.paper, name=PAPER), name=PAPER, by=by)
    record_many(Piece, {one.pk: {} for one in made}, "create", by=by)
    return made


def _facts(one: Given) -> dict[str, Any]:
    return {name: value for name, value in vars(one).items() if name != "paper"}


def _credit(piece: Piece) -> Credit:
    earned = earned_by(piece)
    return Credit(
        **vars(earned),
        org=piece.org,
        unit=kinds[earned.kind].unit,
        record_type=ContentType.objects.get_for_model(Piece),
        record_id=piece.pk,
        confirmed_by=piece.confirmed_by or piece.person,
        confirmed_at=piece.kept_at,
    )
