"""The officer's screens of goals and plans of growing, and the page of whose goal serves which."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.people.models import Person
from gonghui.core.screens.panels import WORDS, Custom, Facts, Text, plug
from gonghui.core.screens.place import Place, place_of
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes

from . import actions, queries
from .filters import GoalFilters, GrowthPlanFilters
from .flow import GOAL_LIFE, PLAN_LIFE
from .forms import GoalForm, PlanForm, PromiseForm, SettleForm, StepForm
from .models import Goal, GrowthPlan, Promise, Step
from .rules import GOAL_RULES, GROWTHPLAN_RULES
from .tables import GoalTable, GrowthPlanTable

WORDS |= {"step": "小目标", "promise": "承诺", "outcome": "结果", "words": "小结", "result": "结果"}


def _steps(goal: Goal, request: Any) -> dict[str, Any]:
    may = GOAL_RULES["edit"].allows(request.actor, goal)
    return {"steps": list(goal.steps.all()), "may": may, "form": StepForm() if may else None}


def _serving(goal: Goal, request: Any) -> dict[str, Any]:
    rows = GOAL_RULES["view"].narrow(goal.served_by.all(), request.actor)
    return {"rows": list(rows.select_related("org", "person"))}


class GoalScreens(Screens):
    """Visions and goals of bodies and of people."""

    model = Goal
    lead = "组织的共同愿景、共同目标和个人的愿景、目标，谁落实谁，走到哪一步。"
    table = GoalTable
    filterset = GoalFilters
    form = GoalForm
    rules = GOAL_RULES
    flow = GOAL_LIFE
    create_capability = "learning.write"
    acts = True
    panels = (
        Facts("sort", "org", "person", "serves", "since", "until"),
        Text("words"),
        Custom("阶段小目标", "goals/panel_steps.html", _steps),
        Custom("落实它的目标", "goals/panel_serving.html", _serving),
    )

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset().select_related("org", "person", "serves")
        return queries.with_steps(rows)

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def write(self, form: Any) -> models.Model:
        if not form.instance.pk:
            form.instance.org = form.cleaned_data["org"]
        form.instance.serves = form.cleaned_data["serves"]
        return actions.keep_goal(form.instance, by=self.actor)


def _promises(plan: GrowthPlan, request: Any) -> dict[str, Any]:
    return {
        "plan": plan,
        "promises": list(plan.promises.all()),
        "may_promise": GROWTHPLAN_RULES["promise"].allows(request.actor, plan),
        "may_settle": GROWTHPLAN_RULES["settle"].allows(request.actor, plan),
        "form": PromiseForm(),
        "settle": SettleForm(auto_id=False),
    }


class GrowthPlanScreens(Screens):
    """Plans of development and of learning, each with its coach and two looks a year."""

    model = GrowthPlan
    lead = "个人发展规划和学习成才计划：谁辅导、班组承诺什么条件，半年看一次，年终再看。"
    table = GrowthPlanTable
    filterset = GrowthPlanFilters
    form = PlanForm
    rules = GROWTHPLAN_RULES
    flow = PLAN_LIFE
    create_capability = "learning.write"
    acts = True
    panels = (
        Facts("person", "org", "kind", "year", "coach", "goal", "direction", "agreed_on", "result"),
        Text("duty"),
        Text("contents"),
        Custom("班组承诺的条件", "goals/panel_promises.html", _promises),
        Facts("half_on", "half_words", title="半年看一看"),
        Facts("year_on", "year_words", title="年终看一看"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person", "coach", "goal")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        said = str(self.request.GET.get("person", ""))
        given: dict[str, Any] = {"actor": self.actor}
        return given | ({"initial": {"person": int(said)}} if said.isdigit() and not obj.pk else {})

    def write(self, form: Any) -> models.Model:
        """It lies with the body the person belongs to when it is made."""
        plan, said = form.instance, form.cleaned_data
        if not plan.pk:
            plan.person, plan.org = said["person"], said["person"].org
        plan.coach, plan.goal = said["coach"], said["goal"]
        return actions.keep_plan(plan, by=self.actor)


@require_POST
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One more small goal."""
    asker: Any = request
    goal = GoalScreens(request).fetch(pk, "edit")
    form = StepForm(request.POST)
    if form.is_valid():
        actions.add_step(goal, by=asker.actor, **form.cleaned_data)
    else:
        messages.error(request, "请写明小目标是什么；日期可以空着。")
    return _back(request, goal)


