"""What others may ask of evaluation: schemes begun and issued, rounds, what they awarded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org

from .actions import schemes as actions
from .engine.shipped import TEMPLATES
from .flow import SCHEME
from .models import Contender, Scheme
from .rules import CONTENDER_RULES


def begin(code: str, org: Org, *, by: Actor) -> Scheme:
    """A draft from the shipped example of that name."""
    template = next(one for one in TEMPLATES if one.code == code)
    scheme = Scheme(org=org, title=template.title, target=template.target)
    return actions.keep_scheme(scheme, template, by=by)


def issue(scheme: Scheme, *, by: Actor) -> None:
    """Let it be in force; refused where it does not add up."""
    SCHEME.perform(scheme, "issue", by=by)


def draft_next(scheme: Scheme, *, by: Actor) -> Scheme:
    """The next version, as a draft."""
    return actions.new_version(Scheme.objects.get(pk=scheme.pk), by=by)


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
