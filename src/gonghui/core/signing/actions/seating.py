"""Places are counted on the locked activity row, and whoever waits moves up into free ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from ..models import Choice, Quota, Registration

VERBS |= {"move_up": "候补转正"}

STATUS = Registration.Status


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

    def seat(self, one: Registration, chosen: Sequence[Choice] = ()) -> None:
        """A place in whatever has one left, a turn in the line for the rest; neither is saved.

        What has a turn already keeps it: ``fill`` lets the line move up in its order.
        """
        for choice in (choice for choice in chosen if choice.line is None):
            wish = wish_of(one, choice)
            if self.house.fits(wish):
                self.house.take(wish)
            else:
                choice.line = self._turn()
        if chosen:
            has_place = any(choice.line is None for choice in chosen)
        else:
            has_place = one.line is None and self.house.fits(wish_of(one))
            if has_place:
                self.house.take(wish_of(one))
        if has_place:
            one.status, one.line = STATUS.SIGNED, None
            return
        turns = [choice.line for choice in chosen if choice.line is not None]
        one.status, one.line = STATUS.WAITING, one.line or min(turns, default=0) or self._turn()

    def queue(self, one: Registration, chosen: Sequence[Choice]) -> None:
        """A turn in the line for everything, which counts once there is leave to have a place."""
        one.status, one.line = STATUS.ASKED, self._turn()
        for choice in chosen:
            choice.line = one.line

    def leave(self, one: Registration, chosen: Iterable[Choice]) -> None:
        """Who has a place gives it back, with those in items."""
        if one.status == STATUS.SIGNED:
            held = (choice.quota_id for choice in chosen if choice.line is None)
            self.house.leave(wish_of(one), held)

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

    def _turn(self) -> int:
        self.activity.line += 1
        return self.activity.line


def _locked_quotas(activity: int) -> QuerySet[Quota]:
    rows = Quota.objects.select_for_update(of=("self",)).filter(activity=activity)
    return rows.select_related("org")


def wish_of(one: Registration, choice: Choice | None = None) -> Wish:
    """What somebody wants in all, or of one item; who has no number yet is known by the row."""
    item = choice.quota_id if choice else None
    return Wish(one.pk or -id(one), one.seats, one.unit_quota_id, item)


Change = tuple[Registration, str, Sequence[Quota]]  # the role and the items somebody is given


def change_places(locked: Activity, changed: Sequence[Change]) -> None:
    """Give people other roles and items; who finds no free place there waits (R-346).

    All give their places back before any asks for a new one, so that two may change over.
    """
    seats, held = Seats.of(locked), defaultdict[int, list[Choice]](list)
    people = [one.pk for one, _, _ in changed]
    for choice in Choice.objects.filter(registration__in=people).select_related("quota"):
        held[choice.registration_id].append(choice)
    for one, role, _ in changed:
        seats.leave(one, held[one.pk])
        one.role = role
    for one, _, quotas in changed:
        _rechoose(seats, one, held[one.pk], quotas)
    write(seats.counted())


def _rechoose(
    seats: Seats, one: Registration, held: Sequence[Choice], quotas: Sequence[Quota]
) -> None:
    """What is kept comes first, with its place or its turn; what is left out goes."""
    wanted = {quota.pk for quota in quotas}
    kept = [choice for choice in held if choice.quota_id in wanted]
    gone = [choice.pk for choice in held if choice.quota_id not in wanted]
    known = {choice.quota_id for choice in kept}
    fresh = [Choice(registration=one, quota=quota) for quota in quotas if quota.pk not in known]
    Choice.objects.filter(pk__in=gone).delete()
    seats.seat(one, [*kept, *fresh])
    one.save(update_fields=["role", "status", "line"])
    for choice in (*kept, *fresh):
        choice.save()


def fill(activity: Activity, *, by: Actor, seats: Seats | None = None) -> list[Registration]:
    """Let those who wait move up into what is free, in their order, and tell them.

    Once an activity is held nobody moves up: a place there is good for nothing. ``seats`` is what
    the caller has counted already.
    """
    seats = seats or Seats.of(activity)
    line = _line(activity, seats) if activity.state in UPCOMING else {}
    moved = defaultdict[int, list[Choice]](list)
    people: dict[int, Registration] = {}
    for wish in moving_up(seats.house, line):
        one, choice = line[wish]
        people[one.pk] = one
        if choice is not None:
            choice.line = None
            choice.save(update_fields=["line"])
            moved[one.pk].append(choice)
    for one in people.values():
        _move_up(one, moved[one.pk], activity, by)
    write(seats.counted())
    return list(people.values())


def _line(activity: Activity, seats: Seats) -> dict[Wish, tuple[Registration, Choice | None]]:
    """Everybody's wishes in their order: of who has chosen items, one for each they wait for."""
    rows = activity.registrations.select_for_update().filter(status=STATUS.WAITING)
    people = {one.pk: one for one in rows.order_by()}
    items = Choice.objects.filter(registration__activity=activity, line__isnull=False)
    items = items.exclude(registration__status=STATUS.ASKED)
    chosen = list(items.select_related("quota", "registration")) if seats.quotas else []
    for choice in chosen:
        choice.registration = people.setdefault(choice.registration_id, choice.registration)
    seats.house.inside |= {pk for pk, one in people.items() if one.status == STATUS.SIGNED}
    choosers = {choice.registration_id for choice in chosen}
    turns: list[tuple[int, Registration, Choice | None]] = [
        *((choice.line or 0, choice.registration, choice) for choice in chosen),
        *((one.line or 0, one, None) for one in people.values() if one.pk not in choosers),
    ]
    turns.sort(key=lambda turn: (turn[0], turn[1].pk))
    return {wish_of(one, choice): (one, choice) for _, one, choice in turns}


def _move_up(one: Registration, into: Sequence[Choice], activity: Activity, by: Actor) -> None:
    one.status, one.line, one.moved_up_at = STATUS.SIGNED, None, timezone.now()
    one.save(update_fields=["status", "line", "moved_up_at"])
    items = "、".join(str(choice.quota) for choice in into)
    said = {"activity": str(activity)} | ({"items": items} if items else {})
    record(one, "move_up", by=by, changes=said)
    events.emit(one, "move_up", by=by, items=items)
