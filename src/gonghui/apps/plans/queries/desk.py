"""What the desk and the portal show of plans: figures, matters of the day, the days ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import SimpleLazyObject

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import UNIT, UPPER, Org
from gonghui.core.screens.place import Place
from gonghui.kit.dates import Period
from gonghui.kit.prepared import prepared

from ..models import Directive, DirectiveState, Item, Occurrence, Plan, PlanState
from ..models.item import NO_TASKS, UNFINISHED
from ..models.plan import OPEN_STATES
from ..rules import ITEM_RULES, PLAN_RULES
from .passing import AWAITED
from .tally import Tally, last_day, tally_of
from .words import KNOWN_TARGETS, label_of, state_of

READS = ("plans.view", "plans.write", "plans.review")
MOST_MATTERS = 30
MOST_AHEAD = 5
MOST_UNITS = 100
SOON = timedelta(days=7)  # a report is on the desk a week before it is due
NOT_HANDED_IN = (PlanState.DRAFT, PlanState.RETURNED, PlanState.DISCARDED)

unfinished = Q(state__in=UNFINISHED)
NAMES = ("org__name", "org__short_name")
NAMES_OF_SENDER = ("item__org__name", "item__org__short_name")


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that waits for the person: a task, a plan to judge, a task from above."""

    kind: str  # task, approve, returned, issue, accept or report
    pk: int
    title: str
    where: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a line in a list."""

    pk: int
    text: str
    state_word: str
    tone: str
    due_on: date | None
    plan: str
    org: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    pk: int
    title: str
    state: str
    state_word: str
    org: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What an officer's home says of plans at the chosen place.

    ``tally`` is None where the officer may not look, and where it comes later (``is_later``).
    """

    tally: Tally | None
    is_later: bool
    received: tuple[Matter, ...]
    matters: tuple[Matter, ...]
    ahead: tuple[Line, ...]
    plans: tuple[PlanLine, ...]
    without_plan: tuple[str, ...]
    is_new: bool  # nothing has been planned here this year
    may_read: bool
    may_write: bool
    may_work: bool


def desk_of(
    actor: Actor, place: Place, today: date, *, waiting: QuerySet[Plan], counts_all: bool = False
) -> Desk:
    """The whole desk in some ten queries; ``waiting`` are the plans the actor may judge.

    The numbers of all that lies below an upper union come only when asked for (``counts_all``):
    that may be a whole city, and a home page waits for nobody.
    """
    org = place.org
    reads = org is not None and any(actor.can(name, at=org) for name in READS)
    # Whoever reads plans at a body sees every running task of it and of all below it, so that the
    # rule would say nothing more than the place does (tests/apps/plans/test_desk.py proves it).
    # Asked only where the question is new (kit/prepared.py).
    tasks: Any = SimpleLazyObject(lambda: place.narrow(Item.objects.running(), "org"))
    is_later = reads and place.below and not counts_all and is_upper(org)
    may_write = org is not None and actor.can("plans.write", at=org)
    received = tuple(_received(org)) if org and reads else ()
    plans, back = _plans(actor, org if reads else None, today)
    sends = org is not None and actor.can("plans.send", at=org)
    tally = tally_of(place, tasks, today, sent=sends) if reads and not is_later else None
    nothing = reads and not plans and not (tally.figures.total if tally else tasks.exists())
    return Desk(
        tally=tally,
        is_later=is_later,
        received=received,
        matters=_matters(
            _own(actor, today),
            (*_plans_as("approve", _judged(actor, org, waiting)), *back),
            received if may_write else (),
            today,
        ),
        ahead=_ahead(place, tasks, today) if reads and not nothing else (),
        plans=plans,
        without_plan=_without_plan(actor, org, today) if org else (),
        is_new=nothing,
        may_read=reads,
        may_write=may_write,
        may_work=any(actor.can(name) for name in ("plans.work", "plans.write", "plans.review")),
    )


def is_upper(org: Org | None) -> bool:
    """Whether unions stand below it, so that their tasks may be very many."""
    return org is not None and org.kind in UPPER


