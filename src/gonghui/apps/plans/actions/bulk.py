"""Bringing in much at once: owners of a plan, a year of kept turns, one plan for many unions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..models import Directive, Item, Occurrence, Plan, Progress, Target

VERBS |= {"assign_owners": "分工", "turns": "补记各期", "stock": "分发到各单位"}

BATCH = 2000
UNIONS_AT_ONCE = 100

Owner = tuple[Person | None, Org | None]


@transaction.atomic
def assign_owners(plan: Plan, owners: Mapping[int, Owner], *, by: Actor) -> int:
    """Who answers for each item (by its key), with one entry of the plan; nobody is told."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    items = list(plan.items.filter(pk__in=owners))
    for item in items:
        item.owner, item.owner_org = owners[item.pk]
    Item.objects.bulk_update(items, ["owner", "owner_org"], batch_size=200)
    record(plan, "assign_owners", by=by, changes={"count": len(items)})
    return len(items)


@transaction.atomic
def keep_turns(item: Item, kept: Sequence[tuple[Occurrence, date, str]], *, by: Actor) -> bool:
    """Mark several turns as kept, noting those with words; whether none is open any more."""
    item = Item.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    if not item.plan.is_open:
        raise DomainError(f"计划现在是“{item.plan.get_state_display()}”，不能记进展。")
    if any(turn.item_id != item.pk or turn.done_on for turn, _, _ in kept):
        raise DomainError("有的期次已经记过了，请刷新后再补记。")
    for turn, on, _ in kept:
        turn.done_on = on
    Occurrence.objects.bulk_update([turn for turn, _, _ in kept], ["done_on"], batch_size=200)
    Progress.objects.bulk_create(
        Progress(item=item, occurrence=turn, on=on, text=text, by=by.person)
        for turn, on, text in kept
        if text
    )
    following = item.occurrences.filter(done_on=None).order_by("due_on", "serial").first()
    if following:
        item.starts_on, item.due_on = following.starts_on, following.due_on
        item.save(update_fields=["starts_on", "due_on"])
    record(item, "turns", by=by, changes={"count": len(kept)})
    return following is None


def date_back(directives: Iterable[Directive], moment: datetime) -> None:
    """Give tasks that are brought in from paper the moment at which they were passed down."""
    pks = [directive.pk for directive in directives]
    Directive.objects.filter(pk__in=pks).update(sent_at=moment)


def stock_plans(model: Plan, chairs: Mapping[Org, Person], *, by: Actor) -> int:
    """Give many unions a plan like this one, as it stands, owned by their chairs; how many items.

    Some unions a transaction, so that memory stays small; the caller refreshes the search.
    """
    items = list(model.items.order_by("position"))
    below = {item.pk: place for place, item in enumerate(items)}
    figures = list(Target.objects.filter(item__plan=model))
    turns = list(Occurrence.objects.filter(item__plan=model))
    unions = list(chairs.items())
    for first in range(0, len(unions), UNIONS_AT_ONCE):
        some = unions[first : first + UNIONS_AT_ONCE]
        with transaction.atomic():
            plans = [
                _copied(model, org=org, author=chair, title=f"{org}{model.year}年工作计划")
                for org, chair in some
            ]
            Plan.objects.bulk_create(plans, batch_size=BATCH)
            made = _stocked(items, below, plans)
            _like(figures, below, made)
            _like(turns, below, made)
    record(model, "stock", by=by, changes={"count": len(unions)})
    return len(unions) * len(items)


def _stocked(items: list[Item], below: dict[int, int], plans: list[Plan]) -> list[list[Item]]:
    """The items of each plan in the model's order, written level by level."""
    made: list[list[Item]] = [[] for _ in plans]
    for plan, own in zip(plans, made, strict=True):
        for item in items:
            copy = _copied(item, plan=plan, org=plan.org, owner_org=None, continues=None)
            copy.owner = plan.author if item.is_task else None
            own.append(copy)
    for depth in range(max((item.depth for item in items), default=-1) + 1):
        level = []
        for own in made:
            for item, copy in zip(items, own, strict=True):
                if item.depth == depth:
                    above = below.get(item.parent_id or 0)
                    copy.parent = own[above] if above is not None else None
                    level.append(copy)
        Item.objects.bulk_create(level, batch_size=BATCH)
    return made


def _like(rows: Sequence[Any], below: dict[int, int], made: list[list[Item]]) -> None:
    """Targets or turns of the model's items for the items of every plan."""
    if rows:
        type(rows[0]).objects.bulk_create(
            (_copied(row, item=own[below[row.item_id]]) for own in made for row in rows),
            batch_size=BATCH,
        )


def _copied(row: Any, **changed: Any) -> Any:
    """A new row with the same values, but for its key and what is changed."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in changed
    }
    return type(row)(**values, **changed)
