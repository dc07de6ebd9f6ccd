"""Somebody takes a test: the paper is drawn, answers are kept as they come, it is handed in.

The clock is the server's. Whatever order saves arrive in, and however often a paper is handed in,
the result is the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..engine.drawing import TooFew, draw, shuffled
from ..engine.marking import gained
from ..models import Answer, Attempt, Exercise, Quiz, QuizState, Reply
from ..queries.quizzes import candidates, slots_of, total_of

VERBS |= {"start": "开始答题", "hand_in": "交卷"}
TRUTHS = ("对", "错")
LATE = "时间已到，这一题没有存上；到时以前存好的都算。"
GONE = "已经交卷，不能再改。"


@transaction.atomic
def start(quiz: Quiz, *, by: Actor) -> Attempt:
    """Draw a paper for the actor, or give back the one that is out: a lost phone loses nothing."""
    person = by.person
    if person is None:
        raise DomainError("请用本人的账号登录再答题。")
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").get()
    now = timezone.now()
    kept = Quiz.objects.select_related("org").get(pk=quiz.pk)
    running = kept.attempts.filter(person=person, handed_in_at=None).first()
    if running is not None and not is_over(running, now):
        return running
    if running is not None:
        hand_in(running, by=by)
    _check_open(kept, person, now)
    attempt = _drawn(kept, person, now)
    record(attempt, "start", by=by, is_new=True)
    return attempt


def _check_open(quiz: Quiz, person: Person, now: datetime) -> None:
    if quiz.state != QuizState.OPEN:
        raise DomainError("测验现在没有开放。")
    if quiz.opens_at and now < quiz.opens_at:
        raise DomainError(f"测验 {timezone.localtime(quiz.opens_at):%m月%d日 %H:%M} 开始。")
    if quiz.closes_at and now >= quiz.closes_at:
        raise DomainError("测验已经截止。")
    if quiz.tries is not None and quiz.attempts.filter(person=person).count() >= quiz.tries:
        raise DomainError(f"最多答 {quiz.tries} 次，次数已经用完。")


def _drawn(quiz: Quiz, person: Person, now: datetime) -> Attempt:
    slots, seed = slots_of(quiz), secrets.randbits(63)
    try:
        paper = draw(slots, candidates(quiz.org), seed)
    except TooFew:
        raise DomainError("题库里的题不够出卷，请告诉组织测验的人。") from None
    last = quiz.attempts.filter(person=person).order_by("number").last()
    attempt = Attempt.objects.create(
        quiz=quiz,
        person=person,
        number=last.number + 1 if last else 1,
        seed=seed,
        partial=quiz.partial,
        total=total_of(slots),
        pass_points=quiz.pass_points,
        started_at=now,
        ends_at=ends_at(quiz, now),
    )
    chance = Random(seed)  # noqa: S311  # an order that can be made again, no secret
    exercises = Exercise.objects.in_bulk([one.number for one in paper])
    replies = [
        _reply(attempt, place, exercises[one.number], one.points, chance)
        for place, one in enumerate(paper, 1)
    ]
    Reply.objects.bulk_create(replies)
    return attempt


def _reply(attempt: Attempt, place: int, one: Exercise, points: int, chance: Random) -> Reply:
    """The question as it is shown to this person; a later change of the bank leaves it."""
    options: list[str] = list(TRUTHS) if one.answer == Answer.JUDGE else list(one.options)
    key: list[Any] = list(one.key)
    if one.answer in (Answer.SINGLE, Answer.MULTIPLE):
        options, key = shuffled(options, key, chance)
    return Reply(
        attempt=attempt,
        place=place,
        exercise=one,
        answer=one.answer,
        stem=one.stem,
        options=options,
        key=key,
        points=points,
    )


def ends_at(quiz: Quiz, now: datetime) -> datetime | None:
    """When a paper begun now is over: its minutes, and never after the test closes."""
    ends = now + timedelta(minutes=quiz.minutes) if quiz.minutes else None
    if quiz.closes_at is None or ends is None:
        return ends or quiz.closes_at
    return min(ends, quiz.closes_at)


def is_over(attempt: Attempt, now: datetime) -> bool:
    return attempt.ends_at is not None and now >= attempt.ends_at


@transaction.atomic
def save_answer(attempt: Attempt, place: int, said: Sequence[Any], *, number: int) -> Reply:
    """Keep an answer under the number its page gave it; an older save changes nothing.

    Not in the history: what was handed in is on the paper itself.
    """
    kept = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if kept.handed_in_at is not None:
        raise DomainError(GONE)
    now = timezone.now()
    if is_over(kept, now):
        raise DomainError(LATE)
    reply = Reply.objects.get(attempt=kept, place=place)
    if number > reply.saved_no:
        reply.said, reply.saved_no, reply.saved_at = list(said), number, now
        reply.save(update_fields=["said", "saved_no", "saved_at"])
    return reply


@transaction.atomic
def hand_in(attempt: Attempt, *, by: Actor) -> Attempt:
    """Mark the paper as it stands; a second time changes nothing.

    A paper whose time is over was handed in at that time, whenever somebody looks.
    """
    kept = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if kept.handed_in_at is not None:
        return kept
    replies = list(kept.replies.all())
    for one in replies:
        one.gained = gained(one.answer, one.key, one.said, one.points, kept.partial)
    Reply.objects.bulk_update(replies, ["gained"])
    now = timezone.now()
    kept.handed_in_at = min(now, kept.ends_at) if kept.ends_at else now
    kept.score = sum(one.gained or 0 for one in replies)
    kept.save(update_fields=["handed_in_at", "score"])
    record(kept, "hand_in", by=by, changes={"score": kept.score})
    return kept
