"""The search page: people, plans, tasks and unions, each as far as the person may see them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gonghui.core.search.finding import find
from gonghui.core.search.grams import LONGEST_QUERY

FEW, MANY = 5, 50


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A few hits of each kind, or many of the one that ``kind`` names; the address says it all."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    kind = request.GET.get("kind", "")
    asker: Any = request
    groups = find(asker.actor, query, limit=MANY if kind else FEW, kind=kind)
    context = {
        "query": query,
        "kind": kind,
        "groups": [(group, f"?{urlencode({'q': query, 'kind': group.kind})}") for group in groups],
        "all_url": f"?{urlencode({'q': query})}",
    }
    whole = not asker.htmx or asker.htmx.boosted or asker.htmx.history_restore_request
    template = "site/search.html" if whole else "site/search.html#found"
    response = TemplateResponse(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
