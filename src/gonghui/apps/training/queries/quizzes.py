"""Tests: what the bank holds for them, whose turn it is, what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from ..engine.drawing import Candidate, Slot
from ..engine.standing import Place, standings
from ..models import Answer, Attempt, Exercise, Quiz, QuizState, Reply, Squad, Use
from ..rules import ATTEMPT_RULES, QUIZ_RULES


def bank_of(org: Org) -> QuerySet[Exercise]:
    """What a body may draw from: its own questions and those of the bodies above."""
    return Exercise.objects.filter(org__path__in=org.ancestor_paths(), is_current=True)


def candidates(org: Org) -> list[Candidate]:
    rows = bank_of(org).order_by("pk").values_list("pk", "topic", "answer")
    return [Candidate(*one) for one in rows]


def slots_of(quiz: Quiz) -> list[Slot]:
    rows = quiz.parts.order_by("pk").values_list("topic", "answer", "count", "points")
    return [Slot(*one) for one in rows]


def total_of(slots: list[Slot]) -> int:
    return sum(one.count * one.points for one in slots)


def quizzes_within(actor: Actor, action: str) -> QuerySet[Quiz]:
    return QUIZ_RULES[action].narrow(Quiz.objects.select_related("org"), actor)


def own_attempts(actor: Actor) -> QuerySet[Attempt]:
    rows = Attempt.objects.select_related("quiz__org", "person")
    return ATTEMPT_RULES["own"].narrow(rows, actor)


@dataclass(frozen=True)
class Turn:
    """How somebody stands with a test."""

    running: Attempt | None
    done: list[Attempt]
    left: int | None  # further tries; None without a limit

    @property
    def best(self) -> Attempt | None:
        return max(self.done, key=lambda one: one.score or 0, default=None)


def turn_of(quiz: Quiz, person: Person) -> Turn:
    rows = list(Attempt.objects.filter(quiz=quiz, person=person).order_by("number"))
    running = next((one for one in rows if one.handed_in_at is None), None)
    left = None if quiz.tries is None else max(0, quiz.tries - len(rows))
    return Turn(running, [one for one in rows if one.handed_in_at], left)


def best_results(quiz: Quiz) -> dict[int, int]:
    """Person → their best result."""
    scored = quiz.attempts.exclude(score=None).order_by().values("person")
    return dict(scored.annotate(best=Max("score")).values_list("person", "best"))


def squads_standing(quiz: Quiz) -> list[tuple[Squad, Place]]:
    """The squads of a contest in their order, by the rule it was given."""
    squads = {one.pk: one for one in quiz.squads.prefetch_related("members")}
    people = {pk: [one.pk for one in squad.members.all()] for pk, squad in squads.items()}
    found = standings(people, best_results(quiz), quiz.counted, quiz.combine)
    return [(squads[one.squad], one) for one in found]


def due_attempts(now: datetime) -> QuerySet[Attempt]:
    """Papers whose time is over, or whose test is closed, and that nobody handed in."""
    over = Q(ends_at__lte=now) | Q(quiz__state=QuizState.CLOSED)
    return Attempt.objects.filter(over, handed_in_at=None).order_by("pk")


def topics_of(org: Org) -> list[tuple[str, str, int]]:
    """Topic, sort and how many questions a body may draw of them."""
    rows: Any = bank_of(org).order_by().values("topic", "answer").annotate(n=Count("pk"))
    return [
        (one["topic"], str(Answer(one["answer"]).label), one["n"])
        for one in rows.order_by("topic", "answer")
    ]


def reveals_now(attempt: Attempt) -> bool:
    """Whether the person may see what would have been right."""
    quiz = attempt.quiz
    if attempt.handed_in_at is None or quiz.reveals == "never":
        return False
    return quiz.reveals == "handed_in" or quiz.state == "closed"


@dataclass(frozen=True)
class Marked:
    """A question of a paper with what was said and what is right, in words."""

    reply: Reply
    said: str
    right: str

    @property
    def is_full(self) -> bool:
        return self.reply.gained == self.reply.points


def marked(reply: Reply) -> Marked:
    if reply.answer == Answer.BLANK:
        return Marked(reply, "".join(map(str, reply.said)), "，或".join(map(str, reply.key)))
    said = "；".join(reply.options[at] for at in reply.said if at < len(reply.options))
    return Marked(reply, said, "；".join(reply.options[at] for at in reply.key))


def rule_words(quiz: Quiz) -> str:
    """How a squad's score comes about, in a sentence."""
    whose = f"成绩最好的 {quiz.counted} 人" if quiz.counted else "参加了的人"
    return f"每人取最好的一次；每队取{whose}，{quiz.get_combine_display()}。"


def asked_by(quiz: Quiz) -> list[int]:
    """Whom a test is for, as the rule of who may sit it says it of one person."""
    people = Person.objects.active().order_by()
    learners = Q(learnings__course__quiz=quiz)
    if quiz.use == Use.CONTEST or quiz.ends_courses.exists():
        people = people.filter(learners | Q(squads__quiz=quiz))
    else:
        people = people.filter(org__within=(quiz.org.path,))
    return list(people.distinct().values_list("pk", flat=True))


def open_quizzes(actor: Actor) -> list[Quiz]:
    """Tests one may still take, the soonest to close first; not what is over or used up."""
    mine = Attempt.objects.filter(quiz=OuterRef("pk"), person=actor.person).order_by()
    times = mine.values("quiz").annotate(n=Count("pk")).values("n")
    left = Q(tries=None) | Q(times__lt=F("tries")) | Exists(mine.filter(handed_in_at=None))
    rows = QUIZ_RULES["sit"].narrow(Quiz.objects.select_related("org"), actor)
    rows = rows.filter(Q(closes_at=None) | Q(closes_at__gt=timezone.now()))
    rows = rows.annotate(times=Coalesce(Subquery(times), 0)).filter(left)
    return list(rows.order_by(F("closes_at").asc(nulls_last=True), "-pk"))
