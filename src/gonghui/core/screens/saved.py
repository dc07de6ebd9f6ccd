"""Saved views of a list: one's own, each an address under a name; one of them may come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gonghui.core.access.who import person_of
from gonghui.kit.prepared import about

from .models import SavedView

# The place belongs to the frame and the page to the moment: neither is part of a view.
PLACE = ("org", "scope")
NO_PART = ("page", "export", "view", *PLACE)
MOST = 30  # views of one list


@dataclass(frozen=True)
class Views:
    """The views of the list at the screen, and which of them it is."""

    all: list[SavedView]
    current: SavedView | None
    is_plain: bool

    @property
    def key(self) -> tuple[Any, ...]:
        """All that is shown of them."""
        return tuple((view.pk, view.name, view.query, view.is_default) for view in self.all)

    @property
    def default(self) -> SavedView | None:
        return next((view for view in self.all if view.is_default), None)


def views_of(request: Any) -> Views:
    match, person = request.resolver_match, request.actor.person
    if match is None or person is None:
        return Views([], None, is_plain=True)
    pk, name = person.pk, match.view_name
    rows = about(pk, ("views", name), lambda pk: SavedView.objects.filter(person=pk, list=name))
    own = list(rows)
    here = normal(request.GET)
    current = next((view for view in own if here and view.query == here), None)
    return Views(own, current, is_plain=not here)


def normal(query: QueryDict) -> str:
    """An address in one form: what says nothing left out, the rest in order."""
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        values = [value for value in query.getlist(name) if value]
        if values and name not in NO_PART:
            kept.setlist(name, values)
    return kept.urlencode()


class ViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ("name", "is_default")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the list one comes from under a name; the same name again replaces it."""
    person, here = person_of(request), request.POST.get("next", "")
    name = _list_at(here)
    query = normal(QueryDict(urlsplit(here).query))
    form = ViewForm(request.POST)
    own = SavedView.objects.filter(person=person, list=name)
    if not form.is_valid():
        messages.error(request, "请给视图起一个名称，最多 30 个字。")
    elif own.count() >= MOST:
        messages.error(request, f"一个名单最多保存 {MOST} 个视图，请先删去不用的。")
    else:
        with transaction.atomic():
            if form.cleaned_data["is_default"]:
                own.update(is_default=False)
            values = {"query": query, "is_default": form.cleaned_data["is_default"]}
            own.update_or_create(
                name=form.cleaned_data["name"],
                defaults=values,
                create_defaults=values | {"person": person, "list": name},
            )
    return _back(here, query)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a view of one's own; the records stay as they are."""
    view = get_object_or_404(SavedView, pk=pk, person=person_of(request))
    here = request.POST.get("next", "")
    _list_at(here)
    view.delete()
    return _back(here, "")


def _back(here: str, query: str) -> HttpResponse:
    """To the view at the place one was looking at."""
    parts = urlsplit(here)
    said = QueryDict(parts.query)
    place = [f"{name}={said[name]}" for name in PLACE if said.get(name, "").isalnum()]
    return redirect(f"{parts.path}?{'&'.join([query or 'view=all', *place])}")


def _list_at(address: str) -> str:
    """The name of the list at an address of ours."""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        raise Http404
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404 as error:
        raise Http404 from error
