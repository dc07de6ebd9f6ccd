"""The tree of bodies, opened branch by branch, so that 50,000 bodies cost no more than a few."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from gonghui.core.orgs.models import Org

from .. import queries
from ..rules import ORG_RULES
from .bodies import OrgScreens


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The branches a person may see; ``?at=`` begins at one body, which needs no script."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    at = request.GET.get("at", "")
    tops = list(queries.tops(actor))
    context: dict[str, Any] = {"tops": tops, "at": None}
    if at or len(tops) == 1:
        org = _visible(request, int(at) if at.isdigit() else 0) if at else tops[0]
        above = ORG_RULES["view"].narrow(Org.objects.all(), actor)
        context |= {
            "at": org,
            "above": above.filter(path__in=org.ancestor_paths()[:-1]).order_by("path"),
            **_branch(request, org),
        }
    context["list_url"] = OrgScreens.url("list")
    return TemplateResponse(request, "organisation/tree.html", context)


@require_safe
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies directly below one, as a fragment."""
    context = _branch(request, _visible(request, pk))
    return TemplateResponse(request, "organisation/_branch.html", context)


def _visible(request: Any, pk: int) -> Org:
    return get_object_or_404(ORG_RULES["view"].narrow(Org.objects.all(), request.actor), pk=pk)


def _branch(request: HttpRequest, org: Org) -> dict[str, Any]:
    pages = Paginator(queries.children_of(org), queries.MOST_CHILDREN)
    return {"org": org, "page": pages.get_page(request.GET.get("page"))}
