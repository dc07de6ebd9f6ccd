"""What should be noticed: the list, one finding, counts by unit, and the checks themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.regulations.figures import figures
from gonghui.core.regulations.standards import values_of
from gonghui.core.screens.panels import WORDS, Custom
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens, registry

from . import actions
from .checking import Check, checks
from .filters import FindingFilters
from .forms import AcknowledgeForm
from .models import Finding
from .queries import as_of, check_lines, counts_below, earlier
from .rules import FINDING_RULES
from .tables import STATE_TONES, FindingTable, UnitTable, severity_badge

WORDS |= {"until": "何时再看"}


def told(finding: Finding, request: Any) -> dict[str, Any]:
    """The rule with its sources, the values of the day, what to do and where."""
    check = checks.get(finding.check_code)
    state = as_of(timezone.localdate(), finding)
    return {
        "finding": finding,
        "check": check,
        "severity": severity_badge(finding.severity),
        "state": state,
        "tone": STATE_TONES[state],
        "url": address_of(check, finding, request.actor) if check and not finding.gone_on else "",
        "earlier": earlier(finding)[:10],
    }


def address_of(check: Check, finding: Finding, actor: Actor) -> str:
    """Where the matter is put right; empty for whoever may not open that record's page."""
    screens = registry.get(check.link)
    if screens is None:
        return ""
    rows = screens.model._base_manager.filter(pk=finding.about)
    seen = screens.rules["view"].narrow(rows, actor).exists()
    return screens.url("detail", pk=finding.about) if seen else ""


class FindingScreens(Screens):
    """What the checks found; a person answers for a finding by the form."""

    model = Finding
    lead = "系统每天按章程、法规和本级标准检查一遍，发现的问题列在这里；处理好以后会自动消除。"
    table = FindingTable
    filterset = FindingFilters
    form = AcknowledgeForm
    rules = FINDING_RULES
    acts = True
    panels = (Custom("", "watch/panel_finding.html", told),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "acknowledged_by")

    def write(self, form: forms.ModelForm) -> models.Model:
        return actions.acknowledge(form.instance, by=self.actor, **form.cleaned_data)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """How many findings each body directly below has, worst first."""
    asker: Any = request
    if not asker.actor.can("watch.view"):
        raise Http404
    place = place_of(request)
    table = UnitTable(counts_below(asker.actor, place))
    context = {"org": place.org, "table": table, "list_url": reverse("watch:finding-list")}
    return TemplateResponse(request, "watch/units.html", context)


@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """Every check: its rule, the standards it uses here today, when it ran and what it found."""
    asker: Any = request
    if not asker.actor.can("watch.view"):
        raise Http404
    place = place_of(request)
    keys = sorted({key for check in checks for key in check.standards})
    values = values_of(keys, day=timezone.localdate())
    path = place.org.path if place.org else ""
    lines = [
        (line, [(figures[key], values[key].at(path)) for key in line.check.standards])
        for line in check_lines(asker.actor, place)
    ]
    areas: dict[str, list[Any]] = {}
    for one in lines:
        areas.setdefault(one[0].check.area, []).append(one)
    context = {"areas": list(areas.items()), "org": place.org}
    return TemplateResponse(
        request, "watch/rulebook.html", context | {"list_url": reverse("watch:finding-list")}
    )
