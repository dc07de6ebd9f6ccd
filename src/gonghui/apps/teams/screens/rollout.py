"""The roll-out by unit and stage, and how much of a body the campaign covers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import registry
from gonghui.kit.errors import DomainError

from ..actions.rollout import enlist_many
from ..forms.study import ManyForm
from ..queries.coverage import coverage_of, people_in, studied, units_in, units_taking
from ..queries.rollout import rollout_of
from ..rules import keeps_board

PAGE = 100


@require_safe
def rollout(request: HttpRequest) -> HttpResponse:
    """How each unit stands in the stage of the year, who answers, and what is missing."""
    org, day = _place(request), timezone.localdate()
    found = rollout_of(org, day)
    here = f"?org={org.pk}"
    is_short = "short" in request.GET
    context = {
        "units": found.short if is_short else found.units,
        "units_title": "还没达标的单位" if is_short else "各单位",
        "all_url": f"{here}#units" if is_short else "",
        "here": here,
        "org": org,
        "day": day,
        "found": found,
        "covered": coverage_of(org, day),
        "boards_url": reverse("teams:boards") + here,
        "units_url": reverse("teams:rollout-units") + here,
        "people_url": reverse("teams:rollout-people") + here,
    }
    return TemplateResponse(request, "teams/rollout.html", context)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units that take part, or those that do not."""
    org, day = _place(request), timezone.localdate()
    wants = request.GET.get("taking", "yes") != "no"
    taking = units_taking(org, day)
    rows = [one for one in units_in(org, day) if (one.path in taking) == wants]
    context = {
        "org": org,
        "title": "开展创争活动的单位" if wants else "还没有开展的单位",
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "wants": wants,
    }
    return TemplateResponse(request, "teams/units.html", context)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people who studied in some form this year, or those who did not, as the reader sees."""
    asker: Any = request
    org, day = _place(request), timezone.localdate()
    wants = request.GET.get("studied", "yes") != "no"
    screens = registry["people.person"]
    seen = screens.rules["view"].narrow(Person.objects.order_by(), asker.actor)
    condition = studied(day.replace(month=1, day=1), day)
    rows = people_in(org).filter(condition if wants else ~condition, pk__in=seen.values("pk"))
    page = Paginator(
        rows.select_related("org").order_by("org__path", "pinyin", "pk"), PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "org": org,
        "title": "今年参加过学习的职工" if wants else "今年还没有学习记录的职工",
        "page": page,
        "rows": [(one, screens.url("detail", pk=one.pk)) for one in page],
        "wants": wants,
    }
    return TemplateResponse(request, "teams/people.html", context)


@require_POST
def enlist_all(request: HttpRequest) -> HttpResponse:
    """Several teams are registered at once, from the list of boards."""
    asker: Any = request
    form = ManyForm(request.POST)
    chosen = [int(one) for one in request.POST.getlist("org") if one.isdigit()]
    orgs = list(keeps_board.narrow(Org.objects.filter(pk__in=chosen), asker.actor))
    if not orgs or not form.is_valid():
        messages.error(request, "请勾选班组，并填写从哪天起参加。")
    else:
        try:
            made = enlist_many(orgs, since=form.cleaned_data["since"], by=asker.actor)
            messages.success(request, f"{len(made)} 个班组已登记参加。")
        except DomainError as error:
            messages.error(request, error.sentence)
    return redirect(f"{reverse('teams:boards')}?taking=no")


def _place(request: HttpRequest) -> Org:
    """The body one looks from; all below always counts."""
    asker: Any = request
    org = place_of(request).org
    if org is None or not asker.actor.can("learning.view", at=org):
        raise Http404
    return org


urlpatterns: list[URLPattern] = [
    path("rollout/", rollout, name="rollout"),
    path("rollout/units/", units, name="rollout-units"),
    path("rollout/people/", people, name="rollout-people"),
    path("enlist/", enlist_all, name="enlist"),
]
