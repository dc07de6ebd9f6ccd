"""Taking a test on the phone: one question a page, kept as one goes, handed in once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gonghui.core.screens.small_forms import writes
from gonghui.kit.errors import DomainError

from ..actions.sitting import LATE, hand_in, is_over, save_answer, start
from ..engine.marking import tidy
from ..models import Attempt, QuizState, Reply
from ..queries.quizzes import (
    marked,
    own_attempts,
    quizzes_within,
    reveals_now,
    rule_words,
    slots_of,
    squads_standing,
    total_of,
    turn_of,
)
from ..tables import passed_words

LONGEST = 20  # digits of a page's number at most
MOST_NUMBER = 2**31 - 1  # what its column holds


@writes
@never_cache
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """What the test asks, by which rule it is marked, and the button that begins it."""
    asker: Any = request
    shown = get_object_or_404(quizzes_within(asker.actor, "look"), pk=pk)
    if request.method == "POST":
        if not quizzes_within(asker.actor, "sit").filter(pk=pk).exists():
            raise Http404
        try:
            attempt = start(shown, by=asker.actor)
            return redirect("training:my-reply", attempt.pk, _first_open(attempt))
        except DomainError as error:
            messages.error(request, error.sentence)
            return redirect("training:my-quiz", pk)
    turn = turn_of(shown, asker.actor.person)
    now = timezone.now()
    context = {
        "quiz": shown,
        "parts": list(shown.parts.all()),
        "total": total_of(slots_of(shown)),
        "turn": turn,
        "done": [(one, passed_words(one)) for one in turn.done],
        "may_start": _may_start(shown, turn, now),
        "is_early": shown.opens_at is not None and now < shown.opens_at,
        "places": squads_standing(shown) if shown.use == "contest" else [],
        "rule": rule_words(shown),
    }
    return TemplateResponse(request, "training/my_quiz.html", context)


def _may_start(shown: Any, turn: Any, now: Any) -> bool:
    """Whether the button is there; the action asks again."""
    if shown.state != QuizState.OPEN or (turn.left == 0 and turn.running is None):
        return False
    begun = shown.opens_at is None or now >= shown.opens_at
    return begun and (shown.closes_at is None or now < shown.closes_at)


def _first_open(attempt: Attempt) -> int:
    """The first question without an answer, for who comes back."""
    left = attempt.replies.filter(said=[]).order_by("place").values_list("place", flat=True)
    return left.first() or 1


@writes
@never_cache
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Which questions are answered; handing in."""
    asker: Any = request
    paper = get_object_or_404(own_attempts(asker.actor), pk=pk)
    if paper.handed_in_at is not None:
        return redirect("training:my-result", pk)
    if request.method == "POST" or is_over(paper, timezone.now()):
        hand_in(paper, by=asker.actor)
        return redirect("training:my-result", pk)
    replies = list(paper.replies.only("attempt", "place", "said", "answer"))
    context = {
        "attempt": paper,
        "replies": replies,
        "left": sum(not one.said for one in replies),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "training/my_attempt.html", context)


@writes
@never_cache
def reply(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One question; what is chosen is kept at once, with a script or by the next button."""
    asker: Any = request
    paper = get_object_or_404(own_attempts(asker.actor), pk=pk)
    asked = get_object_or_404(paper.replies, place=place)
    if paper.handed_in_at is not None and request.method != "POST":
        return redirect("training:my-result", pk)
    if request.method == "POST":
        return _kept(request, paper, asked)
    if is_over(paper, timezone.now()):
        return _over(request, paper)
    context = {
        "attempt": paper,
        "reply": asked,
        "options": [(n, one, n in asked.said) for n, one in enumerate(asked.options)],
        "words": asked.said[0] if asked.answer == "blank" and asked.said else "",
        "number": asked.saved_no + 1,
        "count": paper.replies.count(),
        "now": timezone.now(),
        "marks": range(24),
    }
    return TemplateResponse(request, "training/my_reply.html", context)


def _kept(request: HttpRequest, paper: Attempt, asked: Reply) -> HttpResponse:
    asker: Any = request
    go = request.POST.get("go", "")
    said = tidy(asked.answer, request.POST.getlist("said"), len(asked.options))
    number = request.POST.get("number", "")
    try:
        if not number.isascii() or not number.isdecimal() or len(number) > LONGEST:
            raise DomainError("这一页已经过期，请重新打开这一题。")
        save_answer(paper, asked.place, said, number=min(int(number), MOST_NUMBER))
    except DomainError as error:
        if go == "save":
            return HttpResponse(error.sentence, status=409, content_type="text/plain")
        messages.error(request, error.sentence)
        paper = hand_in(paper, by=asker.actor) if error.sentence == LATE else paper
        return redirect("training:my-attempt", paper.pk)
    if go == "save":
        return HttpResponse(status=204)
    return _onward(paper, asked.place, go)


def _onward(paper: Attempt, place: int, go: str) -> HttpResponse:
    step = {"next": 1, "back": -1}.get(go, 0)
    if step and paper.replies.filter(place=place + step).exists():
        return redirect("training:my-reply", paper.pk, place + step)
    return redirect("training:my-attempt", paper.pk)


def _over(request: HttpRequest, paper: Attempt) -> HttpResponse:
    asker: Any = request
    hand_in(paper, by=asker.actor)
    messages.info(request, "时间已到，已按存好的答案交卷。")
    return redirect("training:my-result", paper.pk)


@require_safe
@never_cache
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it; what was right, where the test says so."""
    asker: Any = request
    paper = get_object_or_404(own_attempts(asker.actor), pk=pk)
    if paper.handed_in_at is None:
        return redirect("training:my-attempt", pk)
    replies = [marked(one) for one in paper.replies.select_related("exercise")]
    context = {
        "attempt": paper,
        "replies": replies,
        "reveals": reveals_now(paper),
        "words": passed_words(paper),
        "right": sum(one.is_full for one in replies),
    }
    return TemplateResponse(request, "training/my_result.html", context)


urlpatterns: list[URLPattern] = [
    path("my/quiz/<int:pk>/", quiz, name="my-quiz"),
    path("my/attempt/<int:pk>/", attempt, name="my-attempt"),
    path("my/attempt/<int:pk>/<int:place>/", reply, name="my-reply"),
    path("my/attempt/<int:pk>/result/", result, name="my-result"),
]
