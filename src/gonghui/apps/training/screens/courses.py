"""Classes, who is in them, learners from outside and what they say later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.files.store import attach_all
from gonghui.core.records.queries.certificates import class_certificate
from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.panels import Attachments, Custom, Facts
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.errors import DomainError

from ..actions.courses import (
    ask_outcome,
    drop_learner,
    enrol,
    judge,
    judge_by_terms,
    open_course,
    take_in_signed,
)
from ..exchange import LEARNERS
from ..filters import CourseFilters, LearnerFilters
from ..flow import COURSE
from ..forms.courses import CourseForm, EnrolForm, JudgeForm, OutcomeForm, OutsiderForm
from ..models import Course, CourseState, Learner, Outsider, Programme, Result
from ..queries.courses import courses_within, learners_of, learners_within, shown_by, tally
from ..rules import COURSE_RULES, LEARNER_RULES, OUTSIDER_RULES, PROGRAMME_RULES
from ..tables import CourseTable, LearnerTable, OutsiderTable
from .owned import OwnedScreens

SHOWN = 100  # learners drawn on a class's page; the rest stand in their list


def _learners(course: Course, request: Any) -> dict[str, Any]:
    """Who is in it, for whoever keeps or reads the class; a learner does not see the others."""
    seen = LEARNER_RULES["view"].narrow(learners_of(course), request.actor)
    if not request.actor.can("learning.view", at=course.org) and not request.actor.can(
        "learning.write", at=course.org
    ):
        return {"is_hidden": True}
    rows = list(seen[:SHOWN])
    shown = shown_by(course, rows)
    return {
        "rows": [(one, shown[one.pk]) for one in rows],
        "tally": tally(seen),
        "list_url": f"{LearnerScreens.url('list')}?course={course.pk}&scope=below",
        "more": max(0, seen.count() - SHOWN),
        "may": COURSE_RULES["keep"].allows(request.actor, course),
        "has_terms": course.attendance is not None or course.quiz_id is not None,
    }


class CourseScreens(OwnedScreens):
    """Classes of programmes, each with its activity and its learners."""

    model = Course
    lead = "每个项目办的每一期：什么时候开、多少学时、谁在学、谁合格。"
    table = CourseTable
    filterset = CourseFilters
    form = CourseForm
    rules = COURSE_RULES
    flow = COURSE
    related = ("org", "programme", "activity", "provider", "quiz")
    panels = (
        Facts(
            "programme", "org", "provider", "hours", "attendance", "quiz", "is_to_door", "kits",
        ),
        Custom("学员", "training/panel_learners.html", _learners),
        Attachments(removable=True),
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        stayed, passed = ~Q(learners__result=Result.LEFT), Q(learners__result=Result.PASSED)
        counts = {
            "people": Count("learners", filter=stayed & Q(learners__isnull=False)),
            "passed": Count("learners", filter=passed),
        }
        rows: QuerySet[Any] = super().queryset().annotate(**counts)
        return rows

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given = super().form_kwargs(obj)
        said = self.request.GET.get("programme", "")
        if obj.pk or not said.isdigit():
            return given
        rows = PROGRAMME_RULES["view"].narrow(
            Programme.objects.select_related("org", "provider"), self.actor
        )
        found = get_object_or_404(rows, pk=int(said))
        initial = {"programme": found, "provider": found.provider, "hours": found.hours}
        org = found.org if self.actor.can("learning.write", at=found.org) else given["org"]
        return given | {"initial": initial, "org": org}

    @property
    def acts(self) -> bool:  # type: ignore[override]  # a new class leaves its entry by its action
        return bool(self.request.resolver_match.url_name == "course-create")

    def write(self, form: Any) -> Course:
        if form.instance.pk:
            kept: Course = form.save()
        else:
            said = {name: form.cleaned_data[name] for name in form.Meta.fields}
            programme, org = said.pop("programme"), said.pop("org")
            sitting = form.sitting()
            kept = open_course(programme, org, by=self.actor, sitting=sitting, **said)
        self.attach(kept, form)
        return kept

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = [("上课与签到", reverse("activities:activity-detail", args=[obj.activity_id]))]
        if COURSE_RULES["keep"].allows(self.actor, obj):
            doors.append(("加学员", reverse("training:course-enrol", args=[obj.pk])))
        keeps = ACTIVITY_RULES["place"].allows(self.actor, obj.activity)
        if obj.state == CourseState.SETTLED and keeps:
            doors.append(("结业证书", reverse("records:certificates", args=[obj.activity_id])))
        return doors


@writes
def course_enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """People join a class."""
    asker: Any = request
    course = get_object_or_404(courses_within(asker.actor, "keep"), pk=pk)
    form = EnrolForm(posted(request)[0], actor=asker.actor)

    def act() -> str:
        return f"加了 {len(enrol(course, by=asker.actor, **form.cleaned_data))} 名学员。"

    back = CourseScreens.url("detail", course)
    return small_form(request, form, act, back=back, title="加学员", of=course, submit="加入")


@require_POST
def course_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever signed up by themselves becomes a learner."""
    return _acted(request, pk, lambda course, by: f"收进 {len(take_in_signed(course, by=by))} 人。")


