"""What happens to a person: they come, change, move within their union, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.ledger import Said, current, enter, lines_of, open_books
from gonghui.core.people.models import Act, Person, Post, Standing
from gonghui.core.people.replay import HELD, Line, in_force
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError
from gonghui.kit.text import name_pinyin, whole_name

from ..queries.unions import share_a_union

VERBS |= {"transfer": "调动"}
DATED = ("employment", "joined_on", "left_on")  # what only the ledger may change
GONE = (Act.LEAVE, Act.DIE)


@transaction.atomic
def add_person(
    org: Org,
    *,
    name: str,
    by: Actor,
    reading: str = "",
    joined_on: date | None = None,
    is_member: bool = False,
    **facts: Any,
) -> Person:
    """Register a person with a body; ``reading`` is the pinyin where the usual one is wrong.

    Who joined on a known day is a member since; ``is_member`` is for whom nobody knows the day of.
    """
    check_stands(org)
    name = whole_name(name)
    usual, letters = name_pinyin(name)
    person = Person.objects.create(
        org=org,
        name=name,
        pinyin=reading or usual,
        initials=letters,
        joined_on=joined_on,
        **facts,
    )
    standing = Standing.MEMBER if is_member else Standing.WORKER
    open_books([person], standing=standing, made_by=by.person)
    record(person, "create", by=by, changes=changes_of({}, snapshot(person)))
    return person


@transaction.atomic
def change_person(person: Person, *, by: Actor, reading: str = "", **values: Any) -> Person:
    """Change a person's own facts; what has a day (employment, joining, leaving) by the ledger.

    A new name brings its reading along unless another was typed; whoever leaves leaves their posts.
    """
    kept = Person.objects.select_for_update().get(pk=person.pk)
    before, old_name, old_reading = snapshot(kept), kept.name, kept.pinyin
    dated = {name: values.pop(name) for name in DATED if name in values}
    if said := list(_corrections(kept, **dated)):
        enter(kept, *said, made_by=by.person)
    for name, value in values.items():
        setattr(kept, name, whole_name(value) if name == "name" else value)
    usual, kept.initials = name_pinyin(kept.name)
    stale = kept.name != old_name and reading == old_reading
    kept.pinyin = usual if stale or not reading else reading
    kept.save(update_fields=[*values, "pinyin", "initials"])
    changes = changes_of(before, snapshot(kept))
    if kept.left_on and "left_on" in changes:
        end_posts(kept, kept.left_on, by=by)
    record(kept, "update", by=by, changes=changes)
    return kept


@transaction.atomic
def move_person(
    person: Person, org: Org, *, by: Actor, reason: str = "", day: date | None = None
) -> Person:
    """Let a person belong to another body; what they did before stays with the old one.

    A membership goes to another union only by a transfer both agree to.
    """
    moved = Person.objects.select_for_update().select_related("org").get(pk=person.pk)
    check_stands(org)
    if moved.org_id == org.pk:
        raise DomainError(f"{moved}已经在「{org}」。")
    here = current(moved)
    if here and here.standing in HELD and not share_a_union(moved.org, org):
        raise DomainError(f"{moved}是会员，转到另一个工会请办会籍转接。")
    before = moved.org
    said = Said(Act.MOVE, day or timezone.localdate(), org.pk, reason=reason)
    enter(moved, said, made_by=by.person)
    told = {"reason": reason} if reason else {}
    record(moved, "transfer", by=by, changes={"org": [str(before), str(org)], **told})
    return moved


def _corrections(person: Person, **dated: Any) -> Iterator[Said]:
    """The entries that make a person's dated values what they should be."""
    lines = list(in_force(lines_of([person.pk]).get(person.pk, [])))
    if "left_on" in dated and dated["left_on"] != person.left_on:
        yield from _leaving(lines, dated["left_on"])
    if "joined_on" in dated and dated["joined_on"] != person.joined_on:
        yield from _joining(person, lines, dated["joined_on"])
    if "employment" in dated and dated["employment"] != person.employment:
        day = min(filter(None, (timezone.localdate(), dated.get("left_on"))))
        yield Said(Act.EMPLOY, day, employment=dated["employment"])


def _leaving(lines: list[Line], day: date | None) -> Iterator[Said]:
    """They leave, come back, or left on another day than was said."""
    last = lines[-1] if lines and lines[-1].act in GONE else None
    if last:
        yield Said(Act.REVOKE, timezone.localdate(), revokes=last.number)
    if day:
        yield Said(last.act if last else Act.LEAVE, day)


def _joining(person: Person, lines: list[Line], day: date | None) -> Iterator[Said]:
    """They joined on this day after all; a membership without a day gets one, or loses it."""
    joins = [one for one in lines if one.act == Act.JOIN]
    entered = [one for one in lines if one.act == Act.ENTER and one.standing in HELD]
    old = joins[-1] if joins else entered[-1] if entered else None
    if old is None:
        if day:
            yield Said(Act.JOIN, day, person.org_id, employment=person.employment)
        return
    yield Said(Act.REVOKE, timezone.localdate(), revokes=old.number)
    act, standing = (Act.JOIN, "") if day else (Act.ENTER, Standing.MEMBER)
    yield Said(act, day or old.day, old.org, standing, old.employment)


def end_posts(person: Person, day: date, *, by: Actor) -> None:
    """Let all posts a person holds end on a day."""
    for post in Post.objects.select_for_update().filter(person=person, until=None):
        before = snapshot(post)
        post.until = max(day, post.since)
        post.save(update_fields=["until"])
        record(post, "update", by=by, changes=changes_of(before, snapshot(post)))


def check_stands(org: Org) -> None:
    if org.until is not None:
        raise DomainError(f"「{org}」已经撤销，请选别的组织。")
