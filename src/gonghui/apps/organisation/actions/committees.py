"""What happens to a committee: it is set up with its members, and they are adjusted together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import BODIES, Function, Kind, Org
from gonghui.core.orgs.tree import plant
from gonghui.core.people.models import Person, Post
from gonghui.core.people.posts import begin_post, check_ending, finish_post
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

VERBS |= {"adjust": "调整成员"}


@dataclass(frozen=True)
class Joining:
    """Somebody who takes a seat: the title, and what else the post says."""

    person: Person
    title: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Basis:
    """The paper an adjustment rests on."""

    approval: str = ""
    approved_on: date | None = None
    reason: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {"approval": self.approval, "approved_on": self.approved_on}


NO_PAPER = Basis()


@transaction.atomic
def found_committee(
    body: Org,
    *,
    members: Sequence[Joining],
    by: Actor,
    office: str = "",
    basis: Basis = NO_PAPER,
) -> Org:
    """Set up a committee, a group or an association, not yet saved, with its first members.

    ``office`` names an office of it that sits in the union itself (R-051).
    """
    if body.kind not in BODIES or body.parent is None or body.since is None:
        raise DomainError("这里只建立工会之下的委员会、领导小组、协会和联谊会，须有成立日期。")
    _plant(body, by)
    for member in members:
        _seat(body, member, body.since, basis, by)
    if office:
        room = Org(name=office, kind=Kind.COMMITTEE, function=Function.OFFICE)
        room.parent, room.since = body.parent, body.since
        _plant(room, by)
    return body


@transaction.atomic
def adjust_members(
    body: Org,
    *,
    ending: Iterable[Post],
    joining: Sequence[Joining],
    day: date,
    by: Actor,
    basis: Basis = NO_PAPER,
) -> Org:
    """Let some leave a body and others join it on one day, with one entry that says both."""
    gone = list(ending)
    if not gone and not joining:
        raise DomainError("没有要调整的成员：请勾选离任的人，或填写新任的人。")
    if any(post.org_id != body.pk for post in gone):
        raise DomainError(f"只能调整「{body}」自己的成员。")
    for post in gone:
        check_ending(post, day)
        finish_post(post, until=day)
        record(post, "update", by=by, changes={"until": [None, str(day)]})
    for member in joining:
        _seat(body, member, day, basis, by)
    told = {
        "ended": "、".join(f"{post.person}（{post.title}）" for post in gone),
        "joined": "、".join(f"{one.person}（{one.title}）" for one in joining),
        "reason": basis.reason or basis.approval,
    }
    record(body, "adjust", by=by, changes={name: said for name, said in told.items() if said})
    return body


def _plant(body: Org, by: Actor) -> Org:
    if Org.objects.filter(parent=body.parent, name=body.name, until=None).exists():
        raise DomainError(f"「{body.parent}」之下已有「{body.name}」。")
    plant(body)
    record(body, "create", by=by, changes=changes_of({}, snapshot(body)))
    return body


def _seat(body: Org, member: Joining, since: date, basis: Basis, by: Actor) -> Post:
    post = begin_post(
        member.person, body, title=member.title, since=since, **(basis.columns | member.facts)
    )
    record(post, "create", by=by, changes=changes_of({}, snapshot(post)))
    return post
