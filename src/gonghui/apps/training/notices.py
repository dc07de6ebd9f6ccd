"""Who is told of needs, classes and tests; papers whose time is over are handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.jobs.running import start
from gonghui.core.notices.inbox import Message, kinds, tell, tell_all, tell_each
from gonghui.core.notices.ticking import every_tick
from gonghui.core.screens.doors import door
from gonghui.kit.dates import full_day

from .actions.sitting import hand_in
from .models import Course, Demand, Programme, Quiz
from .queries.quizzes import asked_by, due_attempts

kinds.add("training", "培训")

AT_ONCE = 1000  # people told while the officer waits; more are told by a job, so many at a time


@on("training.demand", "merge")
def tell_merged(demand: Demand, *, by: Actor, programme: Programme, **said: Any) -> None:
    _tell(demand, by, f"培训需求已纳入项目：{demand}", f"项目：{programme}")


@on("training.demand", "decline")
def tell_declined(demand: Demand, *, by: Actor, reason: str, **said: Any) -> None:
    _tell(demand, by, f"培训需求这次没有采纳：{demand}", f"原因：{reason}")


@on("training.demand", "submit")
def ask_above(demand: Demand, *, by: Actor, **said: Any) -> None:
    """Whoever makes the plan above hears what a unit asks for (R-172)."""
    above = demand.org.parent or demand.org
    day, me = timezone.localdate(), by.person_id
    found = nearest_holders([above], "learning.write", day, but=me)
    title, body = f"{demand.org}提出培训需求：{demand}", "请纳入培训项目，或写明这次不采纳的原因。"
    tell_all(found[above.pk], kind="training", title=title, body=body, url=door(demand))


@on("training.course", "enrol")
def tell_learners(course: Course, *, by: Actor, people: set[int], **said: Any) -> None:
    url = reverse("training:my-course", args=[course.pk])
    title, body = f"您已加入培训班：{course}", "上课时间、资料都在里面。"
    tell_all(people, kind="training", title=title, body=body, url=url, but=by.person_id)


@on("training.course", "settle")
@on("training.course", "cancel")
def tell_results(course: Course, *, by: Actor, reason: str = "", **said: Any) -> None:
    """Each learner hears what came of it for them, or why it is not held."""
    url = reverse("training:my-course", args=[course.pk])
    rows = course.learners.exclude(person=None)
    messages = [
        Message(
            pk,
            f"{course}：停办" if reason else f"{course}：{one.get_result_display()}",
            f"原因：{reason}" if reason else one.grade,
            url,
        )
        for one in rows
        if (pk := one.person_id) is not None
    ]
    tell_each(messages, kind="training")


@on("training.quiz", "open")
def tell_asked(quiz: Quiz, *, by: Actor, **said: Any) -> None:
    """Whose turn it is: a class's learners, the squads of a contest, else all below its body."""
    people = asked_by(quiz)
    if len(people) <= AT_ONCE:
        announce(quiz, people)
    else:
        start("training.tell", by=by, org=quiz.org, title=f"通知：{quiz}", quiz=quiz.pk)


def announce(quiz: Quiz, people: Iterable[int]) -> int:
    """Tell these people that a test is open; who was told before is not told again."""
    url = reverse("training:my-quiz", args=[quiz.pk])
    ends = quiz.closes_at and f"{full_day(timezone.localtime(quiz.closes_at).date())}截止。"
    title, body = f"{quiz.get_use_display()}开始了：{quiz}", ends or ""
    key = f"quiz-open:{quiz.pk}"
    return tell_all(people, kind="training", title=title, body=body, url=url, key=key)


def _tell(demand: Demand, by: Actor, title: str, body: str) -> None:
    """Whoever asked, unless it was decided by themselves."""
    if demand.asked_by is not None and demand.asked_by != by.person:
        tell([demand.asked_by], kind="training", title=title, body=body, url=door(demand))


@every_tick("papers of tests")
def hand_in_due(now: datetime) -> str:
    """Nobody's paper stays open because their phone went dark."""
    due = list(due_attempts(now))
    for attempt in due:
        hand_in(attempt, by=SYSTEM)
    return f"{len(due)} handed in"
