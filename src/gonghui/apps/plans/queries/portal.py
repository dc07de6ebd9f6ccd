"""What a member sees on the phone: my tasks, one of them, and what my unions published."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment
from gonghui.core.orgs.models import UNIT, UPPER, Org
from gonghui.kit.dates import Period

from ..models import Item, ItemState, Occurrence, Plan, Progress
from ..rules import ITEM_RULES, PLAN_RULES
from .desk import Line, PlanLine, lines_of, mine, owned_by, plan_line
from .helping import helped_by


@dataclass(frozen=True, slots=True)
class Portal:
    """What a member's home says of plans: my tasks, where I help, what my unions published."""

    tasks: tuple[Line, ...]
    helped: tuple[Line, ...]
    plans: tuple[PlanLine, ...]
    bodies: tuple[str, ...]  # where I belong: my own body and the union it is part of


MOST_OWN, MOST_PLANS, MOST_DONE, MOST_NOTES = 50, 5, 10, 20


def portal_of(actor: Actor, today: date) -> Portal:
    """The member's home in four queries."""
    person = actor.person
    if person is None:
        return Portal((), (), (), ())
    helped: QuerySet[Item] = Item.objects.running().unfinished().filter(pk__in=helped_by(actor))
    helped = ITEM_RULES["view"].narrow(helped, actor).order_by("due_on", "pk")
    above = list(Org.objects.filter(path__in=person.org.ancestor_paths()).order_by("-path"))
    unions = (org for org in above[1:] if org.kind in UPPER | UNIT)
    return Portal(
        tasks=lines_of(mine(actor), today, MOST_OWN),
        helped=lines_of(helped, today, MOST_OWN),
        plans=published_to(actor, today)[:MOST_PLANS],
        bodies=tuple(str(org) for org in (*above[:1], *islice(unions, 1))),
    )


def published_to(actor: Actor, today: date) -> tuple[PlanLine, ...]:
    """This year's plans that the person's own unions published, the nearest union first."""
    if actor.person is None:
        return ()
    above = actor.person.org.ancestor_paths()
    rows: QuerySet[Plan] = Plan.objects.of_year(today.year).open().filter(org__path__in=above)
    rows = PLAN_RULES["view"].narrow(rows, actor).select_related("org")
    return tuple(plan_line(plan) for plan in rows.order_by("-org__path", "-starts_on"))


def done_by(actor: Actor, today: date) -> tuple[Line, ...]:
    """The person's tasks finished this year, the latest first."""
    if actor.person is None:
        return ()
    year = Period.of_year(today.year)
    rows: QuerySet[Item] = Item.objects.running().filter(
        owned_by(actor), state=ItemState.DONE, finished_on__gte=year.start
    )
    rows = ITEM_RULES["view"].narrow(rows, actor).order_by("-finished_on", "-pk")
    return lines_of(rows, today, MOST_DONE)


def member_tasks(actor: Actor) -> QuerySet[Item]:
    """The tasks a member may open on the phone."""
    rows = Item.objects.tasks().select_related(
        "plan", "org", "owner", "owner_org", "parent__parent__parent"
    )
    return ITEM_RULES["view"].narrow(rows, actor)


def open_turn(item: Item) -> Occurrence | None:
    """The turn of a task with a cadence that is to be kept next."""
    return item.occurrences.filter(done_on=None).order_by("due_on", "serial").first()


@dataclass(frozen=True, slots=True)
class Note:
    """A progress note with its proof."""

    on: date
    text: str
    by: str
    files: tuple[tuple[int, str], ...]


def notes_of(item: Item) -> tuple[Note, ...]:
    """The latest notes of a task and their files, in two queries."""
    rows = list(item.progress_notes.select_related("by")[:MOST_NOTES])
    files: dict[int, list[tuple[int, str]]] = defaultdict(list)
    found = Attachment.objects.filter(
        content_type=ContentType.objects.get_for_model(Progress),
        object_id__in=[row.pk for row in rows],
    )
    for one in found:
        files[one.object_id].append((one.pk, one.name))
    return tuple(
        Note(row.on, row.text, row.by.name if row.by else "系统", tuple(files[row.pk]))
        for row in rows
    )
