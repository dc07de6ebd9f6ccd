"""Which sessions somebody may work at, and what their phone needs to know of one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.access.anyone import for_anyone
from gonghui.core.activities.models import Activity, Session, State
from gonghui.core.activities.queries.reach import sessions_within

from .roll import Line, roll_of

READS = ("activities.write", "activities.check")  # what the rule asks a person's reach for
TOLD = ("activity", "guest", "ticket", "person__name", "person__pinyin", "person__initials",
        "org__name", "org__short_name")  # fmt: skip
WORKED = (State.OPEN, State.CLOSED, State.ANNOUNCED, State.HELD)


@dataclass(frozen=True)
class Door:
    """A session as one person works at its door; ``whose`` keeps a leader to their own people."""

    session: Session
    whose: Q | None = None


def door_of(actor: Actor, pk: int) -> Door | None:
    """The organiser's door, or the team leader's, who signs in for their own people only."""
    found = for_anyone(actor, "door", _door, pk, reads=READS)
    for session in found:
        return Door(session)
    led = sessions_within(actor, "lead").filter(pk=pk, activity__state__in=WORKED).first()
    if led is None or not actor.can("activities.check"):
        return None
    return Door(led, actor.reach("activities.check"))


def _door(anyone: Actor, pk: int) -> QuerySet[Session]:
    return sessions_within(anyone, "check").filter(pk=pk)


def led_sessions(actor: Actor, activity: Activity) -> list[Session]:
    """Sessions of an activity at which a team's leader signs in for their own people."""
    if activity.state not in WORKED or not actor.can("activities.check"):
        return []
    return list(sessions_within(actor, "lead").filter(activity=activity))


def carried(door: Door, now: datetime) -> dict[str, Any]:
    """What a phone carries of a session: names, units, states, and the digests of the codes.

    The codes themselves stay with us: a phone that is lost lets nobody in.
    """
    lines = roll_of(door.session, whose=door.whose, reads=TOLD)
    return {"now": now.isoformat(), "people": [_told(line) for line in lines]}


def touched(
    door: Door, lines: Iterable[Line], meant: Collection[int | None]
) -> list[dict[str, Any]]:
    """The same of the registrations that notes were about, and of nobody else.

    ``lines`` are in hand already; who is meant besides, by a number taken before, is asked for.
    """
    found = {line.registration.pk: line for line in lines}
    if missing := {one for one in meant if one} - found.keys():
        for line in roll_of(door.session, whose=door.whose, only=missing):
            found[line.registration.pk] = line
    return [_told(line) for line in found.values()]


def _told(line: Line) -> dict[str, Any]:
    one, kept = line.registration, line.attendance
    person = one.person
    return {
        "id": one.pk,
        "name": str(one),
        "unit": str(one.org),
        "find": f"{person.pinyin} {person.initials}" if person else "",
        "code": hashlib.sha256(one.ticket.encode()).hexdigest(),
        "status": kept.status if kept else "",
        "said": kept.get_status_display() if kept else "",
        "in_at": kept.in_at.isoformat() if kept and kept.in_at else "",
        "out_at": kept.out_at.isoformat() if kept and kept.out_at else "",
        "reason": kept.reason if kept else "",
        "conflict": kept.conflict if kept else "",
        "last": str(line.last) if line.last else "",
    }
