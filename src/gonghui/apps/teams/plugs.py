"""What teams put on a body's board, and on a member's study page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import SMALL, Kind, Org
from gonghui.core.screens.sockets import BoardPart, Card, Line, board_parts, study_cards
from gonghui.kit.dates import speak_moment

from .models import TopicState
from .queries import board

Found = dict[str, Any] | None


def _plan(org: Org, actor: Actor, day: date) -> Found:
    plan = board.plan_of(org, day.year)
    return {"plan": plan, "month": day.month} if plan and plan.steps.all() else None


def _week(org: Org, actor: Actor, day: date) -> Found:
    rows = board.recent_sessions(org, day)
    return {"rows": rows} if rows else None


def _results(org: Org, actor: Actor, day: date) -> Found:
    rows = board.topics_of(org)
    running = [one for one in rows if one.state == TopicState.RUNNING]
    done = [one for one in rows if one.state != TopicState.RUNNING]
    return {"running": running, "done": done} if rows else None


def _mechanisms(org: Org, actor: Actor, day: date) -> Found:
    rows = board.mechanisms_of(org, day.year)
    return {"rows": rows} if any(found for _, found in rows) else None


def _instructors(org: Org, actor: Actor, day: date) -> Found:
    rows = board.instructors_of(org, day)
    return {"rows": rows} if rows else None


def _praise(org: Org, actor: Actor, day: date) -> Found:
    rows = board.incentives_of(org, day.year)
    return {"rows": rows} if rows else None


for _order, (_name, _title, _find) in enumerate(
    (
        ("week", "近一周学习", _week),
        ("plan", "内部学习培训计划", _plan),
        ("results", "改善课题与成果", _results),
        ("praise", "光荣榜", _praise),
        ("instructors", "教员", _instructors),
        ("mechanisms", "四个机制", _mechanisms),
    ),
    start=2,
):
    board_parts.add(
        f"teams-{_name}", BoardPart(_title, f"teams/part_{_name}.html", _find, order=10 * _order)
    )


def _card(actor: Actor, day: date) -> Card | None:
    """My team: this week's sessions, and the door to its board."""
    if actor.person is None:
        return None
    org = actor.person.org
    rows = board.week_sessions(org, day)
    if org.kind not in SMALL and not rows:
        return None
    words = "" if rows else "本周没有安排学习。"
    url = reverse("teams:board", args=[org.pk])
    title = f"我的班组 · {org}" if org.kind == Kind.TEAM else f"我所在的{org}"
    return Card(title, url, "看宣传栏", words, tuple(map(_line, rows)), order=20)


def _line(one: Activity) -> Line:
    when = speak_moment(timezone.localtime(one.starts_at), timezone.localtime())
    return Line(one.title, when, reverse("signing:portal-activity", args=[one.pk]))


study_cards.add("teams", _card)
