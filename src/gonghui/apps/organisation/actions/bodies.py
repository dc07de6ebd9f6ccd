"""What happens to a body: it is added, changed, moved, split."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import BELOW, Kind, Org
from gonghui.core.orgs.tree import check_place, check_second_parent, plant, replant, take_turns
from gonghui.core.people.ledger import move_all
from gonghui.core.people.models import Person, Post
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError
from gonghui.kit.text import initials, pinyin

from ..queries import grants_from

VERBS |= {
    "move": "调整上级",
    "second": "调整第二上级",
    "rename": "更名",
    "split": "分立",
}


@transaction.atomic
def add_org(
    parent: Org | None,
    *,
    name: str,
    kind: str,
    by: Actor,
    short_name: str = "",
    since: date | None = None,
    function: str = "",
    second_parent: Org | None = None,
) -> Org:
    """Found a body below another; without ``parent`` it is the root of a tree."""
    facts = {"short_name": short_name, "kind": kind, "since": since, "function": function}
    org = plant(Org(parent=parent, name=name, **facts))
    if second_parent:
        check_second_parent(org, second_parent)
        org.second_parent = second_parent
        org.save(update_fields=["second_parent"])
        versions.complete(Org.objects.filter(pk=org.pk))
    record(org, "create", by=by, changes=changes_of({}, snapshot(org)))
    return org


@transaction.atomic
def change_org(
    org: Org,
    *,
    name: str,
    kind: str,
    by: Actor,
    short_name: str = "",
    since: date | None = None,
    function: str = "",
) -> Org:
    """Change what a body is called and is; its place is changed by ``move_org``."""
    kept = standing(org)
    before = snapshot(kept)
    _check_kind(kept, kind)
    kept.name, kept.short_name, kept.kind, kept.since = name, short_name, kind, since
    kept.function = function
    kept.pinyin, kept.initials = pinyin(name), initials(name)
    changed = ["name", "short_name", "kind", "since", "function", "pinyin", "initials"]
    kept.save(update_fields=changed)
    versions.turn(Org.objects.filter(pk=kept.pk))
    record(kept, "update", by=by, changes=changes_of(before, snapshot(kept)))
    return kept


@transaction.atomic
def rename_org(org: Org, *, name: str, by: Actor, short_name: str = "", reason: str = "") -> Org:
    """Call a body something else from today on; what it was called before stays in its versions."""
    kept = standing(org)
    if (name, short_name) == (kept.name, kept.short_name):
        raise DomainError("名称没有改变，请填写新的名称。")
    before = snapshot(kept)
    kept.name, kept.short_name = name, short_name
    kept.pinyin, kept.initials = pinyin(name), initials(name)
    kept.save(update_fields=["name", "short_name", "pinyin", "initials"])
    versions.turn(Org.objects.filter(pk=kept.pk))
    record(kept, "rename", by=by, changes=changes_of(before, snapshot(kept)) | said(reason))
    return kept


@transaction.atomic
def split_org(
    org: Org,
    *,
    name: str,
    by: Actor,
    short_name: str = "",
    children: Iterable[int] = (),
    people: Iterable[int] = (),
    reason: str = "",
) -> Org:
    """Found a body of the same kind beside another and hand it some of what stands there.

    Posts and grants stay with the old body: who leads the new one is decided anew.
    """
    take_turns()
    old, day = standing(org), timezone.localdate()
    if old.parent is None:
        raise DomainError("最高一级的组织不能分立。")
    gone = list(old.children.filter(pk__in=list(children), until=None).order_by("pk"))
    leaving = Person.objects.active().filter(org=old, pk__in=list(people))
    if not gone and not leaving.exists():
        raise DomainError("请勾选要划归新组织的下级或人员。")
    facts = {"short_name": short_name, "kind": old.kind, "function": old.function, "since": day}
    new = plant(Org(parent=old.parent, second_parent=old.second_parent, name=name, **facts))
    for child in gone:
        replant(child, new)
        record(child, "move", by=by, changes={"parent": [str(old), str(new)]})
    moved = move_all(leaving, new.pk, day=day, reason=reason, made_by=by.person)
    told = {key: n for key, n in {"children": len(gone), "people": moved}.items() if n}
    record(new, "create", by=by, changes=changes_of({}, snapshot(new)) | {"split_from": str(old)})
    record(old, "split", by=by, changes={"split_into": str(new)} | told | said(reason))
    return new


@transaction.atomic
def move_org(org: Org, parent: Org, *, by: Actor, reason: str = "") -> Org:
    """Place a body and all below it under another; records stay with the bodies that made them."""
    moved = standing(org)
    old = moved.parent
    if old is None:
        raise DomainError("最高一级的组织不能移动。")
    if old.pk == parent.pk:
        raise DomainError(f"「{moved}」已经在「{parent}」之下。")
    second = moved.second_parent
    replant(moved, parent)
    changes: dict[str, Any] = {"parent": [str(old), str(parent)]}
    if second and moved.second_parent_id is None:
        changes["second_parent"] = [str(second), None]
    record(moved, "move", by=by, changes=changes | said(reason))
    return moved


@transaction.atomic
def set_second_parent(org: Org, second: Org | None, *, by: Actor) -> Org:
    """Put a body under a second leadership (地方与产业双重领导) or end it."""
    take_turns()
    led = standing(org)
    if second:
        second.refresh_from_db()
    check_second_parent(led, second)
    before, led.second_parent = led.second_parent, second
    led.save(update_fields=["second_parent"])
    versions.turn(Org.objects.filter(pk=led.pk))
    changes = {"second_parent": [str(before) if before else None, str(second) if second else None]}
    record(led, "second", by=by, changes=changes)
    return led


def standing(org: Org) -> Org:
    """The body as the database has it now, locked; a closed one is not changed any more."""
    kept = Org.objects.select_for_update().get(pk=org.pk)
    if kept.until is not None:
        raise DomainError(f"「{kept}」已经撤销，不能再改。")
    return kept


def _check_kind(org: Org, kind: str) -> None:
    """A body may become another kind when it may stand where it stands, with what it leads."""
    if kind == org.kind:
        return
    check_place(Org(kind=kind), org.parent)
    for child in org.children.filter(until=None):
        if child.kind not in BELOW[kind]:
            label = Kind(kind).label
            raise DomainError(f"它的下级「{child}」不能设在「{label}」之下，不能改成这个类型。")


def running(posts: models.QuerySet[Post]) -> list[Post]:
    """Those that have not ended, locked."""
    return list(posts.select_for_update().filter(until=None))


def finish(held: list[Post], day: date) -> list[Post]:
    """Let posts end on a day that still counts, none before it began."""
    for post in held:
        post.until = max(day, post.since)
    Post.objects.bulk_update(held, ["until"])
    return held


def end_grants(org: Org, day: date) -> dict[int, date | None]:
    """End the grants given on a body: which, and until when each had been given."""
    ended = list(grants_from(day).select_for_update().filter(org=org))
    given = {grant.pk: grant.until for grant in ended}
    for grant in ended:
        grant.until = max(day, grant.since or day)
    Grant.objects.bulk_update(ended, ["until"])
    return given


def said(reason: str) -> dict[str, Any]:
    """A reason as the history keeps it."""
    return {"reason": reason} if reason else {}
