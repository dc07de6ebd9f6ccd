"""The month or the week of a body's activities, with or without those below; occasions to come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.activities.queries.reach import standing
from gonghui.core.screens.place import place_of
from gonghui.kit.addresses import query_with
from gonghui.kit.dates import Period, day_said, full_day
from gonghui.kit.months import month_asked, month_beside

from ..queries.days import month_of, week_of
from ..queries.occasions import suggestions

WEEK = timedelta(days=7)
LEADS = {
    True: "本级办的活动，按天排开；下级办的，换到「含下级」就看得到。",
    False: "本会和下级办的活动，按天排开。",
}


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One month, or with ``look=week`` one week; what was called off is left out."""
    asker: Any = request
    place = place_of(request)
    rows = place.narrow(standing(asker.actor), "org")
    today = timezone.localdate()
    is_week = request.GET.get("look") == "week"
    shown = _week(request, rows, today) if is_week else _month(request, rows, today)
    first, last = shown["span"]
    at = None if first <= today <= last else str(first)
    month_url = query_with(request, look=None, at=f"{first:%Y-%m}")
    week_url = query_with(request, look="week", at=at)
    context = shown | {
        "lead": LEADS[place.is_narrow],
        "today": today,
        "is_week": is_week,
        "now_url": query_with(request, at=None),
        "looks": [
            {"label": "月", "url": month_url, "current": not is_week},
            {"label": "周", "url": week_url, "current": is_week},
        ],
        "page": "activities:activity-detail",
        "org": place.org,
        "suggestions": suggestions(asker.actor, place.org, first, last) if place.org else [],
    }
    return TemplateResponse(request, "agenda/calendar.html", context)


def _month(request: HttpRequest, rows: Any, today: date) -> dict[str, Any]:
    year, month = month_asked(request.GET.get("at", "")) or (today.year, today.month)
    span = Period.of_month(year, month)
    return {
        "weeks": month_of(rows, year, month),
        "title": f"{year} 年 {month} 月",
        "span": (span.start, span.end),
        "previous_url": query_with(request, at=month_beside(year, month, -1)),
        "next_url": query_with(request, at=month_beside(year, month, 1)),
    }


def _week(request: HttpRequest, rows: Any, today: date) -> dict[str, Any]:
    day = day_said(request.GET.get("at", "")) or today
    week = week_of(rows, day)
    first, last = week[0].day, week[-1].day
    return {
        "weeks": [week],
        "title": f"{full_day(first)}至 {last.month} 月 {last.day} 日",
        "span": (first, last),
        "previous_url": query_with(request, at=str(first - WEEK)),
        "next_url": query_with(request, at=str(first + WEEK)),
    }


urlpatterns: list[URLPattern] = [path("", calendar, name="calendar")]
