"""Needs, providers, programmes and the year's plan they make."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.place import place_of

from ..exchange import DEMANDS, PROGRAMMES
from ..filters import DemandFilters, ProgrammeFilters, ProviderFilters
from ..flow import DEMAND, PROGRAMME
from ..forms.planning import DemandForm, ProgrammeForm, ProviderForm
from ..forms.steps import MergeForm
from ..models import CourseState, Demand, Programme, ProgrammeState, Provider
from ..queries.courses import tally, taught
from ..queries.plan import plan_of
from ..rules import COURSE_RULES, DEMAND_RULES, PROGRAMME_RULES, PROVIDER_RULES
from ..tables import DemandTable, ProgrammeTable, ProviderTable
from .owned import OwnedScreens


def _merge(demand: Demand, *, by: Any, programme: Programme) -> object:
    return DEMAND.perform(demand, "merge", by=by, programme=programme)


class DemandScreens(OwnedScreens):
    """What units say their people need to learn."""

    model = Demand
    lead = "各单位想学什么、谁要学、希望几月；汇总以后纳入培训项目。"
    table = DemandTable
    filterset = DemandFilters
    form = DemandForm
    rules = DEMAND_RULES
    flow = DEMAND
    related = ("org", "programme")
    export = DEMANDS
    bulk = (
        BulkAction("merge", "纳入项目", DEMAND.by_name["merge"].guard, _merge, MergeForm),
        BulkAction.of(DEMAND, "submit"),
    )
    panels = (
        Facts("org", "year", "kind", "audience", "people", "month", "programme", "asked_by"),
        Text("reason"),
        Attachments(removable=True),
    )

    def new(self) -> Demand:
        return Demand(asked_by=self.actor.person)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        may = DEMAND.by_name["merge"].guard.allows(self.actor, obj)
        url = f"{ProgrammeScreens.url('create')}?demand={obj.pk}"
        return [("据此拟项目", url)] if may else []


class ProviderScreens(OwnedScreens):
    """Night colleges, workers' schools, institutions one commissions."""

    model = Provider
    lead = "培训渠道：夜大、职大、职工中专、上级工会和委托的机构，谁联系、能教什么。"
    table = ProviderTable
    filterset = ProviderFilters
    form = ProviderForm
    rules = PROVIDER_RULES
    panels = (
        Facts("name", "route", "org", "subjects", "address", "contact", "phone", "is_current"),
        Text("note"),
        Attachments(removable=True),
    )


def _demands(programme: Programme, request: Any) -> dict[str, Any]:
    rows = programme.demands.select_related("org")
    return {"demands": list(DEMAND_RULES["view"].narrow(rows, request.actor))}


def _courses(programme: Programme, request: Any) -> dict[str, Any]:
    """Its classes with how many are in each, and what all came to."""
    seen = COURSE_RULES["view"].narrow(programme.courses.select_related("activity"), request.actor)
    rows = seen.annotate(people=Count("learners")).order_by("number")
    is_open = programme.state != ProgrammeState.CLOSED
    may = is_open and request.actor.can("learning.write")  # branches hold classes of it too
    url = f"{reverse('training:course-create')}?programme={programme.pk}"
    return {
        "courses": list(rows),
        "tally": tally(taught(seen)),
        "open_url": url if may else "",
    }


class ProgrammeScreens(OwnedScreens):
    """The lines of a year's training plan."""

    model = Programme
    lead = "年度培训计划的每一项：培训谁、谁承办、计划多少人，办了几期。"
    table = ProgrammeTable
    filterset = ProgrammeFilters
    form = ProgrammeForm
    rules = PROGRAMME_RULES
    flow = PROGRAMME
    related = ("org", "provider")
    export = PROGRAMMES
    panels = (
        Facts(
            "org", "year", "kind", "form", "audience", "category", "provider", "people", "hours",
            "since", "until", "is_short", "is_rolling",
        ),
        Text("goal"),
        Custom("培训班", "training/panel_courses.html", _courses),
        Custom("据哪些需求", "training/panel_demands.html", _demands),
        Attachments(removable=True),
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        held = Count("courses", filter=~Q(courses__state=CourseState.CANCELLED))
        rows: QuerySet[Any] = super().queryset().annotate(held=held)
        return rows

    def new(self) -> Programme:
        """Where a need is named, its words are filled in."""
        demand = self._demand()
        if demand is None:
            return Programme()
        return Programme(
            title=demand.topic,
            year=demand.year,
            kind=demand.kind,
            audience=demand.audience,
            people=demand.people,
            goal=demand.reason,
        )

    def saved(self, obj: Any) -> None:
        """The need it was drafted from goes into it at once."""
        demand = self._demand()
        if demand is not None:
            DEMAND.perform(demand, "merge", by=self.actor, programme=obj)

    def _demand(self) -> Demand | None:
        said = self.request.GET.get("demand", "")
        if not said.isdigit():
            return None
        rows = Demand.objects.filter(pk=int(said))
        found = DEMAND.by_name["merge"].guard.narrow(rows, self.actor).first()
        if found is None:
            raise Http404
        return found


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The year's training plan of a place: what was planned beside what was held."""
    asker: Any = request
    place = place_of(request)
    if place.org is None or not (
        asker.actor.can("learning.view", at=place.org)
        or asker.actor.can("learning.write", at=place.org)
    ):
        raise Http404
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() and len(said) == 4 else timezone.localdate().year
    found = plan_of(asker.actor, place, year)
    context = {
        "year": year,
        "place": place,
        "plan": found,
        "previous": str(year - 1),
        "following": str(year + 1),
        "unsaid_note": f"另有 {found.unsaid} 个项目没有定人数" if found.unsaid else "",
        "planned_query": f"?year={year}&listed=people",
        "people_query": f"?year={year}&held=people",
        "said_query": f"?year={year}&said=",
        "may_ask": asker.actor.can("learning.write", at=place.org),
        "held_query": f"?year={year}&held=counted",
    }
    return TemplateResponse(request, "training/plan.html", context)


urlpatterns: list[URLPattern] = [
    path("plan/", plan, name="plan"),
    *DemandScreens.urls(),
    *ProviderScreens.urls(),
    *ProgrammeScreens.urls(),
]
