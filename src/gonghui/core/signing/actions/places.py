"""How many may come is changed, in all and of a unit or group, and what they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError
from gonghui.kit.writing import write

from ..models import Choice, Quota, Registration
from .seating import Seats, fill
from .signing import GONE


@dataclass(frozen=True)
class Share:
    """Places for a unit or a group as a form gives them; ``pk`` is that of the quota it changes."""

    capacity: int
    name: str = ""
    org: Org | None = None
    pk: int | None = None


@transaction.atomic
def set_places(
    activity: Activity,
    capacity: int | None,
    *,
    by: Actor,
    shares: Sequence[Share] | None = None,
    items_allowed: int | None = None,
) -> Activity:
    """Change the places in all and, when given, those of units and groups, and how many of these
    one person may have; who has more already keeps them.

    More of them let those who wait move up; fewer than are taken is refused.
    """
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if capacity is not None and capacity < locked.seats_taken:
        raise DomainError(f"已有 {locked.seats_taken} 人报名，名额不能少于这个数。")
    before = _said(locked)
    # One occasion of a series with places of its own no longer follows the rest.
    locked.differs |= locked.series_id is not None and locked.capacity != capacity
    locked.capacity = capacity
    locked.items_allowed = items_allowed or locked.items_allowed
    locked.save(update_fields=["capacity", "items_allowed", "differs"])
    if shares is not None:
        _share(locked, shares)
    after = _said(locked)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        record(locked, "update", by=by, changes=changes)
        fill(locked, by=by)
    return locked


@transaction.atomic
def ask(activity: Activity, questions: Any, *, by: Actor) -> None:
    """Save a checked set of question forms; what has been answered already may not vanish."""
    for form in questions.deleted_forms:
        if _is_answered(activity, form.instance.pk):
            raise DomainError(f"「{form.instance}」已有人回答，不能删去。")
    before = "、".join(str(one) for one in activity.questions.all())
    questions.save()
    after = "、".join(str(one) for one in activity.questions.all())
    if before != after:
        record(activity, "update", by=by, changes={"questions": [before, after]})


def _is_answered(activity: Activity, question: int | None) -> bool:
    rows = activity.registrations.exclude(answers={}).values_list("answers", flat=True)
    return any(str(question) in answers for answers in rows)


def _share(activity: Activity, shares: Sequence[Share]) -> None:
    kept = {quota.pk: quota for quota in activity.quotas.select_for_update()}
    for pk in set(kept) - {share.pk for share in shares}:
        rows = activity.registrations.filter(unit_quota=pk).exclude(status__in=GONE)
        if rows.exists() or kept[pk].chosen.exists():
            raise DomainError(f"「{kept[pk]}」已有人报名，不能删去。")
        kept[pk].unit_registrations.update(unit_quota=None)
        drop_quota(kept[pk])
    for share in shares:
        quota = kept.get(share.pk or 0) or Quota(activity=activity)
        if share.capacity < quota.seats_taken:
            raise DomainError(f"「{quota}」已有 {quota.seats_taken} 人报名，名额不能少于这个数。")
        quota.name, quota.org, quota.capacity = share.name, share.org, share.capacity
        quota.save()
    _count_again(activity)


def drop_quota(quota: Quota) -> None:
    """An item in which somebody did something stays, though nobody had entered it."""
    try:
        quota.delete()
    except ProtectedError:
        raise DomainError(f"「{quota}」已记了成绩，不能删去。") from None


def _count_again(activity: Activity) -> None:
    """Who stands on the list counts for their unit, also where its share was made later."""
    seats = Seats.of(activity)
    free = {pk: quota.capacity for pk, quota in seats.quotas.items()}
    for one in activity.registrations.exclude(status__in=GONE).select_related("org"):
        unit = seats.unit_quota(one.org)
        if one.unit_quota_id != (unit.pk if unit else None):
            one.unit_quota = unit
            one.save(update_fields=["unit_quota"])
        if unit is not None and one.status == Registration.Status.SIGNED:
            free[unit.pk] -= one.seats
    held = Choice.objects.filter(registration__activity=activity, line=None)
    for choice in held.select_related("registration"):
        free[choice.quota_id] -= choice.registration.seats
    for pk, quota in seats.quotas.items():
        taken = quota.capacity - free[pk]
        if free[pk] < 0:
            raise DomainError(f"「{quota}」已有 {taken} 人报名，名额不能少于这个数。")
    seats.house.free = free
    write(seats.counted())


def _said(activity: Activity) -> dict[str, Any]:
    """What the history keeps of it."""
    rows = activity.quotas.select_related("org")
    quotas = "、".join(f"{quota} {quota.capacity}" for quota in rows)
    capacity, allowed = activity.capacity, activity.items_allowed
    return {"capacity": capacity, "items_allowed": allowed, "quotas": quotas}
