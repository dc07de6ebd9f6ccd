"""The member's own goals and plans, for the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.access.who import person_of
from gonghui.core.flow.life import Flow
from gonghui.core.screens.small_forms import small_form, writes

from . import actions, queries
from .flow import GOAL_LIFE, PLAN_LIFE
from .forms import GoalForm, PlanForm
from .models import Goal, GrowthPlan
from .rules import GOAL_RULES, GROWTHPLAN_RULES


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I aim at with its steps, what my team aims at, my plans and those I coach."""
    asker: Any = request
    person = person_of(asker)
    goals = list(queries.own_goals(person))
    plans = list(queries.own_plans(person))
    context = {
        "goals": [(one, GOAL_LIFE.open_to(asker.actor, one)) for one in goals],
        "plans": [(one, PLAN_LIFE.open_to(asker.actor, one)) for one in plans],
        "team": queries.goals_of(person.org),
        "coached": list(queries.coached_plans(person)),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "goals/mine.html", context)


@writes
def goal(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A goal of my own, new or changed."""
    asker: Any = request
    person = person_of(asker)
    kept = Goal(person=person, org=person.org)
    if pk:
        own = GOAL_RULES["edit"].narrow(Goal.objects.filter(person=person), asker.actor)
        kept = get_object_or_404(own.select_related("org"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = GoalForm(data, instance=kept, actor=asker.actor, org=None, own=True)

    def keep() -> None:
        kept.serves = form.cleaned_data["serves"]
        actions.keep_goal(kept, by=asker.actor)

    title = "改我的目标" if pk else "立一个目标"
    return _asked(request, form, keep, title, "写下想做到的事，再分成几步，一步一步来。")


@writes
def plan(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A plan of my own while it is a draft."""
    asker: Any = request
    person = person_of(asker)
    kept = GrowthPlan(person=person, org=person.org)
    if pk:
        own = GROWTHPLAN_RULES["edit"].narrow(GrowthPlan.objects.filter(person=person), asker.actor)
        kept = get_object_or_404(own.select_related("org"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, instance=kept, actor=asker.actor, own=True)

    def keep() -> None:
        kept.coach, kept.goal = form.cleaned_data["coach"], form.cleaned_data["goal"]
        actions.keep_plan(kept, by=asker.actor)

    title = "改我的计划" if pk else "拟一份成长计划"
    return _asked(request, form, keep, title, "拟好以后请班组长或辅导人商定，再照着做。")


@writes
def step(request: HttpRequest, pk: int, name: str, life: Flow) -> HttpResponse:
    """A step of the life of what is mine: reached, given up, the half-year look."""
    asker: Any = request
    person = person_of(asker)
    row = get_object_or_404(life.model, pk=pk, person=person)
    taken = life.by_name.get(name)
    if taken is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form: Any = taken.form(data) if taken.form else forms.Form(data)

    def take() -> None:
        life.perform(row, name, by=asker.actor, **form.cleaned_data)

    return _asked(request, form, take, taken.label, str(row))


def _asked(
    request: HttpRequest, form: Any, act: Callable[[], object], title: str, lead: str
) -> HttpResponse:
    """Show a form of mine, and do what it says."""

    def done() -> str:
        act()
        return "已记下。"

    mine, template = reverse("goals:mine"), "goals/asked_mine.html"
    return small_form(request, form, done, back=mine, template=template, title=title, lead=lead)


urlpatterns: list[URLPattern] = [
    path("mine/", mine, name="mine"),
    path("mine/goal/", goal, name="own-goal"),
    path("mine/goal/<int:pk>/", goal, name="own-goal-edit"),
    path("mine/plan/", plan, name="own-plan"),
    path("mine/plan/<int:pk>/", plan, name="own-plan-edit"),
    path("mine/goal/<int:pk>/<slug:name>/", step, {"life": GOAL_LIFE}, name="own-goal-step"),
    path("mine/plan/<int:pk>/<slug:name>/", step, {"life": PLAN_LIFE}, name="own-plan-step"),
]
