"""Checks of training: what was planned and not held, what was held and has no result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.rolling import unions, unit_of
from gonghui.kit.dates import full_day
from gonghui.kit.moments import midnight

from .models import Course, CourseState, Programme, ProgrammeState, Result

AREA = "学习"
DAYS = "training_result_days"


def not_held(sight: Sight) -> Iterable[Hit]:
    """In the plan, its time over, and not one class opened."""
    known = unions(sight)
    held = Count("courses", filter=~Q(courses__state=CourseState.CANCELLED))
    rows = Programme.objects.filter(
        sight.below(), state=ProgrammeState.PLANNED, until__lt=sight.day
    )
    for one in rows.annotate(held=held).filter(held=0).select_related("org").order_by():
        path = unit_of(one.org.path, known)
        if path and one.until:
            words = f"“{one.title}”计划{full_day(one.until)}前办完，还没有开班。"
            yield Hit(known[path].pk, words, about=one.pk)


def without_result(sight: Sight) -> Iterable[Hit]:
    """Its last session is longer ago than results may take, and somebody has none."""
    known = unions(sight)
    waiting = Count("learners", filter=Q(learners__result=Result.PENDING))
    rows = Course.objects.filter(
        sight.below(), state=CourseState.RUNNING, activity__ends_at__lt=midnight(sight.day)
    )
    named = rows.annotate(waiting=waiting).select_related("org", "programme", "activity")
    for one in named.order_by():
        path, value = unit_of(one.org.path, known), sight.at(DAYS, one.org.path)
        ended = timezone.localdate(one.activity.ends_at)
        if path and value is not None and ended + timedelta(days=value.value) < sight.day:
            rest = f"还有 {one.waiting} 人没有结果" if one.waiting else "还没有确认结果"
            words = f"“{one}”{full_day(ended)}结束，{rest}。"
            yield Hit(known[path].pk, words, about=one.pk, values=(value,))


declare(
    Check(
        "R-172",
        "计划的培训没有办",
        AREA,
        "warn",
        "请开班；情况变了的，改计划时间或者办结这个项目。",
        not_held,
        "training.programme",
        act="去开班",
        basis="本单位的年度培训计划",
        touched_by=("training.programme", "training.course"),
    )
)
declare(
    Check(
        "R-186",
        "培训班没有结果",
        AREA,
        "warn",
        "请登记每个人的结果，再按“确认结果”；没有办成的按“停办”。",
        without_result,
        "training.course",
        act="去登记结果",
        needs=(DAYS,),
        touched_by=("training.course", "training.learner", "activities.activity"),
    )
)
