"""What evaluation puts on a member's study page: contenders they were drawn to rate."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.screens.sockets import Card, study_cards

from .queries.raters import reviews_of


def _card(actor: Actor, day: date) -> Card | None:
    waiting = reviews_of(actor.person).filter(given_at=None).count() if actor.person else 0
    if not waiting:
        return None
    url = reverse("evaluation:my-reviews")
    return Card("互评", url, "去打分", f"还有 {waiting} 个对象等您评。", order=15)


study_cards.add("evaluation", _card)
