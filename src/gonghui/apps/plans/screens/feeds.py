"""Calendars to subscribe to: a secret address for a person or a plan, read without a log-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.access.middleware import public
from gonghui.core.history.models import Entry
from gonghui.kit.downloads import download
from gonghui.kit.icalendar import Event, write_calendar

from .. import actions
from ..models import Feed, Item, ItemState, Occurrence, Plan
from ..queries import words
from ..queries.desk import owned_by
from ..rules import ITEM_RULES, PLAN_RULES

MOST_EVENTS = 2000  # of one calendar; more than a phone shows of a year
MOST_PLANS = 50


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the subscriber may see now; a closed address and a person who left find nothing."""
    rows = Feed.objects.select_related("person__org", "person__account", "plan__org")
    found = get_object_or_404(rows, token=token)
    account = getattr(found.person, "account", None)
    left = found.person.left_on
    if account is None or not account.is_active or (left and left <= timezone.localdate()):
        raise Http404
    actor = Actor(found.person)
    if found.plan and not PLAN_RULES["view"].allows(actor, found.plan):
        raise Http404
    events = list(_events(_tasks(found, actor), request))
    written = write_calendar(found.plan.title if found.plan else "我的工会任务", events)
    response = download(written, "gonghui", "ics")
    response["X-Robots-Tag"] = "noindex"
    return response


def _tasks(found: Feed, actor: Actor) -> QuerySet[Item]:
    """Dated tasks within the rules as they stand today, each with when it was last touched."""
    tasks = Item.objects.tasks().exclude(state=ItemState.DROPPED).exclude(due_on=None)
    if found.plan:
        tasks = tasks.filter(plan=found.plan)
    else:
        helps = Item.helpers.through.objects.filter(item=OuterRef("pk"), person=found.person)
        own = owned_by(actor)
        tasks = Item.objects.running().filter(pk__in=tasks.order_by().values("pk"))
        tasks = tasks.filter(own | Q(Exists(helps)))
    kind = ContentType.objects.get_for_model(Item)
    entries = Entry.objects.filter(content_type=kind, object_id=OuterRef("pk"))
    touched = Subquery(entries.order_by("-number").values("at")[:1])
    rows = ITEM_RULES["view"].narrow(tasks, actor).annotate(touched=touched)
    return rows.select_related("plan", "owner", "owner_org").order_by("due_on", "pk")


def _events(tasks: QuerySet[Item], request: HttpRequest) -> Iterator[Event]:
    items = list(tasks[:MOST_EVENTS])
    turns: dict[int, list[Occurrence]] = {item.pk: [] for item in items}
    for turn in Occurrence.objects.filter(item__in=list(turns)).order_by("due_on")[:MOST_EVENTS]:
        turns[turn.item_id].append(turn)
    for item in items:
        if turns[item.pk]:
            for turn in turns[item.pk]:
                yield _event(item, turn, request)
        else:
            yield _event(item, None, request)


def _event(item: Any, turn: Occurrence | None, request: HttpRequest) -> Event:
    """On the day it is due: a task that may take months would else fill every day of them."""
    is_done = turn.done_on is not None if turn else item.state == ItemState.DONE
    owner = words.owner_of(item)
    said = [item.plan.title, f"责任：{owner}" if owner else "", item.get_state_display()]
    uid = f"turn-{turn.pk}" if turn else f"task-{item.pk}"
    return Event(
        uid=f"{uid}@gonghui",
        start=turn.due_on if turn else item.due_on,
        end=None,
        summary=("✓ " if is_done else "") + item.text[:80],
        description="\n".join(filter(None, said)),
        url=request.build_absolute_uri(reverse("plans:item-detail", args=[item.pk])),
        updated=item.touched or item.plan.changed_at,
    )


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """My calendar addresses: my own tasks, and the plans I may read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    if actor.person is None:
        raise Http404
    asked = request.GET.get("plan", "")
    visible = PLAN_RULES["view"].narrow(Plan.objects.open(), actor).select_related("org")
    kept = {feed.plan_id: feed for feed in Feed.objects.filter(person=actor.person)}
    plans = list(visible.filter(pk=int(asked)) if asked.isdigit() else visible[:MOST_PLANS])
    rows: list[tuple[int | None, str, str]] = [
        (None, "我的任务", _address(request, kept.get(None)))
    ]
    rows += [(plan.pk, plan.title, _address(request, kept.get(plan.pk))) for plan in plans]
    return TemplateResponse(request, "plans/feeds.html", {"rows": rows})


def _address(request: HttpRequest, kept: Feed | None) -> str:
    if kept is None:
        return ""
    return request.build_absolute_uri(reverse("plans:feed", args=[kept.token]))


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new address for my tasks or for a plan; the old one is closed from now on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    if actor.person is None:
        raise Http404
    asked = request.POST.get("plan", "")
    plan = None
    if asked:
        visible = PLAN_RULES["view"].narrow(Plan.objects.all(), actor)
        plan = get_object_or_404(visible, pk=int(asked) if asked.isdigit() else 0)
    actions.renew_feed(actor.person, plan, by=actor)
    return redirect("plans:feeds")


urlpatterns: list[URLPattern] = [
    path("feeds/", feeds, name="feeds"),
    path("feeds/renew/", renew, name="feed-renew"),
    path("feeds/<str:token>.ics", feed, name="feed"),
]