def owned_by(actor: Actor) -> Q:
    """Tasks that name the person, or a body in which the person holds a post."""
    if not actor.posts:
        return Q(owner=actor.person)
    # Each by its own index: told as "either", SQLite would rather walk a whole city's tasks.
    rows = Item.objects.order_by().values("pk")
    own, of_bodies = rows.filter(owner=actor.person), rows.filter(owner_org__in=list(actor.posts))
    return Q(pk__in=own.union(of_bodies))


def mine(actor: Actor) -> QuerySet[Item]:
    """The person's own tasks of running plans that are not finished."""
    if actor.person is None:
        return Item.objects.none()
    tasks: QuerySet[Item] = Item.objects.filter(
        owned_by(actor), ~Q(kind__in=NO_TASKS), plan__state__in=OPEN_STATES, state__in=UNFINISHED
    )
    # One's own, and those of bodies one works for, are seen by the rule as it is.
    if not all(_works_at(actor, path) for path in actor.posts.values()):
        tasks = ITEM_RULES["view"].narrow(tasks, actor)
    return tasks.order_by("due_on", "pk")


def _works_at(actor: Actor, path: str) -> bool:
    return any(path.startswith(top) for top in actor.spans.get("plans.work", []))


def waiting_for(actor: Actor, org: Org | None, today: date) -> dict[str, QuerySet[Any]]:
    """What stands behind the words of the menu, each served by an index; to be counted at once."""
    found: dict[str, QuerySet[Any]] = {"tasks": mine(actor).filter(due_on__lte=today)}
    if org is not None and actor.can("plans.write", at=org):
        found["directives"] = Directive.objects.filter(org=org, state=DirectiveState.SENT)
    return found


def _received(org: Org) -> Iterator[Matter]:
    """Tasks from above that this union has to accept or to report."""
    key = org.pk

    def asked() -> QuerySet[Any, Any]:
        rows = Directive.objects.filter(org=key, state__in=AWAITED)
        names = ("pk", "state", "due_on", "item__due_on", "item__text", *NAMES_OF_SENDER)
        return rows.values_list(*names)[:MOST_MATTERS]

    for pk, state, due, item_due, text, name, short_name in prepared(("received", key), asked):
        kind = "accept" if state == DirectiveState.SENT else "report"
        yield Matter(kind, pk, short(text), short_name or name, due or item_due)


def _judged(actor: Actor, org: Org | None, waiting: QuerySet[Plan]) -> QuerySet[Any, Any]:
    """The plans that wait for the actor's word, each with its title and its body's name."""

    def asked() -> QuerySet[Any, Any]:
        return _near(waiting, org).values_list("pk", "title", *NAMES)[:MOST_MATTERS]

    return prepared(("judged", actor.key, org and org.pk), asked)


def _near(waiting: QuerySet[Plan], org: Org | None) -> QuerySet[Plan]:
    """The body's own and those directly below; what is deeper has a nearer reviewer."""
    return waiting.filter(Q(org=org) | Q(org__parent=org) | Q(org__second_parent=org))


def short(text: str) -> str:
    """A task as a line: without its number in the plan and the stop behind it."""
    return text.rstrip("；;。，,、 ")


def _own(actor: Actor, today: date) -> list[Matter]:
    def asked() -> QuerySet[Any, Any]:
        rows = mine(actor).filter(due_on__lte=today)
        return rows.values_list("pk", "text", "due_on", *NAMES)[:MOST_MATTERS]

    return [
        Matter("task", pk, short(text), short_name or name, due)
        for pk, text, due, name, short_name in prepared(("own", actor.key, today), asked)
    ]


def _matters(
    own: list[Matter], plans: tuple[Matter, ...], received: tuple[Matter, ...], today: date
) -> tuple[Matter, ...]:
    """What has to be done today: late first, then what waits for a word, then what is due."""
    dated = [*own, *(one for one in received if one.kind == "report")]
    soon = {"task": today, "report": today + SOON}
    return (
        *(one for one in dated if one.due_on and one.due_on < today),
        *plans,
        *(one for one in received if one.kind == "accept"),
        *(one for one in dated if one.due_on and today <= one.due_on <= soon[one.kind]),
    )


def _plans_as(kind: str, rows: QuerySet[Any, Any]) -> Iterator[Matter]:
    for pk, title, name, short_name in rows:
        yield Matter(kind, pk, title, short_name or name)


LINE = ("pk", "text", "state", "due_on", "plan__title", *NAMES)


