"""What people had a share in: how long they were there, in which role, and what they gave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.models import Attendance
from gonghui.core.credits.models import Credit
from gonghui.core.signing.models import Registration

from ..engine.hours import hours, time_at
from ..models import Contribution

ROLE, GAVE, STATUS = Registration.Role, Contribution.Kind, Attendance.Status
TEACHES, HELPS = {ROLE.TEACHER, GAVE.TAUGHT}, {ROLE.HELPER, ROLE.OFFICIAL, GAVE.HELPED}


@dataclass(frozen=True)
class Share:
    """Somebody who came: the hours they were there, in the role that says most."""

    registration: Registration
    hours: Decimal
    role: str


@dataclass(frozen=True)
class Gift:
    """What somebody gave, of one kind of credit: how often, and in which words it is told."""

    person: int
    kind: str
    times: int
    words: str


def kind_of(activity: Activity) -> str:
    """Which kind of credit a gathering gives."""
    kind = kinds[activity.kind]
    if kind.code == "volunteer":
        return "service"
    return "learning" if kind.area == "learning" else "activity"


def shares_of(activity: Activity) -> list[Share]:
    """Everybody who came to at least one session, guests too, in three queries.

    Who came late or left early has the time they were there.
    """
    spent: dict[int, timedelta] = defaultdict(timedelta)
    people: dict[int, Registration] = {}
    came = Attendance.objects.filter(session__activity=activity, in_at__isnull=False)
    for one in came.select_related("session", "registration__person"):
        people[one.registration_id] = one.registration
        spent[one.registration_id] += _time_of(one)
    gave: dict[int, set[str]] = defaultdict(set)
    for pk, kind in activity.contributions.values_list("registration", "kind"):
        gave[pk].add(kind)
    kind = kind_of(activity)
    return [Share(one, hours(spent[pk]), _role(one, gave[pk], kind)) for pk, one in people.items()]


def gifts_of(activity: Activity) -> list[Gift]:
    """What each member on the record gave, by kind of credit; help counts by its hours alone."""
    told: dict[tuple[int, str], list[str]] = defaultdict(list)
    studies = kind_of(activity) == "learning"
    rows = activity.contributions.exclude(kind=GAVE.HELPED).select_related("registration", "quota")
    for one in rows:
        person = one.registration.person_id
        if person is not None:
            key = person, _gift_kind(one.kind, studies=studies)
            told[key].append(f"{one.get_kind_display()} {one.said}".strip())
    return [Gift(*key, len(words), "；".join(words)) for key, words in told.items()]


def _gift_kind(kind: str, *, studies: bool) -> str:
    """Words spoken or taught count as study only where people studied."""
    if kind == GAVE.PLACED:
        return "contest"
    return "contribution" if studies and kind in (GAVE.SPOKE, GAVE.TAUGHT) else "showing"


def _time_of(one: Attendance) -> timedelta:
    late, early = one.status == STATUS.LATE, one.status == STATUS.LEFT_EARLY
    came = one.in_at if late or early else None
    left = one.out_at if late or early else None
    return time_at(one.session.starts_at, one.session.ends_at, came=came, left=left)


def _role(one: Registration, gave: set[str], kind: str) -> str:
    said = {one.role, *gave}
    if said & TEACHES:
        return Credit.Role.TAUGHT
    if said & HELPS or kind == "service":  # at a volunteers' activity whoever came has served
        return Credit.Role.HELPED
    return Credit.Role.ATTENDED
