"""What stands of a need, an activity's shifts, a volunteer's hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, State
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.credits.models import Credit
from gonghui.core.credits.rules import CREDIT_RULES
from gonghui.core.people.models import Person
from gonghui.core.screens.place import Place
from gonghui.core.signing.models import Quota
from gonghui.kit.amounts import plain

from .models import Need, Shift

SERVICE = "service"  # the kind of credit a volunteers' activity earns


@dataclass(frozen=True)
class Year:
    """What somebody served in a year."""

    year: int
    times: int
    hours: Decimal

    @property
    def words(self) -> str:
        return f"{plain(self.hours)} 小时"


def shifts_of(activity: Activity) -> list[Shift]:
    """The shifts of an activity, the earliest first."""
    rows = Shift.objects.filter(session__activity=activity).select_related("session", "quota")
    return list(rows.order_by("session__starts_at", "pk"))


def shifts_at_once(quotas: Sequence[Quota]) -> str:
    """A sentence where two shifts are at one time: nobody serves twice at once."""
    rows = Shift.objects.filter(quota__in=quotas).select_related("session", "quota")
    shifts = list(rows.order_by("session__starts_at", "pk"))
    for before, after in pairwise(shifts):
        if after.session.starts_at < before.session.ends_at:
            return f"“{before}”和“{after}”时间重叠，只能选一个。"
    return ""


def activities_for(need: Need, actor: Actor) -> QuerySet[Activity]:
    """What was held or is planned for a need, as far as the actor may read it."""
    rows = need.activities.exclude(state=State.CANCELLED)
    return ACTIVITY_RULES["view"].narrow(rows, actor).order_by("starts_at", "pk")


def service_of(person: Person) -> QuerySet[Credit]:
    """Every service of a person that counts, the latest first."""
    rows = Credit.objects.standing().filter(person=person, kind=SERVICE)
    return rows.select_related("org").order_by("-on", "-pk")


def years_of(person: Person) -> list[Year]:
    """Hours by year, the latest first."""
    rows: Any = service_of(person).order_by().annotate(year=ExtractYear("on")).values("year")
    sums = rows.annotate(times=Count("pk"), hours=Sum("amount")).order_by("-year")
    return [Year(one["year"], one["times"], one["hours"]) for one in sums]


def volunteers(actor: Actor, place: Place) -> Any:
    """Who served at a place: person, times and hours, who served most first."""
    rows = Credit.objects.standing().filter(kind=SERVICE)
    seen = place.narrow(CREDIT_RULES["view"].narrow(rows, actor), "org")
    people = seen.order_by().values("person_id", "person__name", "person__org__name")
    return people.annotate(times=Count("pk"), hours=Sum("amount")).order_by("-hours", "person_id")
