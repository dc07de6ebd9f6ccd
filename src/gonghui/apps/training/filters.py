"""What training's lists are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import F, Max, Q, QuerySet
from django.forms import HiddenInput

from .models import (
    Answer,
    Attempt,
    Course,
    CourseState,
    Demand,
    DemandState,
    Exercise,
    Kind,
    Learner,
    Outcome,
    OutcomeKind,
    Programme,
    ProgrammeState,
    Provider,
    Quiz,
    QuizState,
    Result,
    Route,
    Use,
)
from .queries.courses import last_said
from .rules import COURSE_RULES, LEARNER_RULES, QUIZ_RULES


def _choice(label: str, choices: Any, **kwargs: Any) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, choices=choices, empty_label="不限", **kwargs)


ASKED = "_asked"  # after a kind of outcome: whoever was asked, not only who said yes


def _outcomes() -> list[tuple[str, str]]:
    told = [(kind.value, f"已{kind.label}") for kind in OutcomeKind]
    asked = [(f"{kind.value}{ASKED}", f"问过{kind.label}") for kind in OutcomeKind]
    return [("none", "还没有回访"), *told, *asked]


def _courses(request: Any) -> QuerySet[Course]:
    """Classes one may see; chosen by a link and not from a list."""
    return COURSE_RULES["view"].narrow(Course.objects.select_related("programme"), request.actor)


def _quizzes(request: Any) -> QuerySet[Quiz]:
    return QUIZ_RULES["view"].narrow(Quiz.objects.all(), request.actor)


class DemandFilters(filters.FilterSet):
    q = filters.CharFilter(label="想学什么", field_name="topic", lookup_expr="contains")
    year = filters.NumberFilter(label="年度")
    kind = _choice("类型", Kind.choices)
    state = _choice("状态", DemandState.choices)

    class Meta:
        model = Demand
        fields: tuple[str, ...] = ()


class ProviderFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="name", lookup_expr="contains")
    route = _choice("渠道", Route.choices)

    class Meta:
        model = Provider
        fields: tuple[str, ...] = ()


class ProgrammeFilters(filters.FilterSet):
    q = filters.CharFilter(label="项目", field_name="title", lookup_expr="contains")
    year = filters.NumberFilter(label="年度")
    kind = _choice("类型", Kind.choices)
    state = _choice("状态", ProgrammeState.choices)
    listed = _choice("计划", [("yes", "列入计划的"), ("people", "定了人数的")], method="in_plan")

    class Meta:
        model = Programme
        fields: tuple[str, ...] = ()

    def in_plan(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Without what is still being drafted; or of those only what says how many people."""
        listed = rows.exclude(state=ProgrammeState.DRAFT)
        return listed.exclude(people=None) if value == "people" else listed


class CourseFilters(filters.FilterSet):
    q = filters.CharFilter(label="项目", field_name="programme__title", lookup_expr="contains")
    year = filters.NumberFilter(label="年度", field_name="programme__year")
    kind = _choice("类型", Kind.choices, field_name="programme__kind")
    state = _choice("状态", CourseState.choices)

    class Meta:
        model = Course
        fields: tuple[str, ...] = ()


class LearnerFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", method="called")
    course = filters.ModelChoiceFilter(
        label="培训班", queryset=_courses, widget=HiddenInput, empty_label=None
    )
    year = filters.NumberFilter(label="年度", field_name="course__programme__year")
    result = _choice("结果", Result.choices)
    held = _choice("计数", [("counted", "计入人次的"), ("people", "每人一行")], method="counted")
    whose = _choice("学员", [("members", "职工"), ("outsiders", "会外学员")], method="of_sort")
    said = _choice("回访", _outcomes(), method="answered")

    class Meta:
        model = Learner
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.actor.can("learning.write"):
            del self.filters["said"]  # what somebody said is for whoever may ask

    def called(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(person__name__contains=value) | Q(outsider__name__contains=value))

    def counted(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Without who left, and without classes called off; or of these one row a person."""
        held = rows.exclude(result=Result.LEFT).exclude(course__state=CourseState.CANCELLED)
        if value != "people":
            return held
        latest = held.order_by().values("person", "outsider").annotate(latest=Max("pk"))
        return held.filter(pk__in=latest.values("latest"))

    def of_sort(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(person__isnull=value == "outsiders")

    def answered(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Of those the actor may ask: nobody asked yet, or one row a person by what they said."""
        mine = LEARNER_RULES["ask"].narrow(rows, self.request.actor)
        mine = mine.exclude(course__state=CourseState.CANCELLED)
        if value == "none":
            return mine.filter(outcomes=None)
        kind, about = value.removesuffix(ASKED), value.endswith(ASKED)
        asked = Outcome.objects.filter(learner__in=mine.order_by().values("pk"), kind=kind)
        return mine.filter(pk__in=[pk for _, pk, yes in last_said(asked) if yes or about])


class ExerciseFilters(filters.FilterSet):
    q = filters.CharFilter(label="题目", field_name="stem", lookup_expr="contains")
    topic = filters.CharFilter(label="主题", lookup_expr="contains")
    answer = _choice("题型", Answer.choices)

    class Meta:
        model = Exercise
        fields: tuple[str, ...] = ()


class QuizFilters(filters.FilterSet):
    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    use = _choice("用途", Use.choices)
    state = _choice("状态", QuizState.choices)

    class Meta:
        model = Quiz
        fields: tuple[str, ...] = ()


class AttemptFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    quiz = filters.ModelChoiceFilter(
        label="测验", queryset=_quizzes, widget=HiddenInput, empty_label=None
    )
    stands = _choice(
        "结果",
        [("passed", "及格"), ("failed", "不及格"), ("running", "答题中")],
        method="standing",
    )

    class Meta:
        model = Attempt
        fields: tuple[str, ...] = ()

    def standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        from_pass = Q(score__gte=F("pass_points"))
        if value == "running":
            return rows.filter(handed_in_at=None)
        marked = rows.filter(pass_points__isnull=False, score__isnull=False)
        return marked.filter(from_pass if value == "passed" else ~from_pass)
