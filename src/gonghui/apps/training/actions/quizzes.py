"""A test is put together, opened to those it is for, and closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..engine.drawing import Slot, TooFew, draw
from ..models import Answer, Quiz, QuizPart, QuizState, Squad, Use
from ..queries.quizzes import candidates, slots_of, total_of
from .checking import check
from .sitting import hand_in

VERBS |= {"set_parts": "定出题要求", "squad": "登记参赛队", "drop_squad": "移出参赛队"}
WORDS |= {"parts": "出题要求", "squad": "参赛队", "members": "队员"}


@transaction.atomic
def set_parts(quiz: Quiz, slots: Sequence[Slot], *, by: Actor) -> Quiz:
    """How many questions of what; only before the test opens."""
    kept = _draft(quiz)
    twice = [key for key, n in Counter((s.topic, s.answer) for s in slots).items() if n > 1]
    if twice:
        raise DomainError("同一主题的同一题型写成一行。")
    before = "；".join(map(str, kept.parts.all()))
    kept.parts.all().delete()
    parts = [QuizPart(quiz=kept, **asdict(slot)) for slot in slots]
    for part in parts:
        check(part, known=("quiz",))
    QuizPart.objects.bulk_create(parts)
    record(kept, "set_parts", by=by, changes={"parts": [before, "；".join(map(str, parts))]})
    return kept


@transaction.atomic
def keep_squad(quiz: Quiz, name: str, members: Sequence[Person], *, by: Actor) -> Squad:
    """A squad with its people; nobody is in two of one contest."""
    kept = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if kept.use != Use.CONTEST or kept.state == QuizState.CLOSED:
        raise DomainError("只有还没有结束的知识竞赛可以登记参赛队。")
    others = kept.squads.exclude(name=name)
    taken = [str(one) for one in members if others.filter(members=one).exists()]
    if taken:
        raise DomainError(f"{'、'.join(taken)}已经在别的队里，一个人只能参加一队。")
    squad, _ = Squad.objects.get_or_create(quiz=kept, name=name)
    squad.members.set(members)
    said = {"squad": name, "members": "、".join(map(str, members))}
    record(kept, "squad", by=by, changes=said)
    return squad


@transaction.atomic
def drop_squad(squad: Squad, *, by: Actor) -> Quiz:
    kept = Quiz.objects.select_for_update().get(pk=squad.quiz_id)
    if kept.state != QuizState.DRAFT:
        raise DomainError("竞赛已经开始，不能移出参赛队。")
    name = squad.name
    squad.delete()
    record(kept, "drop_squad", by=by, changes={"squad": name})
    return kept


def _draft(quiz: Quiz) -> Quiz:
    kept = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if kept.state != QuizState.DRAFT:
        raise DomainError("测验已经开放，题目和分值不能再改。")
    return kept


# What follows are the effects of the flow's steps.


def open_quiz(quiz: Quiz, *, by: Actor) -> None:
    """It must be possible to draw a paper, to pass it, and to take it at all."""
    slots = slots_of(quiz)
    if not slots:
        raise DomainError("还没有定出题要求，请先写明各题型几题、几分。")
    try:
        draw(slots, candidates(quiz.org), seed=0)
    except TooFew as error:
        raise DomainError(too_few(error)) from None
    total = total_of(slots)
    if quiz.pass_points is not None and quiz.pass_points > total:
        raise DomainError(f"及格分 {quiz.pass_points} 超过满分 {total}，请改小一些。")
    if quiz.closes_at and quiz.closes_at <= timezone.now():
        raise DomainError("截止时间已过，请先改截止时间。")
    if quiz.use == Use.CONTEST and not quiz.squads.exists():
        raise DomainError("知识竞赛要先登记参赛队。")


def close_quiz(quiz: Quiz, *, by: Actor) -> None:
    """Papers that are still out count with what was answered."""
    for attempt in quiz.attempts.filter(handed_in_at=None).order_by("pk"):
        hand_in(attempt, by=by)


def too_few(error: TooFew) -> str:
    label = Answer(error.slot.answer).label
    of = f"「{error.slot.topic}」的" if error.slot.topic else ""
    return (
        f"题库里{of}{label}只够 {error.there} 题，要 {error.slot.count} 题。请补充题目或减少题数。"
    )
