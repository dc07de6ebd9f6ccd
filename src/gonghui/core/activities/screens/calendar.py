"""The month of activities: of a body, with or without those below."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.screens.place import place_of
from gonghui.kit.addresses import query_with
from gonghui.kit.months import month_asked, month_beside

from ..queries.calendar import month_of
from ..queries.reach import standing


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One month; what was called off is left out."""
    asker: Any = request
    today = timezone.localdate()
    year, month = month_asked(request.GET.get("at", "")) or (today.year, today.month)
    rows = place_of(request).narrow(standing(asker.actor), "org")
    context = {
        "weeks": month_of(rows, year, month),
        "year": year,
        "month": month,
        "today": today,
        "previous_url": query_with(request, at=month_beside(year, month, -1)),
        "next_url": query_with(request, at=month_beside(year, month, 1)),
        "now_url": query_with(request, at=None),
    }
    return TemplateResponse(request, "activities/calendar.html", context)


urlpatterns: list[URLPattern] = [path("calendar/", calendar, name="calendar")]
