"""What a body's board shows of its studies, topics, mechanisms and praise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from gonghui.core.activities.models import Activity
from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person, Post
from gonghui.kit.moments import bounds

from ..models import Evidence, Incentive, Instructor, Mechanism, StudyPlan, Topic, TopicState
from .rollout import week_of

STUDIES = ("study", "training", "lecture")
MOST = 6


@dataclass(frozen=True)
class Taught:
    """Something an instructor taught, from the record it is proved by."""

    words: str
    on: date


def sessions_between(org: Org, first: date, last: date) -> QuerySet[Activity]:
    """The studies of a body itself between two days, the earliest first."""
    begin, end = bounds(first, last)
    rows = Activity.objects.standing().filter(org=org, kind__in=STUDIES)
    return rows.filter(starts_at__gte=begin, starts_at__lt=end).order_by("starts_at", "pk")


def week_sessions(org: Org, day: date) -> list[Activity]:
    return _shown(sessions_between(org, *week_of(day)))


def recent_sessions(org: Org, day: date) -> list[Activity]:
    """Of the last seven days and the rest of the week: on a Monday the board is not bare."""
    monday, sunday = week_of(day)
    return _shown(sessions_between(org, min(monday, day - timedelta(days=6)), sunday))


def _shown(rows: QuerySet[Activity]) -> list[Activity]:
    return list(rows.select_related("organiser", "shift_study"))


def plan_of(org: Org, year: int) -> StudyPlan | None:
    """The year's plan of a body with its steps."""
    rows = StudyPlan.objects.filter(org=org, year=year)
    return rows.prefetch_related("steps__instructor__person", "steps__activity").first()


def topics_of(org: Org) -> list[Topic]:
    """All that is worked at, and what was released last, the latest first."""
    rows = Topic.objects.filter(org=org).select_related("leader").prefetch_related("members")
    done = rows.filter(state__in=(TopicState.RELEASED, TopicState.PRAISED))
    return [*rows.filter(state=TopicState.RUNNING), *done[:MOST]]


def mechanisms_of(org: Org, year: int) -> list[tuple[str, list[Evidence]]]:
    """Each of the four mechanisms with what showed it at work in a year."""
    rows = list(Evidence.objects.filter(org=org, on__year=year))
    return [
        (mechanism.label, [one for one in rows if one.mechanism == mechanism][:3])
        for mechanism in Mechanism
    ]


def instructors_of(org: Org, day: date) -> list[Instructor]:
    """Who teaches in a body now."""
    rows = Instructor.objects.filter(org=org).filter(Q(until=None) | Q(until__gte=day))
    return list(rows.select_related("person"))


def taught_by(instructor: Instructor) -> list[Taught]:
    """What somebody on record taught, in this body or elsewhere, the latest first."""
    if instructor.person_id is None:
        return []
    rows = Credit.objects.standing().filter(person=instructor.person_id, role=Credit.Role.TAUGHT)
    return [Taught(one.words, one.on) for one in rows.order_by("-on", "-pk")[:20]]


def incentives_of(org: Org, year: int) -> list[Incentive]:
    """The year's rewards in a body, the latest first: whoever is praised hangs there all year."""
    return list(Incentive.objects.filter(org=org, on__year=year).select_related("person"))


def people_of(org: Org) -> QuerySet[Person]:
    """Who belongs to a body itself."""
    return Person.objects.active().filter(org=org).select_related("org").order_by("pinyin", "pk")


def head_of(org: Org, day: date) -> list[Post]:
    """Who leads a body, by the posts held in it."""
    rows = Post.objects.held(day).filter(org=org).select_related("person")
    return list(rows.order_by("pk")[:3])


def with_progress(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each plan with how many steps it has and how many are done."""
    done = Count("steps", filter=~Q(steps__done_on=None))
    counted: QuerySet[Any] = rows.annotate(steps_all=Count("steps"), steps_done=done)
    return counted
