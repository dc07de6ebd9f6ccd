"""Whose goal serves which, what a person is at, what a body shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.timezone import localdate

from gonghui.core.access.actor import Actor
from gonghui.core.history.models import Entry
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.regulations.standards import Values, values_for
from gonghui.core.screens.place import Place
from gonghui.kit.prepared import prepared

from .models import Goal, GoalState, GrowthPlan, PlanState, Sort
from .rules import GOAL_RULES

MOST = 500  # goals drawn on one page
WORKED = (PlanState.RUNNING, PlanState.HALFWAY)


@dataclass(frozen=True)
class Look:
    """One of the two looks at a plan: the step that takes it, and the last day it is meant for."""

    step: str
    label: str
    month: int
    day: int
    states: tuple[PlanState, ...]

    def due(self, year: int) -> date:
        return date(year, self.month, self.day)


HALF = Look("look_half", "半年看一看", 6, 30, (PlanState.RUNNING,))
YEAR = Look("look_year", "年终看一看", 12, 31, WORKED)
LOOKS = (HALF, YEAR)
AGREE = "agree"  # what a draft of this year or later waits for
TIMES = (1, 2)  # how often one is reminded to agree to a plan


@dataclass
class Branch:
    """A goal with those that serve it, drawn as a tree; ``depth`` is how far in it stands."""

    goal: Any
    depth: int = 0
    below: list[Branch] = field(default_factory=list)


@dataclass(frozen=True)
class Alignment:
    """Goals of a place as trees, and those of people that serve none."""

    rows: list[Branch]
    loose: list[Any]
    people: int
    serving: int
    alone: int
    is_cut: bool


def servable(goal: Goal) -> QuerySet[Goal]:
    """What a goal may serve: its owner's vision, or what its body or one above it aims at.

    A body's goal never serves one of its own body's goals, so nothing goes round in a circle.
    """
    above = Q(person=None, org__path__in=goal.org.ancestor_paths())
    own = Q(org=goal.org, person=goal.person, sort=Sort.VISION)
    if goal.person_id is None:
        above &= ~Q(org=goal.org)
    if goal.sort == Sort.VISION:
        own = Q(pk__in=[])
    rows = Goal.objects.filter(above | own, state=GoalState.STANDING).exclude(pk=goal.pk)
    return rows.select_related("org")


def own_goals(person: Person) -> QuerySet[Goal]:
    """A person's visions and goals with their steps, those that stand first."""
    rows = Goal.objects.filter(person=person).select_related("serves__org", "org")
    return rows.prefetch_related("steps").order_by("-state", "-sort", "until", "pk")


def own_plans(person: Person) -> QuerySet[GrowthPlan]:
    """A person's plans with what was promised, the latest year first."""
    rows = GrowthPlan.objects.filter(person=person).select_related("coach", "goal", "org")
    return with_look(rows, timezone.localdate()).prefetch_related("promises")


def coached_plans(person: Person) -> QuerySet[GrowthPlan]:
    """The plans somebody coaches that are not at their end, those to be agreed to first."""
    coached = GrowthPlan.objects.filter(coach=person).exclude(state=PlanState.CLOSED)
    rows = with_look(coached, timezone.localdate())
    waits = Case(When(state=PlanState.DRAFT, then=0), default=1, output_field=IntegerField())
    return rows.select_related("person__org").order_by(waits, "-year", "person__pinyin", "pk")


def goals_of(org: Org) -> list[Goal]:
    """What a body aims at, the vision first; where it has none, the nearest body above that has."""
    rows = Goal.objects.filter(
        person=None, state=GoalState.STANDING, org__path__in=org.ancestor_paths()
    )
    found = list(rows.select_related("org", "serves").prefetch_related("steps"))
    depth = max((len(one.org.path) for one in found), default=0)
    nearest = [one for one in found if len(one.org.path) == depth]
    return sorted(nearest, key=lambda one: (one.sort != Sort.VISION, one.until or date.max, one.pk))


def shown_goals(org: Org) -> QuerySet[Goal]:
    """What members of a body let their colleagues see."""
    rows = Goal.objects.filter(org=org, is_shown=True, state=GoalState.STANDING)
    return rows.exclude(person=None).select_related("person").order_by("person__pinyin", "pk")


def alignment(place: Place, actor: Actor) -> Alignment:
    """Everything that stands at a place and below, as far as the actor sees it. Two queries."""
    seen = GOAL_RULES["view"].narrow(Goal.objects.filter(state=GoalState.STANDING), actor)
    rows = place.narrow(seen, "org").select_related("org", "person", "serves__org")
    goals = list(rows.order_by("org__path", "person__pinyin", "-sort", "pk")[: MOST + 1])
    drawn = goals[:MOST]
    here = {one.pk for one in drawn}
    below: dict[int, list[Goal]] = defaultdict(list)
    for one in drawn:
        if one.serves_id in here:
            below[one.serves_id].append(one)  # type: ignore[index]  # it is in the set, so no None
    tops = [one for one in drawn if one.serves_id not in here]
    branches: list[Branch] = []
    for top in tops:
        if top.person_id is None or top.serves_id or top.pk in below:
            _grow(top, 0, below, branches)
    loose = [one for one in drawn if one.serves_id is None and one.person_id]
    personal = place.narrow(seen, "org").exclude(person=None).order_by()
    sums = personal.aggregate(all=Count("pk"), serving=Count("serves"))
    alone = sums["all"] - sums["serving"]
    return Alignment(branches, loose, sums["all"], sums["serving"], alone, len(goals) > MOST)


