"""Ties tasks that were carried into a draft to the ones they continue, when items are written."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from ..engine.outlining import Outline
from ..models import Draft, Item

SAME_WORDS = 0.5  # below this a line under a carried number is somebody's new line


def link_carried(draft: Draft, outline: Outline) -> int:
    """Set ``continues`` on the items just written from carried nodes; returns how many.

    Items stand in the order of the nodes. A number comes back after an undo, so the words decide
    whether it is still the line that was carried.
    """
    carried: dict[str, Any] = draft.carried
    if not carried:
        return 0
    items = dict(enumerate(draft.plan.items.order_by("position")))
    known = set(
        Item.objects.filter(pk__in=[c["item"] for c in carried.values()]).values_list(
            "pk", flat=True
        )
    )
    linked = []
    for at, node in enumerate(outline.nodes):
        said = carried.get(str(node.id))
        if said and said["item"] in known and _is_same(said["text"], node.text):
            items[at].continues_id = said["item"]
            linked.append(items[at])
    Item.objects.bulk_update(linked, ["continues"])
    hand_on_helpers(linked)
    return len(linked)


def hand_on_helpers(items: Iterable[Item]) -> None:
    """Who helps with a task helps with the one that continues it, unless they have left."""
    after = {one.continues_id: one.pk for one in items}
    people, bodies = Item.helpers.through, Item.helper_orgs.through
    here = people.objects.filter(item__in=after, person__left_on=None).order_by("pk")
    people.objects.bulk_create(
        people(item_id=after[one.item_id], person_id=one.person_id) for one in here
    )
    standing = bodies.objects.filter(item__in=after, org__until=None).order_by("pk")
    bodies.objects.bulk_create(
        bodies(item_id=after[one.item_id], org_id=one.org_id) for one in standing
    )


def _is_same(before: str, now: str) -> bool:
    return SequenceMatcher(None, before, now, autojunk=False).ratio() >= SAME_WORDS
