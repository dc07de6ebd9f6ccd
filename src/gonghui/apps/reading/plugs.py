"""What bookrooms add to the member's study page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.screens.sockets import Card, Line, study_cards

from .models import Bookroom, Loan
from .queries.books import loans_of
from .queries.circles import circles_for

SHOWN = 5


def _card(actor: Actor, day: date) -> Card | None:
    """What I have borrowed; where there is a bookroom or a circle, the way to it."""
    if actor.person is None:
        return None
    out = list(loans_of(actor.person).filter(returned_on=None)[:SHOWN])
    above = actor.person.org.ancestor_paths()
    rooms = Bookroom.objects.filter(org__path__in=above, is_open=True)
    if not out and not rooms.exists() and not circles_for(actor, day).exists():
        return None
    return Card(
        "职工书屋",
        reverse("reading:my-find"),
        "找书借书",
        words="没有在借的书。",
        lines=tuple(_line(one, day) for one in out),
        order=60,
    )


def _line(loan: Loan, day: date) -> Line:
    url = reverse("reading:my-loans")
    if loan.due_on < day:
        return Line(str(loan.book), "逾期", url, "late")
    return Line(str(loan.book), f"{loan.due_on.month}月{loan.due_on.day}日到期", url)


study_cards.add("reading", _card)