def _ahead(place: Place, tasks: QuerySet[Item], today: date) -> tuple[Line, ...]:
    """What is due next within the days shown: at a glance, so only how each stands."""

    def asked() -> QuerySet[Any, Any]:
        due = tasks.filter(unfinished, due_on__range=(today, last_day(today)))
        return due.order_by("due_on", "pk").values_list(*LINE)[:MOST_AHEAD]

    found = prepared(("ahead", place.key, today), asked)
    return tuple(
        Line(pk, short(text), *label_of(state), due_on, plan, short_name or name)
        for pk, text, state, due_on, plan, name, short_name in found
    )


def lines_of(tasks: QuerySet[Item], today: date, most: int) -> tuple[Line, ...]:
    """The first of these tasks as lines, in three queries for any number of them."""
    rows = list(tasks.select_related("plan", "org").prefetch_related(KNOWN_TARGETS)[:most])
    repeated = [item.pk for item in rows if item.every]
    turns = {}
    if repeated:
        found = Occurrence.objects.filter(item__in=repeated).order_by().values_list("item")
        turns = {pk: pair for pk, *pair in found.annotate(all=Count("pk"), done=Count("done_on"))}
    for item in rows:
        item.turns, item.turns_done = turns.get(item.pk, (0, 0))  # type: ignore[attr-defined]  # see words
    return tuple(_line_of(item, today) for item in rows)


def _line_of(item: Item, today: date) -> Line:
    word, tone = state_of(item, today)
    where = (item.plan.title, str(item.org))
    return Line(item.pk, short(item.text), word, tone, item.due_on, *where)


PLAN_NAMES = ("pk", "title", "state", "org", "author", "starts_on", "ends_on", *NAMES)
BACK = {PlanState.RETURNED: "returned", PlanState.APPROVED: "issue"}


def _plans(
    actor: Actor, org: Org | None, today: date
) -> tuple[tuple[PlanLine, ...], tuple[Matter, ...]]:
    """The body's plans of the year in whatever state, and the actor's own that wait for a step."""
    year = Period.of_year(today.year)
    writes = actor.person is not None and actor.can("plans.write")

    def asked() -> QuerySet[Any, Any]:
        wanted = Q(org=org, starts_on__lte=year.end, ends_on__gte=year.start)
        if writes:
            wanted |= Q(author=actor.person, state__in=BACK)
        rows = Plan.objects.filter(wanted).exclude(state=PlanState.DISCARDED)
        return PLAN_RULES["view"].narrow(rows, actor).values_list(*PLAN_NAMES)

    lines, back = [], []
    for row in prepared(("plans", actor.key, org and org.pk, today.year), asked):
        pk, title, state, of, author, starts, ends, name, short_name = row
        where = short_name or name
        if writes and author == actor.person.pk and state in BACK:  # type: ignore[union-attr]  # writes
            back.append(Matter(BACK[state], pk, title, where))
        if org and of == org.pk and starts <= year.end and ends >= year.start:
            word, is_open = PlanState(state).label, state in OPEN_STATES
            lines.append(PlanLine(pk, title, state, word, where, is_open))
    return tuple(lines[:MOST_AHEAD]), tuple(back[:MOST_AHEAD])


def plan_line(plan: Plan) -> PlanLine:
    return PlanLine(
        pk=plan.pk,
        title=plan.title,
        state=plan.state,
        state_word=plan.get_state_display(),
        org=str(plan.org),
        is_open=plan.is_open,
    )


def _without_plan(actor: Actor, org: Org, today: date) -> tuple[str, ...]:
    """Unions directly below an upper union that have sent no plan of this year for review."""
    if org.kind not in UPPER or not actor.can("plans.review", at=org):
        return ()
    year, above = Period.of_year(today.year), org.pk

    def asked() -> QuerySet[Org]:
        handed_in = Plan.objects.filter(
            org=OuterRef("pk"), starts_on__lte=year.end, ends_on__gte=year.start
        ).exclude(state__in=NOT_HANDED_IN)
        units = Org.objects.filter(parent=above, kind__in=UPPER | UNIT, until=None)
        return units.filter(~Exists(handed_in)).order_by("path")[:MOST_UNITS]

    return tuple(str(unit) for unit in prepared(("without plan", above, today.year), asked))
