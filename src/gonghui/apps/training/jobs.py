"""The long work of training: telling everybody below a union that a test is open."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from gonghui.core.jobs.kinds import Kind, Outcome, register
from gonghui.core.jobs.work import Work

from .models import Quiz, QuizState
from .notices import AT_ONCE, announce
from .queries.quizzes import asked_by


def tell_all(work: Work) -> Outcome:
    """Batch after batch, each in a transaction of its own; gone on with where it broke."""
    quiz = Quiz.objects.get(pk=work.arguments["quiz"])
    numbers, last = sorted(asked_by(quiz)), work.kept.get("last", 0)
    url = reverse("training:quiz-detail", args=[quiz.pk])
    waiting = [pk for pk in numbers if pk > last]
    told = len(numbers) - len(waiting)
    for start in range(0, len(waiting), AT_ONCE):
        work.advance(told, len(numbers), "正在通知")
        with transaction.atomic():
            quiz.refresh_from_db(fields=["state"])
            if quiz.state != QuizState.OPEN:
                return Outcome(f"“{quiz}”已经结束，通知了 {told} 人，其余不再通知。", url=url)
            some = waiting[start : start + AT_ONCE]
            announce(quiz, some)
            told += len(some)
            work.keep(last=some[-1])
    work.advance(told, len(numbers))
    return Outcome(f"“{quiz}”已经通知 {told} 人。", url=url)


register(Kind("training.tell", "通知参加测验的人", tell_all))
