"""What evaluation puts on a member's study page: whom they rate, and what they may apply to."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.screens.sockets import Card, Line, study_cards

from .models import Round
from .queries.applying import open_to, unfinished_of
from .queries.raters import reviews_of


def _card(actor: Actor, day: date) -> Card | None:
    waiting = reviews_of(actor.person).filter(given_at=None).count() if actor.person else 0
    if not waiting:
        return None
    url = reverse("evaluation:my-reviews")
    return Card("互评", url, "去打分", f"还有 {waiting} 个对象等您评。", order=15)


def _open(actor: Actor, day: date) -> Card | None:
    """Evaluations of people: my sheets that are not handed in, and those I may apply to."""
    if actor.person is None:
        return None
    own = [
        Line(str(one.round), "自查中", reverse("evaluation:contender-detail", args=[one.pk]))
        for one in unfinished_of(actor.person)
    ]
    free = [
        Line(str(one), f"{one.apply_until:%Y-%m-%d} 截止", _apply_url(one))
        for one in open_to(actor.person, day)
    ]
    if not own and not free:
        return None
    words = "可以本人申报，系统有记录的自动填好。" if free else "还没有报送，请补上其余各项。"
    lines = (*own, *free)
    return Card("评选申报", lines[0].url, "打开", words, lines, order=16)


def _apply_url(round_: Round) -> str:
    return reverse("evaluation:round-apply-self", args=[round_.pk])


study_cards.add("evaluation", _card)
study_cards.add("evaluation.apply", _open)
