"""The year's training plan of a place: each programme with what was planned and what was held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from gonghui.core.access.actor import Actor
from gonghui.core.screens.place import Place

from ..models import (
    Course,
    CourseState,
    Demand,
    DemandState,
    Kind,
    Learner,
    Outcome,
    Programme,
    ProgrammeState,
    Result,
)
from ..rules import DEMAND_RULES, LEARNER_RULES, PROGRAMME_RULES
from .courses import Rate, Tally, outcome_rates, tally


@dataclass(frozen=True)
class Line:
    """A programme with its classes, people and person-times so far."""

    programme: Programme
    courses: int
    people: int
    times: int
    passed: int


@dataclass(frozen=True)
class Group:
    """The programmes of one of the four kinds."""

    label: str
    lines: list[Line]


@dataclass(frozen=True)
class Plan:
    """All of a year: programmes by kind, the sums, needs that wait, what outsiders said later."""

    groups: list[Group]
    planned: int | None  # people, of the programmes that say a number
    unsaid: int  # programmes that say none
    whole: Tally
    waiting: int
    rates: list[Rate]

    @property
    def was_asked(self) -> bool:
        """Whether anybody was asked how things went."""
        return any(one.asked for one in self.rates)


def plan_of(actor: Actor, place: Place, year: int) -> Plan:
    """Six queries for all; what was never put into the plan is left out."""
    rows = Programme.objects.filter(year=year).exclude(state=ProgrammeState.DRAFT)
    seen = place.narrow(PROGRAMME_RULES["view"].narrow(rows, actor), "org")
    programmes = list(seen.select_related("org", "provider").order_by("since", "pk"))
    held = _held([one.pk for one in programmes])
    lines = defaultdict(list)
    for one in programmes:
        lines[one.kind].append(Line(one, *held.get(one.pk, (0, 0, 0, 0))))
    demands = Demand.objects.filter(year=year, state=DemandState.SUBMITTED)
    learners = Learner.objects.filter(course__programme__year=year).exclude(
        course__state=CourseState.CANCELLED
    )
    mine = place.narrow(LEARNER_RULES["view"].narrow(learners, actor), "course__org")
    said = [one.people for one in programmes if one.people is not None]
    return Plan(
        groups=[Group(str(kind.label), lines[kind]) for kind in Kind if lines[kind]],
        planned=sum(said) if said else None,
        unsaid=len(programmes) - len(said),
        whole=tally(mine),
        waiting=place.narrow(DEMAND_RULES["view"].narrow(demands, actor), "org").count(),
        rates=outcome_rates(Outcome.objects.filter(learner__in=mine.order_by().values("pk"))),
    )


def _held(programmes: Iterable[int]) -> dict[int, tuple[int, int, int, int]]:
    """Programme → classes, people, person-times, passed; different people by both kinds."""
    standing = Course.objects.filter(programme__in=list(programmes)).exclude(
        state=CourseState.CANCELLED
    )
    courses: Any = standing.order_by().values("programme").annotate(n=Count("pk"))
    found = {one["programme"]: [one["n"], 0, 0, 0] for one in courses}
    stayed = ~Q(result=Result.LEFT)
    rows: Any = Learner.objects.filter(course__in=standing.order_by().values("pk"))
    counts = (
        rows.order_by()
        .values("course__programme")
        .annotate(
            people=Count("person", distinct=True, filter=stayed),
            outsiders=Count("outsider", distinct=True, filter=stayed),
            times=Count("pk", filter=stayed),
            passed=Count("pk", filter=Q(result=Result.PASSED)),
        )
    )
    for one in counts:
        sums = [one["people"] + one["outsiders"], one["times"], one["passed"]]
        found[one["course__programme"]][1:] = sums
    return {pk: (n[0], n[1], n[2], n[3]) for pk, n in found.items()}
