"""Carries the unfinished tasks of a plan over into the next one, as one task in phases (R-417)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from ..engine.outlining import Node, Outline, outline_from_json, outline_to_json
from ..models import Draft, Item, Kind, Plan, Target
from ..queries.leaving import carried_into
from .cadence import months_of
from .continuing import hand_on_helpers
from .drafts import advance, held
from .items import item_of
from .lines import line_of
from .sections import room_in
from .turns import set_turns

VERBS |= {"carry_over": "结转"}
Own = TypeVar("Own")

SECTION = "结转事项"


@transaction.atomic
def carry_over(plan: Plan, into: Plan, item_ids: Iterable[int], *, by: Actor) -> int:
    """Offer unfinished tasks to the next plan; returns how many went over.

    Into a draft they go as lines of its outline, to be corrected and undone there; into a plan
    that is worked from, as its tasks. Each is tied to the one it continues; what the next plan
    says in the same words already, as a copy of this one does, is tied and not said twice. A date
    goes along only where it lies within the next plan: no other is invented; a rhythm goes on.
    """
    if into.pk == plan.pk or into.org_id != plan.org_id:
        raise DomainError("只能结转到本单位的另一份计划。")
    items = _offered(plan, into, item_ids)
    if not items:
        raise DomainError("请至少选一项没有完成、也还没有结转过的任务。")
    if into.is_editable:
        _into_outline(into, items, by=by)
    elif into.is_open:
        _into_items(into, items, by=by)
    else:
        raise DomainError(f"「{into}」现在是“{into.get_state_display()}”，不能再添任务。")
    told = {"count": len(items), "title": str(into)}
    record(plan, "carry_over", by=by, changes=told)
    record(into, "carry_over", by=by, changes={"count": len(items), "title": str(plan)})
    return len(items)


def _offered(plan: Plan, into: Plan, item_ids: Iterable[int]) -> list[Item]:
    unfinished = plan.items.tasks().unfinished().filter(pk__in=list(item_ids))
    rows = unfinished.exclude(pk__in=carried_into(plan, into)).order_by("position")
    return list(rows.select_related("owner", "owner_org").prefetch_related("targets"))


def _into_outline(into: Plan, items: list[Item], *, by: Actor) -> None:
    draft = held(Draft.objects.get(plan=into))
    outline = outline_from_json(draft.outline)
    said = {_words(n.text): n.id for n in outline.nodes if str(n.id) not in draft.carried}
    tied, items = _parted(items, said)
    _tie(draft, tied)
    if not items:
        return
    place, section = _section_of(outline)
    first = outline.next_id + (0 if section is None else 1)
    nodes = [replace(_node(item, into), id=first + at) for at, item in enumerate(items)]
    new = ([section] if section else []) + nodes
    after = replace(
        outline,
        nodes=(*outline.nodes[:place], *new, *outline.nodes[place:]),
        next_id=outline.next_id + len(new),
    )
    _tie(draft, [(node.id, item) for node, item in zip(nodes, items, strict=True)])
    op = {"op": "carry_over", "items": [item.pk for item in items]}
    advance(draft, outline_to_json(after), op, [node.id for node in new], by=by)


def _parted(
    items: Iterable[Item], said: dict[str, Own]
) -> tuple[list[tuple[Own, Item]], list[Item]]:
    """What the next plan says already, each with the task it continues; and what is new to it."""
    tied, new = [], []
    for item in items:
        own = said.pop(_words(item.text), None)
        if own is None:
            new.append(item)
        else:
            tied.append((own, item))
    return tied, new


def _tie(draft: Draft, pairs: list[tuple[int, Item]]) -> None:
    """Which line of the outline continues which task."""
    draft.carried = draft.carried | {
        str(node): {"item": item.pk, "text": item.text} for node, item in pairs
    }
    draft.save(update_fields=["carried"])


def _words(text: str) -> str:
    """What a line says, whatever sign it ends with."""
    return "".join(text.split()).rstrip("；;。，,")


def _section_of(outline: Outline) -> tuple[int, Node | None]:
    """Where carried lines go, and the section to open there unless it stands already."""
    places = [at for at, n in enumerate(outline.nodes) if n.depth == 0 and n.text == SECTION]
    if not places:
        return len(outline.nodes), Node(outline.next_id, 0, "", SECTION, kind=Kind.SECTION)
    place = places[0] + 1
    while place < len(outline.nodes) and outline.nodes[place].depth > 0:
        place += 1
    return place, None


def _node(item: Item, into: Plan) -> Node:
    """What repeats keeps the plan's words of when; what does not, a day that lies ahead."""
    line = replace(line_of(item, item.plan, into), depth=1, marker="")
    if item.every:
        return replace(line, months=tuple(months_of(item)))
    day = _day(item, into)
    months = (day.month,) if day else ()
    return replace(line, months=months, due=f"{day:%m-%d}" if day else None)


def _into_items(into: Plan, items: list[Item], *, by: Actor) -> None:
    Plan.objects.select_for_update().get(pk=into.pk)
    said = {_words(one.text): one for one in into.items.tasks().filter(continues=None)}
    tied, items = _parted(items, said)
    for own, item in tied:
        own.continues = item
        own.save(update_fields=["continues"])
        record(own, "update", by=by, changes={"continues": [None, str(item)]})
    if not items:
        return
    section, first = room_in(into, SECTION, len(items))
    made = [_item(item, into, at, section) for at, item in enumerate(items, start=first)]
    set_turns(into, [(one, one.months) for one in made])
    hand_on_helpers(made)
    for one, item in zip(made, items, strict=True):
        record(one, "create", by=by, changes={"continues": str(item)})


def _item(item: Item, into: Plan, position: int, section: Item) -> Item:
    node = _node(item, into)
    made = item_of(into, node, position, parent=section, months=node.months)
    made.continues = item
    made.due_on = made.due_on if item.every else _day(item, into)
    made.save()
    Target.objects.bulk_create(
        Target(item=made, op=t.op, value=t.value, unit=t.unit, indicator=t.indicator)
        for t in item.targets.all()
    )
    return made


def _day(item: Item, into: Plan) -> date | None:
    return item.due_on if item.due_on and into.covers(item.due_on) else None
