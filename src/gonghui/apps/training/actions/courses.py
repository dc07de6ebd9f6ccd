"""A class is opened, people join it, and what came of each gives them their class hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.activities import Sitting, plan_activity
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record, record_many
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.records.actions.certifying import call_in, issue
from gonghui.core.records.models import Certificate
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.screens.panels import WORDS
from gonghui.core.signing.actions.signing import Signing, seat, why_held, withdraw
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError

from ..engine.passing import Terms, verdict
from ..models import (
    Course,
    CourseState,
    Learner,
    Outcome,
    Outsider,
    Programme,
    ProgrammeState,
    Result,
)
from ..queries.courses import learners_of, shown_by
from .checking import check

VERBS |= {"enrol": "加学员", "give_result": "登记结果", "ask_outcome": "登记回访", "drop": "移出"}
WORDS |= {"result": "结果", "learner": "学员", "kind": "内容"}


@transaction.atomic
def open_course(
    programme: Programme, org: Org, *, by: Actor, sitting: Sitting | None = None, **facts: Any
) -> Course:
    """The next class of a programme, with its activity drafted; two at once get two numbers."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if locked.state == ProgrammeState.CLOSED:
        raise DomainError("这个项目已经办结，不能再开班。")
    last = locked.courses.aggregate(last=Max("number"))["last"] or 0
    course = Course(programme=locked, org=org, number=last + 1, **facts)
    course.activity = plan_activity(
        org,
        by=by,
        sittings=[sitting] if sitting else [],
        kind="training",
        title=str(course)[:100],
        theme=locked.title,
        purpose=locked.goal,
        place=sitting.place if sitting else "",
        organiser=by.person,
    )
    check(course, known=("org", "programme", "activity"))
    course.save()
    record(course, "create", by=by, changes=changes_of({}, snapshot(course)))
    return course


@transaction.atomic
def enrol(
    course: Course,
    *,
    by: Actor,
    people: Iterable[Person] = (),
    outsiders: Iterable[Outsider] = (),
    on: date | None = None,
) -> list[Learner]:
    """People join a class on a day, at its beginning or later; who is in it already stays so.

    Each is on the list of its activity too, where attendance is taken.
    """
    kept = _running(course)
    activity = Activity.objects.select_for_update().get(pk=kept.activity_id)
    there = set(kept.learners.values_list("person_id", flat=True))
    known = set(kept.learners.values_list("outsider_id", flat=True))
    new = [one for one in people if one.pk not in there]
    strangers = [one for one in outsiders if one.pk not in known]
    seats = seat(activity, [Signing(one) for one in new], by=by, later=True)
    more = seat(activity, [Signing(guest=one.name) for one in strangers], by=by, at_door=True)
    day = on or timezone.localdate()
    made = [
        Learner(course=kept, person=one.person, registration=one, joined_on=day) for one in seats
    ] + [
        Learner(course=kept, outsider=one, registration=place, joined_on=day)
        for one, place in zip(strangers, more, strict=True)
    ]
    entered = _entered(kept, made, by)
    events.emit(kept, "enrol", by=by, people={one.pk for one in new})
    return entered


@transaction.atomic
def take_in_signed(course: Course, *, by: Actor) -> list[Learner]:
    """Whoever signed up for the class's activity by themselves becomes a learner."""
    kept = _running(course)
    signed = Registration.objects.filter(
        activity=kept.activity,
        status=Registration.Status.SIGNED,
        role=Registration.Role.PARTICIPANT,
        person__isnull=False,
        learner=None,
    ).exclude(person__in=kept.learners.exclude(person=None).values("person"))
    made = [
        Learner(
            course=kept,
            person_id=one.person_id,
            registration=one,
            joined_on=timezone.localdate(one.signed_at),
        )
        for one in signed
    ]
    return _entered(kept, made, by)


@transaction.atomic
def drop_learner(learner: Learner, *, by: Actor) -> Course:
    """Take away one who was put in by mistake; what has a result or a question asked stays.

    Their place at the class's activity goes too, unless they have been there.
    """
    course = _running(learner.course)
    kept = Learner.objects.select_for_update().get(pk=learner.pk)
    if kept.result != Result.PENDING or kept.outcomes.exists():
        raise DomainError("已经有结果或回访，不能移出；不再来的请登记「中途退学」。")
    name, place = str(kept), kept.registration
    kept.delete()
    if place is not None and _may_empty(place, by):
        withdraw(place, by=by, reason="移出培训班")
    record(course, "drop", by=by, changes={"learner": name})
    return course


def _may_empty(place: Registration, by: Actor) -> bool:
    return not why_held(place) and ACTIVITY_RULES["edit"].allows(by, place.activity)


@transaction.atomic
def judge(
    learner: Learner,
    result: str,
    *,
    by: Actor,
    on: date | None = None,
    grade: str = "",
    certificate: str = "",
) -> Learner:
    """Put down what came of a class; passing gives its class hours, and only passing does."""
    course = _running(learner.course)
    kept = Learner.objects.select_for_update().get(pk=learner.pk)
    if result == Result.PASSED and not course.hours:
        raise DomainError("这一期还没有填学时，请先填学时再登记合格。")
    before = kept.get_result_display()
    kept.result = result
    kept.result_on = None if result == Result.PENDING else on or timezone.localdate()
    kept.grade, kept.certificate = grade or kept.grade, certificate or kept.certificate
    check(kept, known=("course", "person", "outsider", "registration"))
    kept.save(update_fields=["result", "result_on", "grade", "certificate"])
    record(kept, "give_result", by=by, changes={"result": [before, kept.get_result_display()]})
    settle(kept, course.org, _earned(kept, course), by=by)
    return kept


