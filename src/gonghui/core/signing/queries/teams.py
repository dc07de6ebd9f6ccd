"""The teams of an activity with their people, and whom a team may be asked of."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.reach import within

from ..models import Delegation, Quota, Registration
from ..rules import DELEGATION_RULES

STATUS = Registration.Status
STANDING = (STATUS.SIGNED, STATUS.WAITING, STATUS.ASKED)
ORDER = ("leader", "participant", "reserve", "official", "teacher", "helper")


@dataclass(frozen=True)
class Team:
    """A delegation, its people by role, its unit's quota, and whether the actor may form it."""

    delegation: Delegation
    people: list[Registration]
    quota: Quota | None
    may_form: bool


def teams_of(activity: Activity, actor: Actor) -> list[Team]:
    """Every team the actor may see, in the order of the tree; a few queries for all."""
    standing = Registration.objects.filter(status__in=STANDING)
    rows = DELEGATION_RULES["view"].narrow(activity.delegations.all(), actor)
    rows = rows.select_related("org", "leader").prefetch_related(
        Prefetch(
            "registrations",
            standing.select_related("person").prefetch_related("chosen__quota"),
            to_attr="standing",
        )
    )
    may = set(DELEGATION_RULES["edit"].narrow(rows, actor).values_list("pk", flat=True))
    quotas = {one.org_id: one for one in activity.quotas.exclude(org=None)}
    return [
        Team(one, sorted(one.standing, key=_by_role), quotas.get(one.org_id), one.pk in may)  # type: ignore[attr-defined]  # prefetched above
        for one in rows.order_by("org__path", "pk")
    ]


def _by_role(one: Registration) -> tuple[int, int]:
    return ORDER.index(one.role), one.pk


def team_people(delegation: Delegation) -> list[Registration]:
    """Those who stand in a team, by role."""
    rows = delegation.registrations.filter(status__in=STANDING)
    dressed = rows.select_related("person__org").prefetch_related("chosen")
    return sorted(dressed, key=_by_role)


def delegations_within(actor: Actor, action: str) -> QuerySet[Delegation]:
    """Teams on which the actor may take the action."""
    rows = Delegation.objects.select_related("activity__org", "org", "leader")
    return DELEGATION_RULES[action].narrow(rows, actor)


def may_call(activity: Activity, actor: Actor) -> bool:
    """Whoever leads the activity asks any unit; a unit's leader enters their own."""
    return within(actor, "edit").filter(pk=activity.pk).exists()
