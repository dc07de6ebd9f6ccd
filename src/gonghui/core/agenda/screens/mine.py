"""A member's own month: what they signed up for, and what is on near them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.activities.models import State
from gonghui.kit.addresses import query_with
from gonghui.kit.months import month_asked, month_beside

from ..queries.days import month_of
from ..queries.mine import nearby, own, own_sessions


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One month; what was called off is left out."""
    asker: Any = request
    if asker.actor.person is None:
        raise Http404
    today = timezone.localdate()
    year, month = month_asked(request.GET.get("at", "")) or (today.year, today.month)
    weeks = month_of(
        own(asker.actor).exclude(state=State.CANCELLED), year, month, own_sessions(asker.actor)
    )
    context = {
        "weeks": weeks,
        "title": f"{year} 年 {month} 月",
        "today": today,
        "has_some": any(day.sessions for week in weeks for day in week),
        "previous_url": query_with(request, at=month_beside(year, month, -1)),
        "next_url": query_with(request, at=month_beside(year, month, 1)),
        "now_url": query_with(request, at=None),
        "page": "signing:portal-activity",
        "nearby": nearby(asker.actor),
    }
    return TemplateResponse(request, "agenda/mine.html", context)


urlpatterns: list[URLPattern] = [path("mine/", mine, name="mine")]
