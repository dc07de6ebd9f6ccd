"""The bank of questions, tests made from it, squads, results."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.screens.panels import Custom, Facts, Text
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.errors import DomainError

from ..actions.quizzes import drop_squad, keep_squad, set_parts
from ..engine.questions import key_in_words
from ..exchange import RESULTS
from ..filters import AttemptFilters, ExerciseFilters, QuizFilters
from ..flow import QUIZ
from ..forms.quizzes import ExerciseForm, PartForms, QuizForm, SquadForm
from ..models import Attempt, Exercise, Quiz, Squad
from ..queries.quizzes import (
    marked,
    quizzes_within,
    rule_words,
    slots_of,
    squads_standing,
    topics_of,
    total_of,
)
from ..rules import ATTEMPT_RULES, EXERCISE_RULES, QUIZ_RULES
from ..tables import AttemptTable, ExerciseTable, QuizTable, passed_words
from .owned import OwnedScreens


def _options(exercise: Exercise, request: Any) -> dict[str, Any]:
    right = {one for one in exercise.key if isinstance(one, int)}
    lines = [("ABCDEFGH"[n], one, n in right) for n, one in enumerate(exercise.options)]
    return {"lines": lines, "key": key_in_words(exercise.answer, exercise.key, "，或")}


class ExerciseScreens(OwnedScreens):
    """The questions a body and those below it draw their tests from."""

    model = Exercise
    lead = "本级的题库；下级出卷也能抽到。可以用 Excel 一次导入。"
    table = ExerciseTable
    filterset = ExerciseFilters
    form = ExerciseForm
    rules = EXERCISE_RULES
    panels = (
        Facts("topic", "answer", "org", "is_current"),
        Text("stem"),
        Custom("选项与答案", "training/panel_options.html", _options),
        Text("explanation"),
    )


def _parts(quiz: Quiz, request: Any) -> dict[str, Any]:
    """What a paper is made of, and what it adds up to."""
    may = QUIZ_RULES["edit"].allows(request.actor, quiz)
    return {
        "parts": list(quiz.parts.all()),
        "total": total_of(slots_of(quiz)),
        "url": reverse("training:quiz-parts", args=[quiz.pk]) if may else "",
    }


def _standing(quiz: Quiz, request: Any) -> dict[str, Any]:
    if quiz.use != "contest":
        return {"is_hidden": True}
    may = QUIZ_RULES["keep"].allows(request.actor, quiz) and quiz.state != "closed"
    return {
        "places": squads_standing(quiz),
        "rule": rule_words(quiz),
        "squad_url": reverse("training:quiz-squads", args=[quiz.pk]) if may else "",
        "may_drop": quiz.state == "draft" and may,
    }


class QuizScreens(OwnedScreens):
    """Exercises, tests and contests of knowledge."""

    model = Quiz
    lead = "练习、测验和知识竞赛：从题库随机抽题，每人一卷，时间和次数由系统把关。"
    table = QuizTable
    filterset = QuizFilters
    form = QuizForm
    rules = QUIZ_RULES
    flow = QUIZ
    panels = (
        Facts(
            "use", "org", "minutes", "tries", "pass_points", "partial", "reveals", "opens_at",
            "closes_at",
        ),
        Text("words"),
        Custom("出题要求", "training/panel_parts.html", _parts),
        Custom("参赛队", "training/panel_standing.html", _standing),
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        done = Count("attempts", filter=Q(attempts__handed_in_at__isnull=False))
        rows: QuerySet[Any] = super().queryset().annotate(papers=done)
        return rows

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if not QUIZ_RULES["keep"].allows(self.actor, obj):
            return []
        return [("看成绩", f"{AttemptScreens.url('list')}?quiz={obj.pk}&scope=below")]


@writes
def quiz_parts(request: HttpRequest, pk: int) -> HttpResponse:
    """How many questions of which topic and sort."""
    asker: Any = request
    quiz = get_object_or_404(quizzes_within(asker.actor, "edit"), pk=pk)
    posted = request.method == "POST"
    before = [asdict(one) for one in slots_of(quiz)]
    forms = PartForms(request.POST if posted else None, initial=before)
    back = QuizScreens.url("detail", quiz)
    problem = ""
    if posted and forms.is_valid():
        try:
            set_parts(quiz, [s for one in forms if (s := one.slot())], by=asker.actor)
            return redirect(back)
        except DomainError as error:
            problem = error.sentence
    context = {
        "quiz": quiz,
        "forms": forms,
        "problem": problem,
        "topics": topics_of(quiz.org),
        "back": back,
    }
    status = 422 if posted else 200
    return TemplateResponse(request, "training/quiz_parts.html", context, status=status)


@writes
def quiz_squads(request: HttpRequest, pk: int) -> HttpResponse:
    """A squad is entered for a contest, or its people changed."""
    asker: Any = request
    quiz = get_object_or_404(quizzes_within(asker.actor, "keep"), pk=pk)
    form = SquadForm(posted(request)[0], actor=asker.actor)

    def act() -> None:
        keep_squad(quiz, by=asker.actor, **form.cleaned_data)

    back = QuizScreens.url("detail", quiz)
    return small_form(request, form, act, back=back, title="登记参赛队", of=quiz)


@require_POST
def squad_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a squad out before the contest begins."""
    asker: Any = request
    kept = quizzes_within(asker.actor, "keep").order_by().values("pk")
    squad = get_object_or_404(Squad.objects.filter(quiz__in=kept), pk=pk)
    try:
        drop_squad(squad, by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("training:quiz-detail", squad.quiz_id)


def _paper(attempt: Attempt, request: Any) -> dict[str, Any]:
    """The paper as it was given, once it was handed in."""
    rows = list(attempt.replies.all()) if attempt.handed_in_at else []
    return {"replies": [marked(one) for one in rows], "words": passed_words(attempt)}


class AttemptScreens(OwnedScreens):
    """Results of tests, and each paper as it was given."""

    model = Attempt
    lead = "谁答了几次、得了多少分；点开看当时那一份卷。"
    table = AttemptTable
    filterset = AttemptFilters
    rules = ATTEMPT_RULES
    create_capability = ""
    org_field = "quiz__org"
    related = ("quiz", "person__org")
    export = RESULTS
    personal = True
    panels = (
        Facts("person", "quiz", "number", "score", "total", "started_at", "handed_in_at"),
        Custom("答卷", "training/panel_paper.html", _paper),
    )


@require_safe
def exercise_topics(request: HttpRequest) -> HttpResponse:
    """How many questions the bank of the chosen place has, by topic and sort."""
    screens = ExerciseScreens(request)
    rows: Any = screens.listed().order_by().values("topic", "answer")
    counted = rows.filter(is_current=True).annotate(n=Count("pk")).order_by("topic", "answer")
    labels = dict(Exercise._meta.get_field("answer").flatchoices)
    context = {"rows": [(one["topic"], labels[one["answer"]], one["n"]) for one in counted]}
    return TemplateResponse(request, "training/topics.html", context)


urlpatterns: list[URLPattern] = [
    path("exercise/topics/", exercise_topics, name="exercise-topics"),
    *ExerciseScreens.urls(),
    *QuizScreens.urls(),
    path("quiz/<int:pk>/parts/", quiz_parts, name="quiz-parts"),
    path("quiz/<int:pk>/squads/", quiz_squads, name="quiz-squads"),
    path("squad/<int:pk>/drop/", squad_drop, name="squad-drop"),
    *AttemptScreens.urls(),
]
