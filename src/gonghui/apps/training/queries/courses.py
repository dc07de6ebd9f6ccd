"""Who is in a class, how much of it they attended, and what it adds up to in people and times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.models import Attendance
from gonghui.core.people.models import Person
from gonghui.core.records.engine.hours import time_at

from ..engine.passing import Shown
from ..models import Course, CourseState, Learner, Outcome, OutcomeKind, Programme, Result
from ..rules import COURSE_RULES, LEARNER_RULES

LATE, EARLY = Attendance.Status.LATE, Attendance.Status.LEFT_EARLY


@dataclass(frozen=True)
class Tally:
    """Of some learners: different people (人), times (人次), what came of them, hours given."""

    people: int
    times: int
    passed: int
    failed: int
    hours: Decimal | None  # of those who passed; None where nobody did

    @property
    def judged(self) -> int:
        return self.passed + self.failed


def tally(rows: QuerySet[Learner]) -> Tally:
    """Count some learners; who left does not count as taught. One query."""
    stayed = ~Q(result=Result.LEFT)
    passed = Q(result=Result.PASSED)
    found: Any = rows.order_by().aggregate(
        people=Count("person", distinct=True, filter=stayed),
        outsiders=Count("outsider", distinct=True, filter=stayed),
        times=Count("pk", filter=stayed),
        passed=Count("pk", filter=passed),
        failed=Count("pk", filter=Q(result=Result.FAILED)),
        hours=Sum("course__hours", filter=passed),
    )
    people = found["people"] + found["outsiders"]
    return Tally(people, found["times"], found["passed"], found["failed"], found["hours"])


def taught(rows: QuerySet[Course]) -> QuerySet[Learner]:
    """The learners of classes that were not called off."""
    held = rows.exclude(state=CourseState.CANCELLED).order_by().values("pk")
    return Learner.objects.filter(course__in=held)


def learners_of(course: Course) -> QuerySet[Learner]:
    return course.learners.select_related("person__org", "outsider").order_by("pk")


def courses_of(person: Person) -> QuerySet[Learner]:
    """A person's places in classes, the latest first."""
    rows = Learner.objects.filter(person=person).exclude(course__state=CourseState.CANCELLED)
    return rows.select_related("course__programme", "course__activity").order_by("-pk")


def courses_within(actor: Actor, action: str) -> QuerySet[Course]:
    rows = Course.objects.select_related("programme", "activity", "org")
    return COURSE_RULES[action].narrow(rows, actor)


def learners_within(actor: Actor, action: str) -> QuerySet[Learner]:
    rows = Learner.objects.select_related("course__programme", "person", "outsider")
    return LEARNER_RULES[action].narrow(rows, actor)


def attended(activity: Activity) -> dict[int, int]:
    """Registration → seconds there; who came late or left early has the time they were there."""
    spent: dict[int, int] = defaultdict(int)
    came = Attendance.objects.filter(session__activity=activity, in_at__isnull=False)
    for one in came.select_related("session"):
        cut = one.status in (LATE, EARLY)
        time = time_at(
            one.session.starts_at,
            one.session.ends_at,
            came=one.in_at if cut else None,
            left=one.out_at if cut else None,
        )
        spent[one.registration_id] += int(time.total_seconds())
    return spent


def whole_time(activity: Activity) -> int:
    """All sessions of an activity in seconds."""
    times = activity.sessions.values_list("starts_at", "ends_at")
    return sum(int((ends - starts).total_seconds()) for starts, ends in times)


def shown_by(course: Course, learners: Iterable[Learner]) -> dict[int, Shown]:
    """Learner → what they have to show for the class; three queries for all."""
    spent, whole = attended(course.activity), whole_time(course.activity)
    best = best_of(course)
    return {
        one.pk: Shown(spent.get(one.registration_id or 0, 0), whole, best.get(one.person_id or 0))
        for one in learners
    }


def best_of(course: Course) -> dict[int, int]:
    """Person → their best result in the last test of a class."""
    if course.quiz is None:
        return {}
    scored = course.quiz.attempts.exclude(score=None).order_by("score")
    rows = scored.values_list("person_id", "score")
    return {person: score for person, score in rows if score is not None}


def programme_tallies(rows: Iterable[Programme]) -> dict[int, Tally]:
    """Programme → what its classes came to, for a page of them."""
    return {one.pk: tally(taught(one.courses.all())) for one in rows}


@dataclass(frozen=True)
class Rate:
    """How many of those asked said yes; nothing where nobody was asked."""

    kind: str
    label: str
    reached: int
    asked: int

    @property
    def share(self) -> str:
        return f"{Decimal(self.reached * 100) / self.asked:.1f}%" if self.asked else "还没有回访"


def outcome_rates(rows: QuerySet[Outcome], until: date | None = None) -> list[Rate]:
    """Each kind over different people who were asked, by what they said last."""
    last = last_said(rows.filter(asked_on__lte=until) if until else rows)
    rates = []
    for code, label in OutcomeKind.choices:
        answers = [yes for kind, _, yes in last if kind == code]
        rates.append(Rate(code, str(label), sum(answers), len(answers)))
    return rates


def last_said(rows: QuerySet[Outcome]) -> list[tuple[str, int, bool]]:
    """What each person said last of each kind, with the place in a class they were asked about."""
    said = rows.order_by("asked_on", "pk").values_list(
        "kind", "learner__person", "learner__outsider", "learner", "is_reached"
    )
    last = {
        (kind, person, outsider): (kind, learner, yes)
        for kind, person, outsider, learner, yes in said
    }
    return list(last.values())