def _grow(goal: Goal, depth: int, below: dict[int, list[Goal]], rows: list[Branch]) -> None:
    rows.append(Branch(goal, depth))
    for one in below.get(goal.pk, ()):
        _grow(one, depth + 1, below, rows)


def running_plans(rows: QuerySet[GrowthPlan]) -> QuerySet[GrowthPlan]:
    """Plans that are worked from."""
    return rows.filter(state__in=WORKED)


def looks_due(day: date) -> dict[str, Q]:
    """Step → the plans it is due for by a day; once the year is over, the last look alone is."""
    half, over = (day.year - (day < one.due(day.year)) for one in LOOKS)
    return {
        HALF.step: Q(state__in=HALF.states, year__gt=over, year__lte=half),
        YEAR.step: Q(state__in=YEAR.states, year__lte=over),
        AGREE: Q(state=PlanState.DRAFT, year__gte=day.year),
    }


def with_look(rows: QuerySet[GrowthPlan], day: date) -> QuerySet[GrowthPlan]:
    """Each plan with the name of the look that is due and was not taken, in ``look``."""
    due = looks_due(day)
    whens = [When(due[one.step], then=Value(one.label)) for one in LOOKS]
    return rows.annotate(look=Case(*whens, default=Value(""), output_field=CharField()))


def count_looks(org: Org, day: date) -> dict[str, int]:
    """Step → plans of a body and all below it that it is due for. One query."""

    def asked() -> QuerySet[Any]:
        due = looks_due(day)
        rows = GrowthPlan.objects.filter(
            reduce(or_, due.values()), org__within=(org.path,), person__left_on=None
        )
        counts = {step: Count("pk", filter=those) for step, those in due.items()}
        found: QuerySet[Any] = rows.order_by().values("state").annotate(**counts)
        return found

    found = list(prepared(("looks", org.path, day), asked))
    return {step: sum(one[step] for one in found) for step in looks_due(day)}


def looks_to_come(day: date) -> Iterator[tuple[Look, GrowthPlan]]:
    """Plans to be looked at within as many days as the standard of their body says.

    Not on the one day alone: a plan may be agreed to when that day is past.
    """
    days = values_for("goals_look_days", day=day)
    return _looks(day, days, lambda left, value: 0 <= left <= value)


def looks_left(day: date) -> Iterator[tuple[Look, GrowthPlan]]:
    """Plans that should have been looked at so many days ago and were not."""
    days = values_for("goals_coach_days", day=day)
    return _looks(day, days, lambda left, value: -left == value)


def plans_to_agree(day: date) -> Iterator[tuple[int, GrowthPlan]]:
    """Plans that wait to be agreed to since so many days: the how-manieth reminder, the plan.

    Since when is what their history says.
    """
    days = values_for("goals_agree_days", day=day)
    wanted = {day - timedelta(int(one.value) * time) for one in days.distinct for time in TIMES}
    kind = ContentType.objects.get_for_model(GrowthPlan)
    begun = Entry.objects.filter(content_type=kind, number=1, at__date__in=wanted)
    since = {pk: localdate(at) for pk, at in begun.values_list("object_id", "at")}
    rows = GrowthPlan.objects.filter(looks_due(day)[AGREE], pk__among=since, person__left_on=None)
    for plan in rows.select_related("person__org", "org", "coach").order_by("pk"):
        value = days.at(plan.person.org.path)
        waited = (day - since[plan.pk]).days
        for time in TIMES:
            if value is not None and waited == time * int(value.value):
                yield time, plan


def _looks(
    day: date, days: Values, told: Callable[[int, int], bool]
) -> Iterator[tuple[Look, GrowthPlan]]:
    """``told`` says of the days left and a standard whether it is time; else no plan is read."""
    asked = {value.value for value in days.distinct}
    for look in LOOKS:
        for year in (day.year - 1, day.year, day.year + 1):
            left = (look.due(year) - day).days
            if any(told(left, value) for value in asked):
                rows = GrowthPlan.objects.filter(
                    year=year, state__in=look.states, person__left_on=None
                )
                for plan in rows.select_related("person__org", "coach").iterator():
                    value = days.at(plan.person.org.path)
                    if value is not None and told(left, value.value):
                        yield look, plan


def with_steps(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each goal with how many steps it has and how many are done."""
    return rows.annotate(
        steps_all=Count("steps"), steps_done=Count("steps", filter=~Q(steps__done_on=None))
    )
