"""My calendar addresses, and the calendar itself, read by a phone without a log-in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.access.middleware import public
from gonghui.kit.downloads import download
from gonghui.kit.icalendar import write_calendar

from .actions import renew_feed
from .models import Feed
from .sources import Offer, Source, lead_of, sources


@public
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What the subscriber may see now; a closed address and a person who left find nothing."""
    rows = Feed.objects.select_related("person__org", "person__account")
    feed = get_object_or_404(rows, token=token)
    account = getattr(feed.person, "account", None)
    left = feed.person.left_on
    source = sources.get(feed.source)
    gone = left is not None and left <= timezone.localdate()
    if source is None or account is None or not account.is_active or gone:
        raise Http404
    found = source.read(Actor(feed.person), feed.about, lead_of(request))
    if found is None:
        raise Http404
    response = download(write_calendar(found.title, found.events), "gonghui", "ics")
    response["X-Robots-Tag"] = "noindex"
    return response


@dataclass(frozen=True)
class Row:
    """A calendar one may subscribe to, with its address where one was made."""

    source: Source
    offer: Offer
    address: str


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """My calendar addresses; with ``?source=`` and ``?about=`` only those."""
    actor = _person(request)
    asked, about = request.GET.get("source", ""), _number(request.GET.get("about", ""))
    known = {(one.source, one.about): one for one in Feed.objects.filter(person=actor.person)}
    wanted = [one for one in sources if asked in ("", one.code)]
    groups = []
    for source in wanted:
        rows = [
            Row(source, offer, _address(request, known.get((source.code, offer.about))))
            for offer in source.offers(actor, about if asked else None)
        ]
        groups.append((source.label, rows))
    return TemplateResponse(request, "feeds/feeds.html", {"groups": [g for g in groups if g[1]]})


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new address for a calendar; the old one is closed from now on."""
    actor = _person(request)
    source = sources.get(request.POST.get("source", ""))
    about = _number(request.POST.get("about", ""))
    if source is None or about not in [one.about for one in source.offers(actor, about)]:
        raise Http404
    renew_feed(actor.person, source.code, about, by=actor)  # type: ignore[arg-type]  # a person, as was asked
    return redirect("feeds:list")


def _person(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    if actor.person is None:
        raise Http404
    return actor


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() else None


def _address(request: HttpRequest, kept: Feed | None) -> str:
    if kept is None:
        return ""
    return request.build_absolute_uri(reverse("feeds:calendar", args=[kept.token]))
