"""A team's plan step by step, and the short form of a session beside the shift."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.activities.models import State
from gonghui.core.activities.queries.reach import within
from gonghui.core.orgs.models import Org
from gonghui.core.screens.panels import Custom, Facts, Text
from gonghui.kit.errors import DomainError

from ..actions import study
from ..filters import StudyPlanFilters
from ..forms.records import StudyPlanForm
from ..forms.study import PlanStepForm, StudyForm, note_words
from ..models import PlanStep, StudyPlan
from ..queries.board import with_progress
from ..rules import STUDYPLAN_RULES, keeps_board
from ..tables import StudyPlanTable
from .records import TeamScreens


def _steps(plan: StudyPlan, request: Any) -> dict[str, Any]:
    may = STUDYPLAN_RULES["edit"].allows(request.actor, plan)
    rows = list(plan.steps.select_related("instructor__person", "activity"))
    held = [one.activity_id for one in rows if one.activity_id]
    seen = set(within(request.actor, "view").filter(pk__in=held).values_list("pk", flat=True))
    return {
        "plan": plan,
        "rows": [(one, one.activity_id in seen) for one in rows],
        "may": may,
        "form": PlanStepForm(plan=plan) if may else None,
        "month": timezone.localdate().month,
        "is_now": plan.year == timezone.localdate().year,
    }


class StudyPlanScreens(TeamScreens):
    """Plans of study and training made by teams themselves."""

    model = StudyPlan
    lead = "班组按工作需要自己排的学习培训计划，一月一步，讲什么、谁来讲、办了没有。"
    table = StudyPlanTable
    filterset = StudyPlanFilters
    form = StudyPlanForm
    rules = STUDYPLAN_RULES
    panels = (
        Facts("org", "year"),
        Text("needs"),
        Custom("步骤", "teams/panel_steps.html", _steps),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return with_progress(super().queryset())


@require_POST
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One more step of a plan."""
    asker: Any = request
    plan = StudyPlanScreens(request).fetch(pk, "edit")
    form = PlanStepForm(request.POST, plan=plan)
    if form.is_valid():
        study.add_step(plan, by=asker.actor, **form.cleaned_data)
    else:
        messages.error(request, "请选月份，写明学什么。")
    return redirect("teams:studyplan-detail", plan.pk)


@require_POST
def mark_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step was carried out, was not after all, or is not meant any more."""
    asker: Any = request
    kept = STUDYPLAN_RULES["edit"].narrow(StudyPlan.objects.all(), asker.actor)
    rows = PlanStep.objects.filter(plan__in=kept.order_by().values("pk")).select_related("plan")
    step = get_object_or_404(rows, pk=pk)
    act = request.POST.get("act", "done")
    try:
        if act == "drop":
            study.drop_step(step, by=asker.actor)
        else:
            study.carry_step(step, is_done=act == "done", by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("teams:studyplan-detail", step.plan_id)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A session before or after the shift, in one short form."""
    asker: Any = request
    org = get_object_or_404(keeps_board.narrow(Org.objects.filter(until=None), asker.actor), pk=pk)
    posted = request.method == "POST"
    said = request.GET.get("step", "")
    initial = {"step": int(said)} if said.isdigit() else {}
    form = StudyForm(request.POST if posted else None, org=org, actor=asker.actor, initial=initial)
    if posted and form.is_valid():
        try:
            made = study.note_study(org, _said(form), by=asker.actor)
            is_over = made.state == State.RECORDED
            messages.success(request, "已记下，到场的人都有了学时。" if is_over else "已安排。")
            return redirect("teams:board", org.pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"org": org, "form": form, "title": note_words(org)}
    return TemplateResponse(request, "teams/note.html", context, status=422 if posted else 200)


def _said(form: StudyForm) -> study.Said:
    given = form.cleaned_data
    return study.Said(
        theme=given["theme"],
        shift=given.get("shift", ""),
        starts_at=form.starts_at,
        minutes=given["minutes"],
        place=given["place"],
        gains=given["gains"],
        came=tuple(given["came"]),
        teacher=given["teacher"],
        step=given["step"],
    )


urlpatterns: list[URLPattern] = [
    *StudyPlanScreens.urls(),
    path("studyplan/<int:pk>/step/", add_step, name="studyplan-step"),
    path("step/<int:pk>/mark/", mark_step, name="step-mark"),
    path("board/<int:pk>/note/", note, name="note"),
]
