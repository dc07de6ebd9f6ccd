"""Working from a plan: its items are planted, owned, noted upon, finished or put off."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach_all
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..engine.calendar import due_on, named_year, rests
from ..engine.outlining import Node, Outline, parents
from ..models import Area, Item, Occurrence, Plan, Progress, Target
from .turns import set_turns

AREAS = {label: value for value, label in Area.choices}


@transaction.atomic
def plant_items(plan: Plan, outline: Outline) -> int:
    """Write an outline as rows: items level by level, then targets, turns and continuations."""
    made: dict[int, Item] = {}
    above = {node.id: parent for node, parent in parents(outline.nodes)}
    for depth in range(max(node.depth for node in outline.nodes) + 1):
        level = [(at, n) for at, n in enumerate(outline.nodes, start=1) if n.depth == depth]
        items = [_item(plan, node, at, made, above) for at, node in level]
        for (_, node), item in zip(level, Item.objects.bulk_create(items), strict=True):
            made[node.id] = item
    _plant_figures(outline, made)
    set_turns(plan, [(made[node.id], _months(node, above)) for node in outline.nodes])
    return len(made)


def _item(
    plan: Plan, node: Node, position: int, made: dict[int, Item], above: dict[int, Node | None]
) -> Item:
    parent = above[node.id]
    months = _months(node, above)
    return item_of(plan, node, position, parent=made[parent.id] if parent else None, months=months)


def item_of(
    plan: Plan, node: Node, position: int, *, parent: Item | None, months: Iterable[int]
) -> Item:
    """A line as an item that is not saved yet; ``months`` are its own or those it stands below."""
    starts, due = span_of(plan, months, node.due)
    return Item(
        plan=plan,
        org=plan.org,
        parent=parent,
        position=position,
        depth=node.depth,
        kind=node.kind,
        marker=node.marker[:40],
        text=node.text,
        months=list(node.months),
        due=node.due or "",
        every=[{"unit": e.unit, "min": e.min, "max": e.max} for e in node.every],
        since_year=_since(plan, node),
        when=list(node.when),
        starts_on=starts,
        due_on=due,
        area=AREAS.get(node.area, node.area if node.area in Area.values else ""),
        owner_id=node.owner_person,
        owner_org_id=node.owner_org,
        owner_words=node.owner[:100],
        has_blank=node.blank,
    )


def _since(plan: Plan, node: Node) -> int | None:
    """Every second year counts from the plan that said so first, which a copied line remembers."""
    if not rests(said.unit for said in node.every):
        return None
    return node.since_year or plan.starts_on.year


def _plant_figures(outline: Outline, made: dict[int, Item]) -> None:
    Target.objects.bulk_create(
        Target(item=made[n.id], op=g.op[:2], value=Decimal(str(g.value)), unit=g.unit[:20])
        for n in outline.nodes
        for g in n.targets
    )
    continued = [n for n in outline.nodes if n.continues in made]
    for node in continued:
        made[node.id].continues = made[node.continues or 0]
    Item.objects.bulk_update([made[node.id] for node in continued], ["continues"])


def _months(node: Node, above: dict[int, Node | None]) -> tuple[int, ...]:
    """The node's own months, or those of the nearest node above that names some."""
    at: Node | None = node
    while at is not None:
        if at.months:
            return at.months
        at = above[at.id]
    return ()


def span_of(plan: Plan, months: Iterable[int], due: str | None) -> tuple[date | None, date | None]:
    """First and last day that months and a due date mean within the plan; empty without either."""
    last = _due_day(plan, due)
    if last and named_year(due):
        return _month_before(last, months), last
    days = [_first_day(plan, month) for month in months]
    starts = min(days, default=None)
    if days and (last is None or _is_next_years(days, last)):
        last = _last_day(max(days))
    if starts and last and starts > last:
        starts = None
    return starts, last


def _is_next_years(days: Sequence[date], last: date) -> bool:
    """``12月：筹备元旦晚会``: the new year's festival is got ready in the months that are named."""
    return last.month <= 2 and last < min(days) and min(days).month >= 10


def _month_before(last: date, months: Iterable[int]) -> date | None:
    """The first day of the first month up to a day whose year the words name."""
    first = next(iter(months), None)
    if first is None:
        return None
    return date(last.year - (first > last.month), first, 1)


