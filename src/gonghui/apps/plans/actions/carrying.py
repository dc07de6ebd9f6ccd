"""Carries the unfinished tasks of a plan over into the next one, as one task in phases (R-417)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from ..engine.outlining import Goal, Node, Outline, outline_from_json, outline_to_json
from ..models import Draft, Item, Kind, Plan, Target
from ..queries.leaving import carried_into
from ..queries.words import owner_of
from .drafts import advance, held
from .sections import room_in

VERBS |= {"carry_over": "结转"}

SECTION = "结转事项"


@transaction.atomic
def carry_over(plan: Plan, into: Plan, item_ids: Iterable[int], *, by: Actor) -> int:
    """Offer unfinished tasks to the next plan; returns how many went over.

    Into a draft they go as lines of its outline, to be corrected and undone there; into a plan
    that is worked from, as its tasks. Each is tied to the one it continues; what the next plan
    says in the same words already, as a copy of this one does, is tied and not said twice. A date
    goes along only where it lies within the next plan: no other is invented.
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
    _tie(draft, [(said[_words(item.text)], item) for item in items if _words(item.text) in said])
    items = [item for item in items if _words(item.text) not in said]
    if not items:
        return
    place, section = _section_of(outline)
    first = outline.next_id + (0 if section is None else 1)
    nodes = [_node(item, into, first + at) for at, item in enumerate(items)]
    new = ([section] if section else []) + nodes
    after = replace(
        outline,
        nodes=(*outline.nodes[:place], *new, *outline.nodes[place:]),
        next_id=outline.next_id + len(new),
    )
    _tie(draft, [(node.id, item) for node, item in zip(nodes, items, strict=True)])
    op = {"op": "carry_over", "items": [item.pk for item in items]}
    advance(draft, outline_to_json(after), op, [node.id for node in new], by=by)


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


def _node(item: Item, into: Plan, number: int) -> Node:
    dated = _stays_dated(item, into)
    return Node(
        id=number,
        depth=1,
        marker="",
        text=item.text,
        kind=item.kind,
        months=(item.due_on.month,) if dated and item.due_on else (),
        due=f"{item.due_on:%m-%d}" if dated else None,
        targets=tuple(Goal(t.op, _plain(t), t.unit) for t in item.targets.all()),
        blank=item.has_blank,
        owner=owner_of(item) if _owner(item) == item.owner_id else item.owner_words,
        owner_person=_owner(item),
        owner_org=item.owner_org_id,
        area=item.get_area_display() if item.area else "",
    )


def _into_items(into: Plan, items: list[Item], *, by: Actor) -> None:
    Plan.objects.select_for_update().get(pk=into.pk)
    said = {_words(one.text): one for one in into.items.tasks().filter(continues=None)}
    for item in items:
        if own := said.get(_words(item.text)):
            own.continues = item
            own.save(update_fields=["continues"])
            record(own, "update", by=by, changes={"continues": [None, str(item)]})
    items = [item for item in items if _words(item.text) not in said]
    if not items:
        return
    section, first = room_in(into, SECTION, len(items))
    for at, item in enumerate(items, start=first):
        made = Item.objects.create(position=at, parent=section, **_carried(item, into))
        Target.objects.bulk_create(
            Target(item=made, op=t.op, value=t.value, unit=t.unit, indicator=t.indicator)
            for t in item.targets.all()
        )
        record(made, "create", by=by, changes={"continues": str(item)})


def _carried(item: Item, into: Plan) -> dict[str, Any]:
    dated = _stays_dated(item, into)
    return {
        "plan": into,
        "org": into.org,
        "depth": 1,
        "kind": item.kind,
        "text": item.text,
        "months": [item.due_on.month] if dated and item.due_on else [],
        "due": f"{item.due_on:%m-%d}" if dated else "",
        "due_on": item.due_on if dated else None,
        "area": item.area,
        "owner_id": _owner(item),
        "owner_org_id": item.owner_org_id,
        "owner_words": item.owner_words,
        "has_blank": item.has_blank,
        "continues": item,
    }


def _stays_dated(item: Item, into: Plan) -> bool:
    return item.due_on is not None and into.covers(item.due_on)


def _owner(item: Item) -> int | None:
    """Somebody who left answers for nothing any more."""
    return item.owner_id if item.owner and item.owner.left_on is None else None


def _plain(target: Target) -> int | float:
    return int(target.value) if target.value == int(target.value) else float(target.value)
