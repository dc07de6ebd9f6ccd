"""What the site, the demo and the seams may do with rules and cadres."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import record_made

from .actions import add_version, rate, repeal
from .models import Entitlement, OfficeTime, Regulation
from .models.ability import ABILITIES


@transaction.atomic
def lay_down(
    org: Org,
    *,
    title: str,
    subject: str,
    by: Actor,
    versions: Iterable[Mapping[str, Any]] = (),
) -> Regulation:
    """Enter a rule with its versions, the oldest first; ``text`` is a version's Word file."""
    made = Regulation.objects.create(org=org, title=title, subject=subject)
    record_made(made, by=by)
    for facts in versions:
        said = dict(facts)
        text: bytes = said.pop("text", b"")
        version = add_version(made, by=by, **said)
        if text:
            name = f"{title}（{version.since:%Y-%m-%d}）.docx"
            attach(version, ContentFile(text, name), name=name, by=by, role="text")
    return made


@transaction.atomic
def entitle(
    person: Person, *, kind: str, what: str, by: Actor, due_on: date | None = None, **facts: Any
) -> Entitlement:
    """Enter what a cadre is entitled to; it lies with the body they belong to."""
    made = Entitlement.objects.create(
        person=person, org=person.org, kind=kind, what=what, due_on=due_on, **facts
    )
    record_made(made, by=by)
    return made


@transaction.atomic
def note_office_time(
    person: Person, org: Org, *, on: date, days: Decimal, matter: str, by: Actor
) -> OfficeTime:
    """Enter working days that a part-time committee member gave to a union (ORG-19)."""
    made = OfficeTime.objects.create(person=person, org=org, on=on, days=days, matter=matter)
    record_made(made, by=by)
    return made


def abilities(profile: str) -> tuple[str, ...]:
    """The abilities a profile rates, in its order."""
    return tuple(one.value for one in ABILITIES[profile])


__all__ = [
    "abilities",
    "add_version",
    "entitle",
    "lay_down",
    "note_office_time",
    "rate",
    "repeal",
]
