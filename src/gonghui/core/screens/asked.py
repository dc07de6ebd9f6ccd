"""A list as somebody asked for it, in plain words, so that a worker finds the same rows again."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import Http404, HttpRequest, QueryDict
from django.utils.module_loading import import_string

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org

# The ``Screens`` a list was declared with; that module imports this one, so its type has no name.
Listed = Any

NOT_ASKED = ("page", "export", "view")  # of an address: what is no part of which rows are meant


def asked(screens: Listed) -> dict[str, str]:
    """Which list, and its address with the place said in full: another session has another one."""
    query = screens.request.GET.copy()
    for name in NOT_ASKED:
        query.pop(name, None)
    place = screens.place
    query["org"] = str(place.org.pk) if place.org else ""
    query["scope"] = "below" if place.below else "own"
    cls = type(screens)
    return {"screens": f"{cls.__module__}.{cls.__qualname__}", "query": query.urlencode()}


def again(said: dict[str, Any], actor: Actor) -> Listed:
    """The same list for the same person, without a browser."""
    request: Any = HttpRequest()
    request.method, request.GET = "GET", QueryDict(said["query"])
    request.actor, request.user = actor, AnonymousUser()
    request.session, request.htmx = {}, False
    screens: Listed = import_string(said["screens"])(request)
    return screens


def ordered(screens: Listed) -> models.QuerySet[Any]:
    """All rows of the list as shown: filtered as its address says and in the order of its table."""
    table = screens.table(screens.written(screens.found[1]))
    tables.RequestConfig(screens.request, paginate=False).configure(table)
    rows: models.QuerySet[Any] = table.data.data
    return rows


def home_of(screens: Listed) -> Org:
    """The body a long piece of work about the list is done for."""
    org: Org | None = screens.place.org
    if org is None:
        raise Http404  # an account without a person sees no rows to act upon
    return org


def title_of(screens: Listed) -> str:
    """What the list is called on its page."""
    return str(getattr(screens, "title", "") or screens.model._meta.verbose_name_plural)
