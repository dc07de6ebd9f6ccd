"""What study rules add elsewhere: a card of the study page, a door on a person's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person
from gonghui.core.screens.panels import Custom, plug
from gonghui.core.screens.sockets import Card, Line, study_cards

from .queries.person import standing_of

MOST = 5


def card(actor: Actor, day: date) -> Card | None:
    """What is open first; nothing where no rule asks anything of the person."""
    if actor.person is None:
        return None
    found = standing_of(actor.person, day)
    rows = [*found.late, *found.open, *(one for one in found.now if not one.is_open)]
    if not rows:
        return None
    url = reverse("learning:mine")
    lines = tuple(
        Line(f"{one.label}（{one.turn}）", one.state, url, one.tone) for one in rows[:MOST]
    )
    return Card("我的学习要求", url, "看要求和算式", lines=lines, order=10)


def _person(person: Person, request: Any) -> dict[str, Any]:
    actor = request.actor
    if not (person == actor.person or actor.can("learning.view", at=person.org)):
        return {}  # the rule of ``sees_person``, without a question of its own
    keeps = request.actor.can("learning.write", at=person.org)
    found = standing_of(person, timezone.localdate(), plainly=not keeps)
    return {"found": found, "url": reverse("learning:person", args=[person.pk])}


study_cards.add("learning", card)
plug("people.person", Custom("学习要求", "learning/panel_person.html", _person, part="learning"))
