"""What goes into a year's volume, and the volume of a code."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.credits.kinds import kinds
from gonghui.core.credits.models import Credit
from gonghui.core.credits.queries import totals
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.amounts import plain

from ..models import Piece, Shown, Volume
from ..rules import VOLUME_RULES

FIRST_YEAR = 1950


@dataclass(frozen=True)
class Content:
    """What a volume says: its sums and its lines, in words, and their digest."""

    sums: list[list[str]]
    lines: list[list[str]]

    @property
    def digest(self) -> str:
        text = json.dumps([self.sums, self.lines], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def content_of(person: Person, year: int, *, whole: bool) -> Content:
    """All that counts in the year; ``whole`` names also what its person shows to nobody."""
    rows = Credit.objects.standing().filter(person=person, on__year=year)
    lines = rows.select_related("org", "confirmed_by").order_by("on", "pk")
    own = ContentType.objects.get_for_model(Piece).pk
    secret = _secret_titles(person, year) if whole else {}
    return Content(
        [[one.label, one.role, one.words] for one in totals(rows)],
        [
            _line(one, secret.get(one.record_id) if one.record_type_id == own else None)
            for one in lines
        ],
    )


def _secret_titles(person: Person, year: int) -> dict[int, str]:
    rows = Piece.objects.counting().filter(person=person, on__year=year, shown_to=Shown.ME)
    return dict(rows.values_list("pk", "title"))


def _line(credit: Credit, title: str | None) -> list[str]:
    return [
        f"{credit.on:%Y-%m-%d}",
        kinds[credit.kind].label,
        title or credit.words,
        f"{plain(credit.amount)} {credit.get_unit_display()}",
        str(credit.org),
        "本人"
        if credit.confirmed_by_id == credit.person_id
        else str(credit.confirmed_by or "系统"),
    ]


def people_with_credits(org: Org, year: int) -> QuerySet[Person]:
    """Who of a body and below earned anything in the year, in the order of the books."""
    earned = Credit.objects.standing().filter(on__year=year).order_by().values("person")
    rows = Person.objects.active().filter(org__within=(org.path,), pk__in=earned)
    return rows.order_by("pk")


def visible_volumes(actor: Actor) -> QuerySet[Volume]:
    return VOLUME_RULES["view"].narrow(Volume.objects.select_related("org", "by"), actor)


def own_volumes(actor: Actor) -> QuerySet[Volume]:
    rows: Any = Volume.objects.filter(person=actor.person) if actor.person else None
    return rows.select_related("org", "by") if rows is not None else Volume.objects.none()


def volume_by(code: str) -> Volume | None:
    return Volume.objects.filter(code=code).select_related("person").first()


def newest_edition(person: Person, year: int, **more: Any) -> Volume | None:
    rows = Volume.objects.filter(person=person, year=year, **more)
    return rows.order_by("-edition").first()
