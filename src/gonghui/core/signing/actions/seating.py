"""Places are counted on the locked activity row, and whoever waits moves up into free ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import UPCOMING
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.kit.prepared import about
from gonghui.kit.writing import Statement, update, write

from ..engine.places import House, Wish, moving_up
from ..models import Quota, Registration

VERBS |= {"move_up": "候补转正"}


@dataclass
class Seats:
    """An activity's places while its row is locked: who takes what, written once at the end."""

    activity: Activity
    quotas: dict[int, Quota]
    house: House

    @classmethod
    def of(cls, activity: Activity) -> Seats:
        """The activity is locked by the caller; its quotas are by this."""
        has_some = getattr(activity, "has_quotas", True)  # as ``lock`` found it
        rows = about(activity.pk, "quotas locked", _locked_quotas) if has_some else ()
        quotas = {quota.pk: quota for quota in rows}
        free = {pk: quota.capacity - quota.seats_taken for pk, quota in quotas.items()}
        return cls(activity, quotas, House(activity.seats_taken, activity.capacity, free))

    def unit_quota(self, org: Org) -> Quota | None:
        """Places kept for units are taken by their own people: the nearest unit above counts."""
        above = [q for q in self.quotas.values() if q.org and org.path.startswith(q.org.path)]
        return max(above, key=lambda quota: len(quota.org.path) if quota.org else 0, default=None)

    def counted(self) -> list[Statement]:
        """What writes the counters the house has come to."""
        changed = []
        for pk, quota in self.quotas.items():
            taken = quota.capacity - self.house.free[pk]
            if taken != quota.seats_taken:
                quota.seats_taken = taken
                changed.append(update(quota, "seats_taken"))
        self.activity.seats_taken = self.house.taken
        return [*changed, update(self.activity, "seats_taken", "line")]


def _locked_quotas(activity: int) -> QuerySet[Quota]:
    rows = Quota.objects.select_for_update(of=("self",)).filter(activity=activity)
    return rows.select_related("org")


def wish_of(registration: Registration) -> Wish:
    return Wish(registration.pk or 0, registration.seats, registration.quota_ids)


Change = tuple[Registration, str, Quota | None]  # the role and the group somebody is given


def change_places(locked: Activity, changed: Sequence[Change]) -> None:
    """Give people other roles and groups; who finds no free place there waits (R-346).

    All give their places back before any asks for a new one, so that two may change over.
    """
    seats = Seats.of(locked)
    was_seated = {one.pk for one, _, _ in changed if one.status == Registration.Status.SIGNED}
    for one, role, quota in changed:
        if one.pk in was_seated:
            seats.house.give_back(wish_of(one))
        one.role, one.quota = role, quota
    for one, _, _ in changed:
        if one.pk in was_seated and seats.house.fits(wish_of(one)):
            seats.house.take(wish_of(one))
        elif one.pk in was_seated:
            locked.line += 1
            one.status, one.line = Registration.Status.WAITING, locked.line
        one.save(update_fields=["role", "quota", "status", "line"])
    write(seats.counted())


def fill(activity: Activity, *, by: Actor, freed: Registration | None = None) -> list[Registration]:
    """Let those who wait move up into what is free, in their order, and tell them.

    Once an activity is held nobody moves up: a place there is good for nothing.
    """
    seats = Seats.of(activity)
    if freed is not None:
        seats.house.give_back(wish_of(freed))
    waiting = list(
        activity.registrations.select_for_update()
        .filter(status=Registration.Status.WAITING)
        .order_by("line")
        if activity.state in UPCOMING
        else ()
    )
    rows = {one.pk: one for one in waiting}
    moved = [rows[wish.key] for wish in moving_up(seats.house, map(wish_of, waiting))]
    now = timezone.now()
    for one in moved:
        one.status, one.line, one.moved_up_at = Registration.Status.SIGNED, None, now
        one.save(update_fields=["status", "line", "moved_up_at"])
        record(one, "move_up", by=by, changes={"activity": str(activity)})
        events.emit(one, "move_up", by=by)
    write(seats.counted())
    return moved