@require_POST
def mark_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick it off, take the tick back, or take the step away."""
    asker: Any = request
    step = _step(asker.actor, pk)
    act = request.POST.get("act", "done")
    if act == "drop":
        actions.drop_step(step, by=asker.actor)
    else:
        actions.mark_step(step, is_done=act == "done", by=asker.actor)
    return _back(request, step.goal)


def _step(actor: Any, pk: int) -> Step:
    held = GOAL_RULES["edit"].narrow(Goal.objects.all(), actor).order_by().values("pk")
    return get_object_or_404(Step.objects.select_related("goal__org"), goal__in=held, pk=pk)


def _back(request: HttpRequest, goal: Goal) -> HttpResponse:
    """To the member's page for what is the member's own, else to the goal's."""
    asker: Any = request
    if request.POST.get("from") == "mine" and goal.person_id == asker.actor.person.pk:
        return redirect(f"{reverse('goals:mine')}#goal-{goal.pk}")
    return redirect("goals:goal-detail", goal.pk)


@require_POST
def add_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """The team promises a condition."""
    asker: Any = request
    plan = GrowthPlanScreens(request).fetch(pk, "promise")
    form = PromiseForm(request.POST)
    if form.is_valid():
        actions.promise(plan, by=asker.actor, **form.cleaned_data)
    else:
        messages.error(request, "请写明承诺什么条件。")
    return redirect("goals:growthplan-detail", plan.pk)


@writes
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a promise was kept."""
    asker: Any = request
    seen = GROWTHPLAN_RULES["settle"].narrow(GrowthPlan.objects.all(), asker.actor)
    rows = Promise.objects.select_related("plan__person").filter(
        plan__in=seen.order_by().values("pk")
    )
    one = get_object_or_404(rows, pk=pk)
    form = SettleForm(posted(request)[0], initial={"outcome": one.outcome, "note": one.note})
    mine = one.plan.person_id == asker.actor.person.pk
    back = reverse("goals:mine") if mine else reverse("goals:growthplan-detail", args=[one.plan_id])

    def act() -> None:
        actions.settle_promise(one, by=asker.actor, **form.cleaned_data)

    return small_form(
        request, form, act, back=back, title="承诺兑现了吗", of=one.plan, lead=one.words
    )


@require_safe
def alignment(request: HttpRequest) -> HttpResponse:
    """Whose goal serves which, of a body and all below it, and which serve none."""
    asker: Any = request
    org = place_of(request).org
    if org is None or not asker.actor.can("learning.view", at=org):
        raise Http404
    place = Place(org, below=True, actor=asker.actor)
    found = queries.alignment(place, asker.actor)
    return TemplateResponse(request, "goals/alignment.html", {"found": found, "place": place})


def _growing(person: Person, request: Any) -> dict[str, Any]:
    """Of a person: what they aim at and their plans, as far as the reader sees them."""
    goals = GOAL_RULES["view"].narrow(queries.own_goals(person), request.actor)
    plans = GROWTHPLAN_RULES["view"].narrow(queries.own_plans(person), request.actor)
    may = person.left_on is None and request.actor.can("learning.write", at=person.org)
    url = f"{GrowthPlanScreens.url('create')}?person={person.pk}" if may else ""
    return {"goals": list(goals), "plans": list(plans), "plan_url": url}


plug(
    "people.person", Custom("目标与成长计划", "goals/panel_growing.html", _growing, part="learning")
)

urlpatterns: list[URLPattern] = [
    *GoalScreens.urls(),
    *GrowthPlanScreens.urls(),
    path("goal/<int:pk>/step/", add_step, name="goal-step"),
    path("step/<int:pk>/mark/", mark_step, name="step-mark"),
    path("growthplan/<int:pk>/promise/", add_promise, name="growthplan-promise"),
    path("promise/<int:pk>/settle/", settle, name="promise-settle"),
    path("alignment/", alignment, name="alignment"),
]
