"""Where everybody arrives: the officer's desk or the member's portal, and the choice of place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.orgs.models import Org
from gonghui.core.screens.place import may_stand

from .navigation import is_officer

SCOPES = frozenset({"own", "below"})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Whoever holds a capability gets the desk, everybody else the portal, at one address."""
    asker: Any = request
    template = "site/desk.html" if is_officer(asker.actor) else "site/portal_home.html"
    return TemplateResponse(request, template, {})


@require_POST
def choose_place(request: HttpRequest) -> HttpResponse:
    """Keep where the person looks from and go back; the address says it as well."""
    asker: Any = request
    said, scope = request.POST.get("org", ""), request.POST.get("scope", "")
    org = Org.objects.filter(pk=int(said), until=None).first() if said.isdecimal() else None
    if org is None or not may_stand(asker.actor, org):
        raise Http404
    request.session["place_org"] = org.pk
    request.session["place_scope"] = scope if scope in SCOPES else "own"
    return redirect(_back(request.POST.get("next", ""), request))


def _back(said: str, request: HttpRequest) -> str:
    """The page one came from, never one outside, without the place it was seen from."""
    if not url_has_allowed_host_and_scheme(said, allowed_hosts=None):
        return reverse("home")
    parts = urlsplit(said)
    query = QueryDict(parts.query, mutable=True)
    for name in ("org", "scope", "page"):
        query.pop(name, None)
    session = request.session
    query["org"], query["scope"] = str(session["place_org"]), session["place_scope"]
    return urlunsplit(("", "", parts.path or "/", query.urlencode(), ""))
