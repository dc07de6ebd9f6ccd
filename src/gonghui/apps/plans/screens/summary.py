"""The year's summary, the month's brief and the carry-over: what a plan leaves behind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gonghui.core.reports.codes import write_out
from gonghui.core.reports.composing import Composition
from gonghui.core.reports.screens.reports import shown
from gonghui.kit.dates import Period, day_said
from gonghui.kit.downloads import download
from gonghui.kit.errors import DomainError

from .. import actions
from ..forms.carrying import CarryForm
from ..models import EDITABLE_STATES, OPEN_STATES, Plan
from ..queries.measuring import measured, window_of
from ..queries.summary import brief_of, summary_of
from ..rules import PLAN_RULES
from .figures import with_doors
from .papers import brief_paper, summary_paper
from .plans import PlanScreens


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: Any, pk: int) -> HttpResponse:
    """The summary from the records as they stand now; POST writes it to Word."""
    plan = PlanScreens(request).fetch(pk)
    today = timezone.localdate()
    said = summary_of(plan)
    found = measured(plan, [(one.item, one.target) for one in said.figures], today)
    open_to = with_doors(found, plan, request.actor)
    paper = summary_paper(said, open_to, request.actor, today)
    return _paper(request, plan, paper, "plan", window_of(plan), f"{plan.title} 总结")


@require_http_methods(["GET", "HEAD", "POST"])
def brief(request: Any, pk: int) -> HttpResponse:
    """The brief of the month the address names, else of this one; POST writes it to Word."""
    plan = PlanScreens(request).fetch(pk)
    month = _month(request.GET.get("month", ""), plan)
    today = timezone.localdate()
    paper = brief_paper(brief_of(plan, month, today), request.actor, today)
    name = f"{month.start.year}年{month.start.month}月简报"
    return _paper(request, plan, paper, "month", month, name)


def _paper(
    request: Any, plan: Plan, paper: Composition, sort: str, period: Period, name: str
) -> HttpResponse:
    if request.method == "POST":
        _, content = write_out(paper, sort=sort, org=plan.org, period=period, by=request.actor)
        return download(content, f"{plan.org.name} {name}", "docx")
    months = list(window_of(plan).months()) if sort == "month" else []
    context = {"plan": plan, "name": name, "months": months, "month": period, **shown(paper)}
    return TemplateResponse(request, "plans/paper.html", context)


def _month(said: str, plan: Plan) -> Period:
    if not said:
        day = min(max(timezone.localdate(), plan.starts_on), plan.ends_on)
        return Period.of_month(day.year, day.month)
    first = day_said(f"{said}-01")
    if first is None:
        raise Http404
    month = Period.of_month(first.year, first.month)
    if not month.overlaps(Period(plan.starts_on, plan.ends_on)):
        raise Http404
    return month


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: Any, pk: int) -> HttpResponse:
    """Choose what was not finished, and the plan that continues it."""
    plan = PlanScreens(request).fetch(pk, "place")
    posted = request.method == "POST"
    unfinished = plan.items.tasks().unfinished().order_by("position")
    form = CarryForm(
        request.POST if posted else None,
        unfinished=unfinished.select_related("owner", "owner_org"),
        into=_next_plans(request, plan),
        initial={"into": request.GET.get("into", "")},
    )
    if posted and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            count = actions.carry_over(plan, into, form.chosen(), by=request.actor)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            how = "新计划里已有的接在一起，其余列在「结转事项」"
            messages.success(request, f"已有 {count} 项任务转入《{into}》：{how}。")
            return redirect(
                "plans:plan-review" if into.is_editable else "plans:plan-detail", into.pk
            )
    context = {"plan": plan, "form": form, "has_tasks": unfinished.exists()}
    status = 422 if posted else 200
    return TemplateResponse(request, "plans/carry_over.html", context, status=status)


def _next_plans(request: Any, plan: Plan) -> QuerySet[Plan]:
    """Plans of the same union that end no earlier and still take tasks, the latest first."""
    rows = Plan.objects.filter(
        org=plan.org, state__in=(*EDITABLE_STATES, *OPEN_STATES), ends_on__gte=plan.ends_on
    )
    return (
        PLAN_RULES["place"].narrow(rows.exclude(pk=plan.pk), request.actor).order_by("-starts_on")
    )


urlpatterns: list[URLPattern] = [
    path("plan/<int:pk>/summary/", summary, name="summary"),
    path("plan/<int:pk>/brief/", brief, name="brief"),
    path("plan/<int:pk>/carry-over/", carry_over, name="carry-over"),
]
