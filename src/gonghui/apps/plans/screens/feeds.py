"""What of plans a phone may subscribe to: a plan's dated tasks, and one's own of all plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import URLPattern, path, reverse

from gonghui.core.access.actor import Actor
from gonghui.core.feeds.screens import calendar
from gonghui.core.feeds.sources import Calendar, Lead, Offer, Source, sources
from gonghui.core.history.models import Entry
from gonghui.kit.icalendar import Event

from ..models import Item, ItemState, Occurrence, Plan
from ..queries import words
from ..queries.desk import owned_by
from ..queries.helping import helped_by
from ..rules import ITEM_RULES, PLAN_RULES

MOST_EVENTS = 2000  # of one calendar; more than a phone shows of a year
MOST_PLANS = 50


def _my_tasks(actor: Actor, about: int | None, lead: Lead) -> Calendar | None:
    mine = owned_by(actor) | Q(pk__in=helped_by(actor))
    dated = _dated(actor).order_by().values("pk")
    tasks = ITEM_RULES["view"].narrow(Item.objects.running().filter(mine, pk__in=dated), actor)
    return Calendar("我的工会任务", _events(tasks, lead))


def _plan(actor: Actor, about: int | None, lead: Lead) -> Calendar | None:
    plan = PLAN_RULES["view"].narrow(Plan.objects.filter(pk=about or 0), actor).first()
    if plan is None:
        return None
    return Calendar(plan.title, _events(_dated(actor).filter(plan=plan), lead))


def _plans(actor: Actor, about: int | None) -> list[Offer]:
    rows = Plan.objects.open() if about is None else Plan.objects.filter(pk=about)
    visible = PLAN_RULES["view"].narrow(rows, actor)
    return [Offer(plan.pk, plan.title) for plan in visible[:MOST_PLANS]]


def _dated(actor: Actor) -> QuerySet[Item]:
    """Tasks with a day, within the rules as they stand today."""
    dated = Item.objects.tasks().exclude(state=ItemState.DROPPED).exclude(due_on=None)
    return ITEM_RULES["view"].narrow(dated, actor)


def _events(tasks: QuerySet[Item], lead: Lead) -> Iterator[Event]:
    """Each with when it was last touched."""
    kind = ContentType.objects.get_for_model(Item)
    entries = Entry.objects.filter(content_type=kind, object_id=OuterRef("pk"))
    touched = Subquery(entries.order_by("-number").values("at")[:1])
    rows = tasks.annotate(touched=touched).select_related("plan", "owner", "owner_org")
    items = list(rows.order_by("due_on", "pk")[:MOST_EVENTS])
    turns: dict[int, list[Occurrence]] = {item.pk: [] for item in items}
    for turn in Occurrence.objects.filter(item__in=list(turns)).order_by("due_on")[:MOST_EVENTS]:
        turns[turn.item_id].append(turn)
    for item in items:
        if turns[item.pk]:
            for turn in turns[item.pk]:
                yield _event(item, turn, lead)
        else:
            yield _event(item, None, lead)


def _event(item: Any, turn: Occurrence | None, lead: Lead) -> Event:
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
        url=lead(reverse("plans:item-detail", args=[item.pk])),
        updated=item.touched or item.plan.changed_at,
    )


sources.add(
    "tasks", Source("tasks", "任务", lambda actor, about: [Offer(None, "我的任务")], _my_tasks)
)
sources.add("plan", Source("plan", "计划", _plans, _plan))

# Phones that subscribed before calendars were kept in one place ask here.
urlpatterns: list[URLPattern] = [path("feeds/<str:token>.ics", calendar, name="feed")]