def _first_day(plan: Plan, month: int) -> date:
    day = date(plan.starts_on.year, month, 1)
    if day < plan.starts_on.replace(day=1) and plan.ends_on.year > plan.starts_on.year:
        return day.replace(year=day.year + 1)
    return day


def _last_day(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _due_day(plan: Plan, due: str | None) -> date | None:
    days = [day for day in (due_on(due, year) for year in plan.years) if day]
    return next((day for day in days if plan.covers(day)), days[0] if days else None)


@transaction.atomic
def note_progress(
    item: Item,
    *,
    on: date,
    text: str,
    by: Actor,
    occurrence: Occurrence | None = None,
    files: Iterable[Any] = (),
) -> Progress:
    """What was done, on which day, with its proof; a day to come is refused."""
    held(item)
    note = Progress.objects.create(item=item, occurrence=occurrence, on=on, text=text, by=by.person)
    attach_all(note, files, by=by)
    record(item, "progress", by=by, changes={"on": on, "note": text})
    return note


@transaction.atomic
def keep_turn(occurrence: Occurrence, *, on: date, text: str, by: Actor) -> bool:
    """Mark one turn as kept; returns whether it was the last that was open."""
    item = held(occurrence.item)
    turn = Occurrence.objects.select_for_update().get(pk=occurrence.pk)
    if turn.done_on:
        raise DomainError(f"这一期已在 {turn.done_on:%m 月 %d 日} 记过了。")
    turn.done_on = on
    turn.save(update_fields=["done_on"])
    Progress.objects.create(item=item, occurrence=turn, on=on, text=text, by=by.person)
    following = item.occurrences.filter(done_on=None).order_by("due_on", "serial").first()
    if following:
        item.starts_on, item.due_on = following.starts_on, following.due_on
        item.save(update_fields=["starts_on", "due_on"])
    record(item, "turn", by=by, changes={"on": on, "note": text})
    return following is None


@transaction.atomic
def assign(item: Item, *, owner: Person | None, owner_org: Org | None, by: Actor) -> Item:
    """Who answers for a task; they are told of it."""
    held(item)
    before = str(item.owner or item.owner_org or "")
    item.owner, item.owner_org = owner, owner_org
    item.save(update_fields=["owner", "owner_org"])
    record(item, "assign", by=by, changes={"owner": [before, str(owner or owner_org or "")]})
    emit(item, "assign", by=by)
    return item


@transaction.atomic
def add_item(
    plan: Plan, *, text: str, by: Actor, parent: Item | None = None, **fields: Any
) -> Item:
    """A task that came up later, below a section or at the end of the plan."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.items.aggregate(last=Max("position"))["last"] or 0
    item = Item.objects.create(
        plan=plan,
        org=plan.org,
        parent=parent,
        position=last + 1,
        depth=parent.depth + 1 if parent else 0,
        text=text,
        **fields,
    )
    record(item, "create", by=by)
    return item


def finish_task(item: Item, *, by: Actor, on: date, note: str = "") -> None:
    item.finished_on, item.reason = on, ""
    item.save(update_fields=["finished_on", "reason"])
    if note:
        Progress.objects.create(item=item, on=on, text=note, by=by.person)


def put_off_task(item: Item, *, by: Actor, month: date, reason: str) -> None:
    """Put off to a month; its turns stay as they were promised."""
    item.starts_on, item.due_on = month.replace(day=1), _last_day(month)
    item.reason = reason
    item.save(update_fields=["starts_on", "due_on", "reason"])


def drop_task(item: Item, *, by: Actor, reason: str) -> None:
    item.reason = reason
    item.save(update_fields=["reason"])


def reopen_task(item: Item, *, by: Actor, reason: str = "") -> None:
    item.finished_on, item.reason = None, ""
    item.save(update_fields=["finished_on", "reason"])


def held(item: Item) -> Item:
    """The item's row, held until the end; only the tasks of an open plan are worked on."""
    held = Item.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    if not held.plan.is_open:
        raise DomainError(f"计划现在是“{held.plan.get_state_display()}”，不能记进展。")
    return held
