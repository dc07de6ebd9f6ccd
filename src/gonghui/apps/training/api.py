"""What the site, the demo and the seams may do with training."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record, record_many
from gonghui.core.orgs.models import Org

from .actions.courses import ask_outcome, enrol, judge, open_course
from .actions.quizzes import keep_squad, set_parts
from .actions.sitting import hand_in, save_answer, start
from .engine.drawing import Slot
from .engine.questions import key_from
from .flow import COURSE, DEMAND, PROGRAMME, QUIZ
from .models import Course, Demand, Exercise, Outsider, Programme, Provider, Quiz, Result

__all__ = [
    "ask_need",
    "ask_outcome",
    "conclude",
    "enrol",
    "fill_bank",
    "keep",
    "open_course",
    "open_quiz",
    "plan_programme",
    "take",
]
KEPT: dict[str, type[Provider | Outsider]] = {"provider": Provider, "outsider": Outsider}


@transaction.atomic
def keep(what: str, org: Org, *, by: Actor, **facts: Any) -> Any:
    """Put a provider or an outsider on record."""
    made = KEPT[what](org=org, **facts)
    made.full_clean(exclude=["org"])
    made.save()
    record(made, "create", by=by, changes={"name": made.name}, is_new=True)
    return made


@transaction.atomic
def ask_need(org: Org, *, by: Actor, programme: Programme | None = None, **facts: Any) -> Demand:
    """A unit says what it needs; where a programme is given, it goes into that."""
    made = Demand.objects.create(org=org, asked_by=by.person, **facts)
    record(made, "create", by=by, changes={"topic": made.topic}, is_new=True)
    DEMAND.perform(made, "submit", by=by)
    if programme is not None:
        DEMAND.perform(made, "merge", by=by, programme=programme)
    return made


@transaction.atomic
def plan_programme(org: Org, *, by: Actor, **facts: Any) -> Programme:
    """A programme, put into the year's plan at once."""
    made = Programme.objects.create(org=org, **facts)
    record(made, "create", by=by, changes={"title": made.title}, is_new=True)
    PROGRAMME.perform(made, "plan", by=by)
    return Programme.objects.get(pk=made.pk)


@transaction.atomic
def conclude(course: Course, *, by: Actor, on: date, failed: Collection[int] = ()) -> Course:
    """Everybody in a class passes on a day but the learners named, and the results are out."""
    for one in course.learners.order_by("pk"):
        judge(one, Result.FAILED if one.pk in failed else Result.PASSED, by=by, on=on)
    COURSE.perform(course, "settle", by=by)
    return Course.objects.get(pk=course.pk)


@transaction.atomic
def fill_bank(
    org: Org, rows: Sequence[tuple[str, str, str, Sequence[str], str]], *, by: Actor
) -> int:
    """Questions as (topic, sort, stem, options, key as people write it); how many."""
    made = Exercise.objects.bulk_create(
        Exercise(
            org=org,
            topic=topic,
            answer=sort,
            stem=stem,
            options=list(options),
            key=key_from(sort, key),
        )
        for topic, sort, stem, options, key in rows
    )
    record_many(Exercise, {one.pk: {"stem": str(one)} for one in made}, "create", by=by)
    return len(made)


@transaction.atomic
def open_quiz(
    org: Org,
    parts: Sequence[tuple[str, str, int, int]],
    *,
    by: Actor,
    squads: Sequence[tuple[str, Sequence[Any]]] = (),
    **facts: Any,
) -> Quiz:
    """A test of parts (topic, sort, count, points), open to those it is for."""
    made = Quiz.objects.create(org=org, **facts)
    record(made, "create", by=by, changes={"title": made.title}, is_new=True)
    set_parts(made, [Slot(*one) for one in parts], by=by)
    for name, members in squads:
        keep_squad(made, name, members, by=by)
    QUIZ.perform(made, "open", by=by)
    return Quiz.objects.get(pk=made.pk)


@transaction.atomic
def take(quiz: Quiz, right: Sequence[bool], *, by: Actor) -> int | None:
    """Somebody takes a test and finds these of its questions; what they scored."""
    attempt = start(quiz, by=by)
    for reply, found in zip(attempt.replies.all(), right, strict=False):
        if found:
            save_answer(
                attempt,
                reply.place,
                reply.key[:1] if reply.answer == "blank" else reply.key,
                number=1,
            )
    return hand_in(attempt, by=by).score
