"""My classes and what I learnt there; tests that wait for me."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from gonghui.core.access.who import person_of
from gonghui.core.files.store import attachments_of
from gonghui.core.records.queries.certificates import class_certificate

from ..models import Result
from ..queries.courses import courses_of, shown_by, tally
from ..queries.quizzes import open_quizzes, own_attempts

PAGE = 30


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I learn and have learnt, and the tests it is my turn to take."""
    asker: Any = request
    rows = courses_of(person_of(request))
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "tally": tally(rows),
        "quizzes": open_quizzes(asker.actor),
        "results": own_attempts(asker.actor).exclude(handed_in_at=None).order_by("-pk")[:PAGE],
    }
    return TemplateResponse(request, "training/mine.html", context)


@require_safe
def my_course(request: HttpRequest, pk: int) -> HttpResponse:
    """One class of mine: when it meets, what there is to read, what came of it."""
    asker: Any = request
    learner = get_object_or_404(courses_of(person_of(request)), course=pk)
    course = learner.course
    shown = shown_by(course, [learner])[learner.pk]
    context = {
        "learner": learner,
        "course": course,
        "sessions": list(course.activity.sessions.order_by("starts_at")),
        "files": [*attachments_of(course), *attachments_of(course.programme)],
        "attended": shown.there * 100 // shown.whole if shown.whole else None,
        "passed": learner.result == Result.PASSED,
        "paper": class_certificate(learner.registration_id, asker.actor),
    }
    return TemplateResponse(request, "training/my_course.html", context)


urlpatterns: list[URLPattern] = [
    path("my/", mine, name="mine"),
    path("my/course/<int:pk>/", my_course, name="my-course"),
]
