"""People as they are found and shown by the search."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import UNIT, UPPER
from gonghui.core.people.models import Person
from gonghui.core.search.sources import Source, register

from .queries.finding import numbered
from .rules import PERSON_RULES, tailed


def _where_they_are(person: Person) -> str:
    """The body, with the one above where its own name says little (一分会)."""
    org = person.org
    above = str(org.parent) if org.parent and org.kind not in UPPER | UNIT else ""
    former = f"原单位：{person.former_unit}" if person.former_unit else ""
    gone = "已离开" if person.left_on else ""
    return " · ".join(filter(None, [above, str(org), gone, former]))


def _numbered(actor: Actor, text: str) -> models.QuerySet[Person] | None:
    """By a number or its tail: for whoever sees the masks on a person's page."""
    rows = numbered(text) if actor.can("people.view") else None
    return None if rows is None else tailed.narrow(rows, actor)


register(
    Source(
        Person,
        "人员",
        PERSON_RULES["view"],
        title=lambda person: person.name,
        note=_where_they_are,
        reading=lambda person: (person.pinyin, person.initials),
        weight=lambda person: 0 if person.left_on else 1,
        words=lambda person: person.former_unit,
        beside=_numbered,
        only=Q(anonymised_at=None),
        columns=("name", "pinyin", "initials", "org_id", "former_unit", "left_on"),
        related=("org__parent",),
        url_name="membership:person-detail",
        position=30,
    )
)
