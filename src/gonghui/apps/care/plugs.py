"""What the register adds elsewhere, and what it follows: agreements taken back, names removed."""

from __future__ import annotations

from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on
from gonghui.core.history.guarding import guarded
from gonghui.core.history.privacy import looked_at
from gonghui.core.people.models import Person, Scope
from gonghui.core.people.own import Rows, own_parts
from gonghui.core.people.tags import Tag, tags

from .actions import ILLNESS, forget_illness
from .models import Hardship
from .rules import HARDSHIP_RULES


@on("people.person", "withdraw_consent")
def illness_goes_with_its_consent(person: Person, *, by: Actor, scope: str, **said: Any) -> None:
    if scope == Scope.HEALTH:
        forget_illness(person, by=by)


@on("people.person", "anonymise")
def illness_goes_with_the_name(person: Person, *, by: Actor, **said: Any) -> None:
    forget_illness(person, by=by)


def own_files(person: Person) -> Rows:
    """Its own files, the illness opened."""
    found: Rows = []
    for one in Hardship.objects.filter(person=person):
        until = f" 至 {one.until:%Y-%m-%d}（{one.get_ending_display()}）" if one.until else " 起"
        said = f"{one.get_cause_display()}，{one.since:%Y-%m-%d}{until}"
        found.append((one.get_grade_display(), said))
        if one.illness:
            found.append(("病情", one.illness.reveal()))
    return found


tags.add(
    "hardship",
    Tag(
        "hardship",
        "困难职工",
        lambda day: Hardship.objects.held(day),
        HARDSHIP_RULES["view"],
        needs="care.view",
    ),
)
own_parts.add("困难职工档案", own_files)
guarded.add("care.hardship", "care.view")
looked_at[ILLNESS] = "病情"
