"""A finished record credits hours to those who came, taught and helped; opened again, it takes them
back until it is finished anew.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.models import Attendance
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle, withdraw
from gonghui.core.flow import events
from gonghui.core.signing.models import Registration

from ..engine.hours import hours, time_at
from ..models import Contribution

ROLE, GAVE, STATUS = Registration.Role, Contribution.Kind, Attendance.Status
TEACHES, HELPS = {ROLE.TEACHER, GAVE.TAUGHT}, {ROLE.HELPER, ROLE.OFFICIAL, GAVE.HELPED}


def kind_of(activity: Activity) -> str:
    """Which kind of credit a gathering gives."""
    kind = kinds[activity.kind]
    if kind.code == "volunteer":
        return "service"
    return "learning" if kind.area == "learning" else "activity"


def earned_by(activity: Activity) -> list[Earned]:
    """The hours of everybody on record who came, once each, in the role that says most.

    Who came late or left early is credited the time they were there; guests earn nothing here.
    """
    spent: dict[int, timedelta] = defaultdict(timedelta)
    people: dict[int, Registration] = {}
    came = Attendance.objects.filter(
        session__activity=activity, in_at__isnull=False, registration__person__isnull=False
    )
    for one in came.select_related("session", "registration"):
        people[one.registration_id] = one.registration
        spent[one.registration_id] += _time_of(one)
    gave: dict[int, set[str]] = defaultdict(set)
    for pk, kind in activity.contributions.values_list("registration", "kind"):
        gave[pk].add(kind)
    kind, moment = kind_of(activity), activity.ends_at
    day = timezone.localdate(moment) if moment else timezone.localdate()
    return [
        Earned(
            person_id=one.person_id,  # type: ignore[arg-type]  # guests were left out above
            kind=kind,
            role=_role(one, gave[pk], kind),
            amount=hours(spent[pk]),
            on=day,
            words=activity.title,
        )
        for pk, one in people.items()
    ]


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


@events.on("activities.activity", "record")
def credit(activity: Activity, *, by: Actor) -> None:
    settle(activity, activity.org, earned_by(activity), by=by)


@events.on("activities.activity", "reopen")
def uncredit(activity: Activity, *, by: Actor) -> None:
    withdraw(activity, activity.org, by=by)
