"""What goals add elsewhere: a board's part, the study page's card, lines of the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import UPPER, Org
from gonghui.core.people.models import Person
from gonghui.core.people.own import Detail, own_details
from gonghui.core.screens.sockets import (
    BoardPart,
    Card,
    Line,
    board_parts,
    desk_lines,
    study_cards,
)
from gonghui.kit.dates import speak_due

from . import queries
from .models import GoalState, GrowthPlan, Promise, Step


def _part(org: Org, actor: Actor, day: date) -> dict[str, Any] | None:
    """The vision and goals of the body, and those its members show."""
    goals, shown = queries.goals_of(org), list(queries.shown_goals(org))
    return {"goals": goals, "shown": shown, "org": org} if goals or shown else None


def _card(actor: Actor, day: date) -> Card | None:
    """The looks that are due, then what I am at, the next step of each first."""
    if actor.person is None:
        return None
    standing = [one for one in queries.own_goals(actor.person) if one.state == GoalState.STANDING]
    lines = _looks(actor.person, day)
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


def _looks(person: Person, day: date) -> list[Line]:
    """The plans that are to be looked at: one's own, and those one coaches; those to agree to."""
    mine = Q(person=person) | Q(coach=person)
    due = queries.looks_due(day)
    looks = due["look_half"] | due["look_year"]
    agrees = Q(coach=person, person__left_on=None) & due[queries.AGREE]
    waiting = GrowthPlan.objects.filter((mine & looks) | agrees)
    found = []
    for plan in queries.with_look(waiting, day).select_related("person"):
        own = plan.person_id == person.pk
        page = reverse("goals:growthplan-detail", args=[plan.pk])
        url = f"{reverse('goals:mine')}#plan-{plan.pk}" if own else page
        look = plan.look  # type: ignore[attr-defined]  # annotated
        words, tone = (f"该{look}了", "late") if look else ("等您商定", "wait")
        found.append(Line(plan.direction if own else str(plan), words, url, tone))
    return found


def _desk(actor: Actor, org: Org, day: date) -> list[Line]:
    """Plans within a union to be agreed to or looked at; unions above read figures."""
    if org.kind in UPPER or not actor.can("learning.write", at=org):
        return []
    counts, url = queries.count_looks(org, day), reverse("goals:growthplan-list")
    said = [(queries.AGREE, "商定执行", "份还没有商定", "wait")]
    said += [(one.step, one.label, "份到了还没有看", "late") for one in queries.LOOKS]
    return [
        Line(
            f"成长计划：{label}",
            f"{counts[step]} {words}",
            f"{url}?{urlencode({'org': str(org.pk), 'scope': 'below', 'look': step})}",
            tone,
        )
        for step, label, words, tone in said
        if counts[step]
    ]


desk_lines.add("goals", _desk)
board_parts.add("goals", BoardPart("愿景与目标", "goals/board.html", _part, order=10))
study_cards.add("goals", _card)
own_details.add("goals.step", Detail(Step, "goal"))
own_details.add("goals.promise", Detail(Promise, "plan"))
