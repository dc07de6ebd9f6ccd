"""Correcting a draft's outline, undoing, and keeping it as the plan's items."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.search.cards import forget
from gonghui.kit.errors import DomainError

from ..engine.outlining import (
    Outline,
    apply,
    conflicts,
    diff,
    outline_from_json,
    outline_to_json,
)
from ..models import Draft, Edit, Plan
from ..queries.drafts import possible_owners
from .continuing import link_carried
from .items import plant_items

MOST_EDITS = 60  # changes that can be undone


class Conflict(DomainError):
    """Somebody changed the same line since the officer's page was drawn."""


@transaction.atomic
def edit_outline(draft: Draft, op: dict[str, Any], *, revision: int, by: Actor) -> Draft:
    """Apply one change made on ``revision``; it holds on a newer one unless both touch a line."""
    locked = held(draft)
    outline = outline_from_json(locked.outline)
    later = Edit.objects.filter(draft=locked, revision__gt=revision)
    touched = {node for edit in later.values_list("touched", flat=True) for node in edit}
    if touched and conflicts(op, outline, touched):
        raise Conflict("这一条刚被别人改过，您的改动没有存。")
    after = apply(outline, op)
    _check_named(locked.plan, outline, after)
    changed = sorted(diff(outline, after))
    if changed or after != outline:
        advance(locked, outline_to_json(after), op, changed, by=by)
    return locked


def _check_named(plan: Plan, before: Outline, after: Outline) -> None:
    """Whom a change names anew must be of this union, as the panel offers them."""
    new = _named(after) - _named(before)
    if new and not new <= set(possible_owners(plan).values()):
        raise DomainError("所选的责任人或组织不在本单位，没有改。请从名单里选。")


def _named(outline: Outline) -> set[tuple[str, int]]:
    people = {("person", node.owner_person) for node in outline.nodes if node.owner_person}
    return people | {("org", node.owner_org) for node in outline.nodes if node.owner_org}


@transaction.atomic
def undo_outline(draft: Draft, *, by: Actor) -> Draft:
    """Take back the last change that was not taken back yet; only one's own."""
    locked = held(draft)
    last = Edit.objects.filter(draft=locked, undone=False).order_by("-revision").first()
    if last is None:
        raise DomainError("没有可以撤销的改动了。")
    if by.person is None or last.by_id != by.person.pk:
        raise DomainError("上一步是别人改的，不能替他撤销。请直接修改。")
    Edit.objects.filter(pk=last.pk).update(undone=True)
    advance(locked, last.before, {"op": "undo"}, last.touched, by=by, undone=True)
    return locked


@transaction.atomic
def save_outline(plan: Plan, *, by: Actor) -> int:
    """Write the outline as the plan's items, all or none; returns how many there are."""
    draft = Draft.objects.select_for_update().filter(plan=plan).first()
    if draft is None:
        raise DomainError("这份计划没有草稿。")
    outline = outline_from_json(draft.outline)
    if not outline.nodes:
        raise DomainError("计划还没有内容。请先写上要做的事，再存。")
    forget(plan.items.all())
    plan.items.all().delete()
    count = plant_items(plan, outline)
    link_carried(draft, outline)
    draft.saved_revision = draft.revision
    draft.save(update_fields=["saved_revision"])
    record(plan, "save_outline", by=by, changes={"count": count})
    return count


def held(draft: Draft) -> Draft:
    """The draft's row, held until the end, while its plan may still be drawn."""
    locked = Draft.objects.select_for_update(of=("self",)).select_related("plan").get(pk=draft.pk)
    # A submitted plan is what the reviewers read; it changes again only when it is sent back.
    plan = Plan.objects.get(pk=locked.plan_id)
    if not plan.is_editable:
        raise DomainError(f"计划现在是“{plan.get_state_display()}”，不能再改提纲。")
    return locked


def advance(
    draft: Draft,
    outline: dict[str, Any],
    op: dict[str, Any],
    touched: list[int],
    *,
    by: Actor,
    undone: bool = False,
) -> None:
    """Keep a new outline as the next revision, with what stood before."""
    before = draft.outline
    draft.outline, draft.revision = outline, draft.revision + 1
    draft.save(update_fields=["outline", "revision"])
    Edit.objects.create(
        draft=draft,
        revision=draft.revision,
        operation=op,
        touched=touched,
        before=before,
        by=by.person,
        undone=undone,
    )
    Edit.objects.filter(draft=draft, revision__lte=draft.revision - MOST_EDITS).delete()
