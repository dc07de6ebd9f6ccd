"""What a round awarded, and the sheet behind a grade."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from gonghui.core.access.actor import Actor

from ..models import Contender
from ..rules import CONTENDER_RULES


@dataclass(frozen=True)
class Awarded:
    """A grade somebody has earned in a round: numbers of rows, and for how many years."""

    contender: int
    org: int
    holder: int
    person: int | None
    grade: str
    evaluation: str
    years: int


def awarded(round_: int) -> list[Awarded]:
    """Everybody with a grade, the best first."""
    rows = Contender.objects.filter(round=round_, state="handed").exclude(grade="")
    return [
        Awarded(
            one.pk,
            one.round.org_id,
            one.org_id,
            one.person_id,
            one.grade,
            one.round.title,
            one.round.term_years,
        )
        for one in rows.select_related("round").order_by("place", "pk")
    ]


@dataclass(frozen=True)
class Basis:
    """What a grade rests on, with its doors."""

    marks: Decimal | None
    place: int | None
    grade: str
    sheet_url: str
    binder_url: str


def basis_of(contender: int, actor: Actor) -> Basis | None:
    """The sheet behind a grade, for whoever may see it."""
    rows = Contender.objects.filter(pk=contender)
    found = CONTENDER_RULES["view"].narrow(rows, actor).first()
    if found is None:
        return None
    binds = CONTENDER_RULES["binder"].allows(actor, found)
    return Basis(
        found.marks,
        found.place,
        found.grade,
        reverse("evaluation:contender-detail", args=[found.pk]),
        reverse("evaluation:contender-binder", args=[found.pk]) if binds else "",
    )
