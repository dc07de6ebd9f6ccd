"""The list of bodies as they stood on an earlier day, read from their versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2 as tables
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from gonghui.core.orgs.models import Org, OrgVersion
from gonghui.core.screens.place import place_of

from .. import queries
from ..rules import ORG_RULES
from ..tables import VersionTable


def asked_day(request: Any) -> date | None:
    """The earlier day a list is asked for; nonsense and today mean the list of today."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return day if day < timezone.localdate() else None


def list_as_of(request: Any, day: date) -> HttpResponse:
    """Below the chosen body's place of that day; only bodies the actor may see today."""
    place = place_of(request).org
    then = OrgVersion.objects.on(day).filter(org=place).first() if place else None
    may = ORG_RULES["view"].narrow(Org.objects.all(), request.actor).order_by().values("pk")
    rows = queries.bodies_on(day, then.path if then else "-").filter(org__in=may)
    table = VersionTable(rows)
    tables.RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "day": day, "place": place}
    return TemplateResponse(request, "organisation/org_as_of.html", context)
