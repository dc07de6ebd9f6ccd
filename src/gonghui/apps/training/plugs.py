"""What training adds elsewhere: a card of the study page, panels of activities and people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.people.models import Person
from gonghui.core.people.own import Detail, own_details
from gonghui.core.screens.panels import Custom, plug
from gonghui.core.screens.sockets import Card, Line, study_cards

from .models import Course, Outcome, Result
from .queries.courses import courses_of
from .queries.quizzes import open_quizzes
from .rules import COURSE_RULES, LEARNER_RULES

FEW = 3


def _card(actor: Actor, day: date) -> Card | None:
    """Tests that wait, then classes that run; nothing where there never was any."""
    if actor.person is None:
        return None
    rows = courses_of(actor.person)
    running = list(rows.filter(result=Result.PENDING)[:FEW])
    quizzes = open_quizzes(actor)[:FEW]
    if not running and not quizzes and not rows.exists():
        return None
    lines = [
        Line(one.title, one.get_use_display(), reverse("training:my-quiz", args=[one.pk]), "wait")
        for one in quizzes
    ] + [
        Line(str(one.course), "在学", reverse("training:my-course", args=[one.course_id]))
        for one in running
    ]
    words = "" if lines else "现在没有在学的培训班。"
    return Card("我的培训", reverse("training:mine"), "全部", words, tuple(lines), order=30)


study_cards.add("training", _card)


def _course(activity: Activity, request: Any) -> dict[str, Any]:
    """Of a class's activity: the class it is of."""
    rows = Course.objects.filter(activity=activity).select_related("programme")
    return {"course": COURSE_RULES["view"].narrow(rows, request.actor).first()}


def _learnings(person: Person, request: Any) -> dict[str, Any]:
    """A person's classes, as far as the reader may see them."""
    rows = LEARNER_RULES["view"].narrow(courses_of(person), request.actor)
    return {"learnings": list(rows[:10])}


plug("activities.activity", Custom("培训班", "training/panel_course.html", _course))
plug(
    "people.person",
    Custom("参加过的培训", "training/panel_learnings.html", _learnings, part="learning"),
)
own_details.add("training.outcome", Detail(Outcome, "learner"))