@require_POST
def course_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass those who did what the class asks."""

    def act(course: Course, by: Any) -> str:
        passed, short = judge_by_terms(course, by=by)
        return f"{passed} 人合格；{len(short)} 人还没有达到要求，没有动。"

    return _acted(request, pk, act)


def _acted(request: HttpRequest, pk: int, act: Any) -> HttpResponse:
    asker: Any = request
    course = get_object_or_404(courses_within(asker.actor, "keep"), pk=pk)
    try:
        messages.success(request, act(course, asker.actor))
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect(CourseScreens.url("detail", course))


def _outcomes(learner: Learner, request: Any) -> dict[str, Any]:
    may = LEARNER_RULES["ask"].allows(request.actor, learner)
    return {
        "outcomes": list(learner.outcomes.select_related("asked_by")) if may else [],
        "ask_url": reverse("training:learner-outcome", args=[learner.pk]) if may else "",
        "is_hidden": not may,
    }


class LearnerScreens(OwnedScreens):
    """Everybody's place in a class and what came of it."""

    model = Learner
    lead = "谁在哪一期学、结果怎样；合格的人自动记培训学时。"
    table = LearnerTable
    filterset = LearnerFilters
    rules = LEARNER_RULES
    create_capability = ""
    org_field = "course__org"
    related = ("course__programme", "course__org", "person__org", "outsider")
    export = LEARNERS
    personal = True
    bulk = (BulkAction("judge", "登记结果", LEARNER_RULES["edit"], judge, JudgeForm),)
    panels = (
        Facts(
            "course", "person", "outsider", "joined_on", "result", "result_on", "grade",
            "certificate",
        ),
        Custom("回访", "training/panel_outcomes.html", _outcomes),
        Attachments(),
    )  # fmt: skip

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if LEARNER_RULES["edit"].allows(self.actor, obj):
            doors.append(("登记结果", reverse("training:learner-judge", args=[obj.pk])))
        if (paper := class_certificate(obj.registration_id, self.actor)) is not None:
            doors.append(("结业证书", reverse("records:certificate", args=[paper.pk])))
        return doors


@writes
def learner_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a class for one person."""
    asker: Any = request
    learner = get_object_or_404(learners_within(asker.actor, "edit"), pk=pk)
    now = {name: getattr(learner, name) for name in ("result", "grade", "certificate")}
    form = JudgeForm(posted(request)[0], initial=now | {"on": learner.result_on})

    def act() -> None:
        judge(learner, by=asker.actor, **form.cleaned_data)

    back, of = LearnerScreens.url("detail", learner), f"{learner} {learner.course}"
    return small_form(request, form, act, back=back, title="登记结果", of=of)


@require_POST
def learner_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away one who was put in by mistake."""
    asker: Any = request
    learner = get_object_or_404(learners_within(asker.actor, "edit"), pk=pk)
    try:
        drop_learner(learner, by=asker.actor)
        messages.success(request, f"已移出{learner}。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect(CourseScreens.url("detail", learner.course))


@writes
def learner_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What a learner says when asked later."""
    asker: Any = request
    learner = get_object_or_404(learners_within(asker.actor, "ask"), pk=pk)
    form = OutcomeForm(*posted(request), learner=learner)

    def act() -> None:
        _answered(learner, dict(form.cleaned_data), asker.actor)

    back, of = LearnerScreens.url("detail", learner), f"{learner} {learner.course}"
    return small_form(request, form, act, back=back, title="登记回访", of=of)


@transaction.atomic
def _answered(learner: Learner, said: dict[str, Any], by: Any) -> None:
    attach_all(learner, said.pop("papers"), by=by)
    ask_outcome(learner, by=by, **said)


def _took(outsider: Outsider, request: Any) -> dict[str, Any]:
    rows = outsider.learnings.select_related("course__programme").order_by("-pk")
    return {"learnings": list(LEARNER_RULES["view"].narrow(rows, request.actor))}


class OutsiderScreens(OwnedScreens):
    """Learners who are on no roster, such as the laid-off."""

    model = Outsider
    lead = "不在名册里的学员，如下岗、失业人员；只留姓名，本人同意才留电话。"
    table = OutsiderTable
    form = OutsiderForm
    rules = OUTSIDER_RULES
    panels = (
        Facts("name", "sort", "org", "contact", "agreed_on", "note"),
        Custom("参加过的培训", "training/panel_learnings.html", _took),
    )

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().queryset().annotate(times=Count("learnings"))
        return rows


urlpatterns: list[URLPattern] = [
    *CourseScreens.urls(),
    path("course/<int:pk>/enrol/", course_enrol, name="course-enrol"),
    path("course/<int:pk>/signed/", course_signed, name="course-signed"),
    path("course/<int:pk>/judge/", course_judge, name="course-judge"),
    *LearnerScreens.urls(),
    path("learner/<int:pk>/judge/", learner_judge, name="learner-judge"),
    path("learner/<int:pk>/drop/", learner_drop, name="learner-drop"),
    path("learner/<int:pk>/outcome/", learner_outcome, name="learner-outcome"),
    *OutsiderScreens.urls(),
]
