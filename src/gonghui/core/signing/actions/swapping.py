"""Somebody comes in another's stead: the place goes from hand to hand and not to the line."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError
from gonghui.kit.writing import write

from ..models import Registration
from ..queries.meant import meant
from .admitting import check_meant
from .locking import lock
from .seating import Seats, fill
from .signing import Signing, is_over, why_held

VERBS |= {"swap": "换人"}

STATUS = Registration.Status


@transaction.atomic
def swap(registration: Registration, person: Person, *, by: Actor) -> Registration:
    """Give the place to another person, in the same role, items and team; until it is over.

    A place that leaves its unit has to fit into those of the other. Companions do not go along.
    """
    activity = lock(registration.activity_id)
    old = Registration.objects.select_for_update().get(pk=registration.pk)
    if old.status != STATUS.SIGNED or is_over(activity):
        raise DomainError("只有报上名、还没有办的活动可以换人。")
    if reason_against := why_held(old):
        raise DomainError(reason_against)
    new = _place_of(old, person)
    check_meant(activity, Signing(person), by)
    seats, chosen = Seats.of(activity), list(old.chosen.all())
    seats.leave(old, chosen)
    new.unit_quota = seats.unit_quota(person.org)
    seats.seat(new, chosen)
    if new.status != STATUS.SIGNED:
        raise DomainError(f"{person.org}的名额已满，请换同一单位的人。")
    old.status = STATUS.WITHDRAWN
    old.save(update_fields=["status"])
    new.signed_by, new.signed_at = by.person, timezone.now()
    new.save()
    new.chosen.all().delete()
    old.chosen.update(registration=new)
    write(seats.counted())
    for one in (old, new):
        record(one, "swap", by=by, changes={"person": [str(old), str(new)]})
    events.emit(new, "swap", by=by, old=old)
    fill(activity, by=by)
    return new


def _place_of(old: Registration, person: Person) -> Registration:
    """The row of who comes instead; somebody who waits leaves the line for it."""
    activity = old.activity
    if not Person.objects.active().filter(meant(activity), pk=person.pk).exists():
        raise DomainError(f"这个活动不面向{person.org}，不能换成{person}。")
    if old.delegation and not person.org.path.startswith(old.delegation.org.path):
        raise DomainError(f"{person}不在{old.delegation.org}，不能编入{old.delegation}。")
    known = activity.registrations.select_for_update().filter(person=person).first()
    if known is not None and known.status == STATUS.SIGNED:
        raise DomainError(f"{person}已经报名，请换另一位。")
    category = person.category if person.category in activity.categories else ""
    new = known or Registration(activity=activity, person=person, category=category)
    new.org, new.role, new.delegation = person.org, old.role, old.delegation
    new.companions, new.companion_names, new.companion_kind = 0, [], ""
    new.status, new.line, new.moved_up_at = STATUS.SIGNED, None, None
    return new
