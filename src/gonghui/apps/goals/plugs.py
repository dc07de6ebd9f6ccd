"""What goals add elsewhere: the part of a board, the card of the study page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.own import Detail, own_details
from gonghui.core.screens.sockets import BoardPart, Card, Line, board_parts, study_cards
from gonghui.kit.dates import speak_due

from . import queries
from .models import GoalState, Promise, Step


def _part(org: Org, actor: Actor, day: date) -> dict[str, Any] | None:
    """The vision and goals of the body, and those its members show."""
    goals, shown = queries.goals_of(org), list(queries.shown_goals(org))
    return {"goals": goals, "shown": shown, "org": org} if goals or shown else None


def _card(actor: Actor, day: date) -> Card | None:
    """What I am at, the next step of each first."""
    if actor.person is None:
        return None
    standing = [one for one in queries.own_goals(actor.person) if one.state == GoalState.STANDING]
    lines = []
    for goal in standing[:3]:
        left = [one for one in goal.steps.all() if one.done_on is None]
        due = left[0].due_on if left else goal.until
        words = left[0].title if left else goal.label
        if due:
            words = f"{words} · {speak_due(due, day)}"
        lines.append(Line(goal.title, words, f"{reverse('goals:mine')}#goal-{goal.pk}"))
    words = "" if lines else "还没有立目标。写下想做到的事，分成几步，一步一步来。"
    return Card(
        "我的目标",
        reverse("goals:mine"),
        "看目标" if lines else "立目标",
        words,
        tuple(lines),
        order=30,
    )


board_parts.add("goals", BoardPart("愿景与目标", "goals/board.html", _part, order=10))
study_cards.add("goals", _card)
own_details.add("goals.step", Detail(Step, "goal"))
own_details.add("goals.promise", Detail(Promise, "plan"))
