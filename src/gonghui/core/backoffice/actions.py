"""Handing out roles and shaping them; nobody hands out or shapes more than they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.access.granting import label_of, lacking, lacking_everywhere
from gonghui.core.access.models import Grant, Role
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

VERBS |= {"grant": "授予角色", "password": "修改密码"}


@transaction.atomic
def grant_role(
    person: Person,
    role: Role,
    org: Org,
    *,
    by: Actor,
    since: date | None = None,
    until: date | None = None,
) -> Grant:
    """Let a person hold a role at a body and below; the entry stands with the person too."""
    _check_held(by, role, org)
    if org.until is not None:
        raise DomainError(f"「{org}」已经撤销，不能在这里授予角色。")
    if Grant.objects.filter(person=person, role=role, org=org).exists():
        raise DomainError(f"{person}在「{org}」已有这个角色，请修改原来的授权。")
    grant = Grant.objects.create(person=person, role=role, org=org, since=since, until=until)
    record(grant, "create", by=by, changes=changes_of({}, snapshot(grant)))
    record(person, "grant", by=by, changes={"role": role.name, "org": str(org)})
    return grant


@transaction.atomic
def change_grant(
    grant: Grant, *, by: Actor, since: date | None = None, until: date | None = None
) -> Grant:
    """Change from when to when a grant holds; only for who could have given it."""
    kept = Grant.objects.select_for_update().get(pk=grant.pk)
    _check_held(by, kept.role, kept.org)
    before = snapshot(kept)
    kept.since, kept.until = since, until
    kept.save(update_fields=["since", "until"])
    record(kept, "update", by=by, changes=changes_of(before, snapshot(kept)))
    return kept


@transaction.atomic
def shape_role(role: Role, *, name: str, capabilities: Sequence[str], by: Actor) -> Role:
    """Create a role or change what it may; a shipped one that is changed is no longer shipped."""
    kept = Role.objects.select_for_update().get(pk=role.pk) if role.pk else Role()
    before = _told(kept) if kept.pk else {}
    added = [one for one in capabilities if one not in kept.capabilities]
    if missing := lacking_everywhere(by, added):
        raise DomainError(f"您自己没有这些权限，不能放进角色：{'、'.join(missing)}。")
    kept.name, kept.capabilities, kept.is_shipped = name, list(capabilities), False
    kept.save()
    record(kept, "update" if before else "create", by=by, changes=changes_of(before, _told(kept)))
    return kept


def _told(role: Role) -> dict[str, Any]:
    return {"name": role.name, "capabilities": "、".join(map(label_of, role.capabilities))}


def _check_held(by: Actor, role: Role, org: Org) -> None:
    if missing := lacking(by, role.capabilities, org):
        raise DomainError(f"您在「{org}」没有这些权限，不能办理这个角色：{'、'.join(missing)}。")
