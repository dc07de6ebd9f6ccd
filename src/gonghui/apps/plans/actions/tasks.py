"""Correcting a task of a plan that is already worked from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..models import Item
from .items import assign

VERBS |= {
    "assign": "指定责任人",
    "progress": "记进展",
    "read": "读入文件",
    "save_outline": "存成任务",
    "turn": "记一期",
}
SHOWN = ("text", "area", "months", "starts_on", "due_on", "has_blank")


@transaction.atomic
def change_task(
    item: Item,
    *,
    by: Actor,
    owner: Person | None,
    owner_org: Org | None,
    helpers: Iterable[Person],
    helper_orgs: Iterable[Org],
    **fields: Any,
) -> Item:
    """Write what the officer corrected; a new owner is an entry of its own and is told of it."""
    locked = Item.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    if not locked.plan.is_open:
        raise DomainError(f"计划现在是“{locked.plan.get_state_display()}”，不能再改任务。")
    before = _said(locked)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    locked.helpers.set(helpers)
    locked.helper_orgs.set(helper_orgs)
    after = _said(locked)
    changes = {name: [before[name], after[name]] for name in after if after[name] != before[name]}
    is_new_owner = (locked.owner, locked.owner_org) != (owner, owner_org)
    if changes or not is_new_owner:
        record(locked, "update", by=by, changes=changes)
    if is_new_owner:
        assign(locked, owner=owner, owner_org=owner_org, by=by)
    return locked


@transaction.atomic
def hand_over(item: Item, *, by: Actor, owner: Person | None, owner_org: Org | None) -> Item:
    """Give a task to somebody else of its own union; to one who has it already is refused."""
    place = owner.org if owner else owner_org
    if place is None:
        raise DomainError("请写明由谁负责。")
    if not place.path.startswith(item.org.path):
        raise DomainError(f"「{owner or owner_org}」不在「{item.org}」，不能负责它的任务。")
    if (item.owner, item.owner_org) == (owner, owner_org):
        raise DomainError(f"已经由「{owner or owner_org}」负责，不用再改。")
    return assign(item, owner=owner, owner_org=owner_org, by=by)


def _said(item: Item) -> dict[str, Any]:
    said = {name: getattr(item, name) for name in SHOWN}
    said["area"] = item.get_area_display()
    said["months"] = "、".join(map(str, item.months))
    said["helpers"] = "、".join(str(person) for person in item.helpers.all())
    said["helper_orgs"] = "、".join(str(body) for body in item.helper_orgs.all())
    return said
