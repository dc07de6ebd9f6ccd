"""Units are asked to send a team; its leader names who comes, and as what (R-346)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import UPCOMING
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..models import Choice, Delegation, Quota, Registration
from .seating import change_places, fill
from .signing import GONE, Signing, check_items, sign_up, withdraw

VERBS |= {"call_team": "请单位组团", "form_team": "组团"}


@dataclass(frozen=True)
class Place:
    """One member of a team, the role in it, and the items entered."""

    person: Person
    role: str = Registration.Role.PARTICIPANT
    quotas: tuple[Quota, ...] = ()


@transaction.atomic
def call_teams(activity: Activity, orgs: Sequence[Org], *, by: Actor) -> list[Delegation]:
    """Ask units for a team; one that has a team already is not asked again."""
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_upcoming(locked)
    made = []
    for org in orgs:
        delegation, is_new = Delegation.objects.get_or_create(activity=locked, org=org)
        if is_new:
            made.append(delegation)
    if made:
        names = "、".join(str(one.org) for one in made)
        record(locked, "call_team", by=by, changes={"orgs": names})
        events.emit(locked, "teams_called", by=by, delegations=made)
    return made


@transaction.atomic
def form_team(
    delegation: Delegation, places: Sequence[Place], *, by: Actor, leader: Person | None = None
) -> list[Registration]:
    """Name the whole team: who is new gets a place, who is left out gives theirs back.

    The unit's own quota and the places in all hold as for everybody; who finds none waits.
    """
    activity = Activity.objects.select_for_update().get(pk=delegation.activity_id)
    _check_upcoming(activity)
    kept = Delegation.objects.select_for_update().get(pk=delegation.pk)
    _check_people(kept, places)
    standing = {one.person_id: one for one in kept.registrations.exclude(status__in=GONE)}
    wanted = {one.person.pk: one for one in places}
    for person, registration in standing.items():
        if person not in wanted:
            withdraw(registration, by=by)
    signings = [
        Signing(one.person, role=one.role, quotas=one.quotas, delegation=kept) for one in places
    ]
    team = sign_up(activity, signings, by=by, later=True)
    _settle(activity, team, wanted, kept, by)
    kept.leader = leader
    kept.save(update_fields=["leader"])
    words = "、".join(f"{one}（{one.get_role_display()}）" for one in team)
    record(activity, "form_team", by=by, changes={"org": str(kept.org), "people": words})
    return team


def _settle(
    activity: Activity,
    team: Sequence[Registration],
    wanted: dict[int, Place],
    delegation: Delegation,
    by: Actor,
) -> None:
    """Who had signed up alone before belongs to the team now, in the role and items given."""
    held = defaultdict[int, set[int]](set)
    for choice in Choice.objects.filter(registration__in=[one.pk for one in team]):
        held[choice.registration_id].add(choice.quota_id)
    meant = [(one, wanted[one.person_id or 0]) for one in team]
    others = [
        (one, place.role, place.quotas)
        for one, place in meant
        if (one.role, held[one.pk]) != (place.role, {quota.pk for quota in place.quotas})
    ]
    for _, _, quotas in others:
        check_items(activity, quotas)
    if others:
        change_places(activity, others)
        fill(activity, by=by)
    for one in team:
        one.refresh_from_db(fields=["status", "line"])
        if one.delegation_id != delegation.pk:
            one.delegation = delegation
            one.save(update_fields=["delegation"])


def _check_people(delegation: Delegation, places: Sequence[Place]) -> None:
    numbers = [one.person.pk for one in places]
    if len(numbers) != len(set(numbers)):
        raise DomainError("同一个人写了两行，请留一行。")
    others = Registration.objects.filter(
        activity=delegation.activity_id, person__in=numbers, delegation__isnull=False
    ).exclude(delegation=delegation)
    standing = others.exclude(status__in=GONE).select_related("person", "delegation__org")
    if other := standing.first():
        raise DomainError(f"{other}已在{other.delegation}，一个人只能代表一个单位。")
    path = delegation.org.path
    outside = [one.person for one in places if not one.person.org.path.startswith(path)]
    if outside:
        raise DomainError(f"{outside[0]}不在{delegation.org}，不能编入这个代表团。")


def _check_upcoming(activity: Activity) -> None:
    if activity.state not in UPCOMING:
        raise DomainError("活动还没有通知，或已经结束，现在不能组团。")