def _earned(learner: Learner, course: Course) -> list[Earned]:
    """The class hours of a member who passed; an outsider has no archive."""
    person, day = learner.person_id, learner.result_on
    if learner.result != Result.PASSED or person is None or day is None or not course.hours:
        return []
    return [
        Earned(
            person_id=person,
            kind="course",
            amount=course.hours,
            on=day,
            words=str(course),
            role=Credit.Role.ATTENDED,
            category=course.programme.category,
        )
    ]


@transaction.atomic
def judge_by_terms(course: Course, *, by: Actor) -> tuple[int, dict[int, list[str]]]:
    """Pass those who did what the class asks; how many, and what others lack: learner → words.

    Nobody fails by themselves: a person says so.
    """
    kept = _running(course)
    quiz = kept.quiz
    terms = Terms(kept.attendance, None if quiz is None else quiz.pass_points or 0)
    waiting = list(learners_of(kept).filter(result=Result.PENDING))
    shown = shown_by(kept, waiting)
    passed, short = 0, {}
    for one in waiting:
        found = verdict(terms, shown[one.pk])
        if found is None:
            raise DomainError("这一期没有设出勤或测验要求，请逐个登记结果。")
        if found[0]:
            judge(one, Result.PASSED, by=by)
            passed += 1
        else:
            short[one.pk] = found[1]
    return passed, short


@transaction.atomic
def ask_outcome(
    learner: Learner, *, by: Actor, kind: str, asked_on: date, is_reached: bool, evidence: str = ""
) -> Outcome:
    """What a learner said when asked later how things went."""
    if asked_on > timezone.localdate():
        raise DomainError("回访日期还没有到。")
    if asked_on < learner.joined_on:
        raise DomainError("回访日期不能早于入学日期。")
    outcome = Outcome(
        learner=learner,
        kind=kind,
        asked_on=asked_on,
        is_reached=is_reached,
        evidence=evidence.strip(),
        asked_by=by.person,
    )
    check(outcome)
    outcome.save()
    said = {"kind": outcome.get_kind_display(), "on": f"{asked_on:%Y-%m-%d}"}
    record(learner, "ask_outcome", by=by, changes=said)
    return outcome


def _running(course: Course) -> Course:
    """The class, locked; one with its results out takes no more changes."""
    kept = Course.objects.select_for_update().get(pk=course.pk)
    if kept.state != CourseState.RUNNING:
        raise DomainError("这一期已经出结果或停办；要改请先按「重新核定」。")
    return kept


def _entered(course: Course, made: list[Learner], by: Actor) -> list[Learner]:
    Learner.objects.bulk_create(made, batch_size=500)
    if made:
        told = {"course": str(course)}
        record_many(Learner, {one.pk: told for one in made}, "enrol", by=by)
        record(course, "enrol", by=by, changes={"count": len(made)})
    return made


# What follows are the effects of the flow's steps.


def settle_course(course: Course, *, by: Actor) -> None:
    """Results are out when everybody has one; who passed gets a certificate."""
    waiting = course.learners.filter(result=Result.PENDING).count()
    if waiting:
        raise DomainError(f"还有 {waiting} 人在学，登记结果以后再确认。")
    if not course.learners.exists():
        raise DomainError("这一期还没有学员；没有办成的请按「停办」。")
    passed = course.learners.filter(result=Result.PASSED).select_related("registration")
    days = _class_days(course)
    papers = [
        _certificate(course, one, place, days) for one in passed if (place := one.registration)
    ]
    issue(course.activity, Certificate.Sort.PASSED, papers, by=by)


def reopen_course(course: Course, *, by: Actor) -> None:
    """What is judged anew proves nothing until the results are out again."""
    call_in(course.activity, Certificate.Sort.PASSED, by=by)


def _class_days(course: Course) -> list[date]:
    """The days on which a class meets, the first one first."""
    moments = course.activity.sessions.values_list("starts_at", "ends_at")
    return sorted({timezone.localdate(one) for pair in moments for one in pair})


def _certificate(
    course: Course, learner: Learner, place: Registration, days: Iterable[date]
) -> Certificate:
    """Of the days the class met while somebody was in it; nobody learns until results are in."""
    first, last = learner.joined_on, learner.result_on or learner.joined_on
    met = [day for day in days if first <= day <= last] or [first, last]
    return Certificate(
        sort=Certificate.Sort.PASSED,
        org=course.org,
        registration=place,
        title=str(course)[:100],
        first_on=met[0],
        last_on=met[-1],
        role=Credit.Role.ATTENDED,
        hours=course.hours or 0,
        grade=learner.grade,
        issued_on=timezone.localdate(),
    )


def cancel_course(course: Course, *, by: Actor, reason: str) -> None:
    if course.learners.filter(result=Result.PASSED).exists():
        raise DomainError("已经有人合格，不能停办；其余的人登记结果以后按「确认结果」。")
