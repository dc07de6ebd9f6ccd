"""Results are written down item by item: everybody who entered one, with a rank and a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.reach import within
from gonghui.core.signing.models import Quota
from gonghui.kit.errors import DomainError

from ..actions.recording import OPEN_TO_NOTES, set_results
from ..forms.results import result_rows, results_said
from ..queries.results import items_of


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """One item at a time; the first where none is named."""
    asker: Any = request
    held = within(asker.actor, "edit").filter(state__in=OPEN_TO_NOTES)
    activity = get_object_or_404(held, pk=pk)
    items = list(items_of(activity))
    said = request.GET.get("item", "")
    item = next((one for one in items if str(one.pk) == said or not said), None)
    if item is None:
        raise Http404
    item.activity = activity
    data = request.POST if request.method == "POST" else None
    rows = result_rows(item, data)
    checked = [row.is_valid() for row in rows]  # each says what is wrong with it
    if data is not None and all(checked):
        try:
            set_results(activity, item, results_said(rows), by=asker.actor)
            messages.success(request, f"“{item}”的成绩已保存。")
            return redirect(_page_of(activity, item))
        except DomainError as error:
            messages.error(request, error.sentence)
    *own, more = rows
    tabs = tabs_of(activity, items, item)
    context = {"activity": activity, "item": item, "rows": own, "more": more, "tabs": tabs}
    status = 200 if data is None else 422
    return TemplateResponse(request, "records/results.html", context, status=status)


def tabs_of(activity: Activity, items: Sequence[Quota], item: Quota | None) -> list[dict[str, Any]]:
    """An item each, and after them the teams; of no item is the page of these."""
    tabs: list[dict[str, Any]] = [
        {"label": str(one), "url": _page_of(activity, one), "current": one == item} for one in items
    ]
    teams = reverse("records:teams", args=[activity.pk])
    return [*tabs, {"label": "团体总分", "url": teams, "current": item is None}]


def _page_of(activity: Activity, item: Quota) -> str:
    return f"{reverse('records:results', args=[activity.pk])}?item={item.pk}"


urlpatterns: list[URLPattern] = [path("activity/<int:pk>/results/", results, name="results")]
