"""What the desk and the portal show of plans: figures, matters of the day, the days ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import UNIT, UPPER, Org
from gonghui.core.people.models import Person, Post
from gonghui.core.screens.place import Place
from gonghui.kit.dates import Period

from ..models import Directive, DirectiveState, Item, ItemState, Occurrence, Plan, PlanState
from ..models.item import UNFINISHED
from ..rules import DIRECTIVE_RULES, ITEM_RULES, PLAN_RULES
from .passing import NOT_REPORTED, late_on
from .views import dressed, with_turns
from .words import state_of

READS = ("plans.view", "plans.write", "plans.review")
STRIP = 14  # days shown from this week's Monday
MOST_MATTERS = 30
MOST_AHEAD = 5
MOST_UNITS = 100
SOON = timedelta(days=7)  # a report is on the desk a week before it is due
NOT_HANDED_IN = (PlanState.DRAFT, PlanState.RETURNED, PlanState.DISCARDED)

unfinished = Q(state__in=UNFINISHED)
kept = ~Q(state=ItemState.DROPPED)


@dataclass(frozen=True, slots=True)
class Figures:
    """The place's tasks of this year in numbers, by one query."""

    total: int
    done: int
    expected: int  # whose day has passed, done or not
    late: int
    oldest: date | None
    month_total: int
    month_left: int
    undated: int
    ownerless: int
    blanks: int


@dataclass(frozen=True, slots=True)
class Sent:
    """How the units stand with what this place passed down."""

    sent: int
    not_accepted: int
    not_reported: int
    late: int


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
class DayMark:
    """A day of the strip: how many tasks are due, and whether one of them was missed."""

    day: date
    count: int
    is_late: bool


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
    """What an officer's home says of plans at the chosen place; None where they may not look."""

    figures: Figures | None
    sent: Sent | None
    received: tuple[Matter, ...]
    matters: tuple[Matter, ...]
    strip: tuple[DayMark, ...]
    ahead: tuple[Line, ...]
    plans: tuple[PlanLine, ...]
    without_plan: tuple[str, ...]
    may_write: bool
    may_work: bool

    @property
    def is_new(self) -> bool:
        """Nothing has been planned here this year."""
        return self.figures is not None and not self.plans and not self.figures.total


def desk_of(actor: Actor, place: Place, today: date, *, waiting: QuerySet[Plan]) -> Desk:
    """The whole desk in at most a dozen queries; ``waiting`` are the plans the actor may judge."""
    org = place.org
    reads = org is not None and any(actor.can(name, at=org) for name in READS)
    tasks = place.narrow(ITEM_RULES["view"].narrow(Item.objects.running(), actor), "org")
    received = tuple(_received(org)) if org and reads else ()
    may_write = org is not None and actor.can("plans.write", at=org)
    return Desk(
        figures=_figures(tasks, today) if reads else None,
        sent=_sent(actor, place, today) if reads else None,
        received=received,
        matters=tuple(_matters(actor, today, _near(waiting, org), received if may_write else ())),
        strip=_strip(tasks, today) if reads else (),
        ahead=_ahead(tasks, today) if reads else (),
        plans=_plans(actor, org, today) if org and reads else (),
        without_plan=_without_plan(actor, org, today) if org else (),
        may_write=may_write,
        may_work=any(actor.can(name) for name in ("plans.work", "plans.write", "plans.review")),
    )


def owned_by(person: Person, today: date) -> Q:
    """Tasks that name the person, or a body in which the person holds a post."""
    bodies = Post.objects.held(today).filter(person=person).order_by().values("org")
    return Q(owner=person) | Q(owner_org__in=bodies)


def mine(actor: Actor, today: date) -> QuerySet[Item]:
    """The person's own tasks of running plans that are not finished."""
    if actor.person is None:
        return Item.objects.none()
    tasks = Item.objects.running().unfinished().filter(owned_by(actor.person, today))
    return ITEM_RULES["view"].narrow(tasks, actor).order_by("due_on", "pk")


def counts_of(actor: Actor, org: Org | None, today: date) -> dict[str, int]:
    """What stands behind the words of the menu; two small counts, both by an index."""
    counts = {"tasks": mine(actor, today).filter(due_on__lte=today).order_by().count()}
    if org is not None and actor.can("plans.write", at=org):
        new = Directive.objects.filter(org=org, state=DirectiveState.SENT)
        counts["directives"] = new.order_by().count()
    return counts


def _figures(tasks: QuerySet[Item], today: date) -> Figures:
    month = Period.of_month(today.year, today.month)
    this_month = kept & touching(month)
    late = unfinished & Q(due_on__lt=today)
    counted = tasks.order_by().aggregate(
        # Next year's plan, issued in December, has not begun.
        total=Count("pk", filter=kept & Q(plan__starts_on__lte=today)),
        done=Count("pk", filter=Q(state=ItemState.DONE)),
        expected=Count("pk", filter=kept & Q(due_on__lt=today)),
        late=Count("pk", filter=late),
        oldest=Min("due_on", filter=late),
        month_total=Count("pk", filter=this_month),
        month_left=Count("pk", filter=this_month & unfinished),
        undated=Count("pk", filter=unfinished & Q(due_on=None)),
        ownerless=Count("pk", filter=unfinished & Q(owner=None, owner_org=None)),
        blanks=Count("pk", filter=unfinished & Q(has_blank=True)),
    )
    return Figures(**counted)


def touching(month: Period) -> Q:
    """Tasks whose days touch the month or with a turn due in it, as the list's own filter says."""
    turns = Occurrence.objects.filter(item=OuterRef("pk"), due_on__range=(month.start, month.end))
    begun = Q(starts_on__lte=month.end) | Q(starts_on=None, due_on__lte=month.end)
    return (Q(due_on__gte=month.start) & begun) | Q(Exists(turns.order_by()))


def _sent(actor: Actor, place: Place, today: date) -> Sent | None:
    """What the place passed down, where the actor may send and something was sent."""
    if not actor.can("plans.send"):
        return None
    rows = DIRECTIVE_RULES["view"].narrow(Directive.objects.all(), actor)
    counted = (
        place.narrow(rows, "item__org")
        .order_by()
        .aggregate(
            sent=Count("pk"),
            not_accepted=Count("pk", filter=Q(state=DirectiveState.SENT)),
            not_reported=Count("pk", filter=Q(state__in=NOT_REPORTED)),
            late=Count("pk", filter=late_on(today)),
        )
    )
    return Sent(**counted) if counted["sent"] else None


def _received(org: Org) -> Iterator[Matter]:
    """Tasks from above that this union has to accept or to report."""
    rows = Directive.objects.filter(org=org, state__in=(DirectiveState.SENT, *NOT_REPORTED))
    for row in rows.select_related("item__org")[:MOST_MATTERS]:
        kind = "accept" if row.state == DirectiveState.SENT else "report"
        due = row.due_on or row.item.due_on
        yield Matter(kind, row.pk, short(row.item), str(row.item.org), due)


def _near(waiting: QuerySet[Plan], org: Org | None) -> QuerySet[Plan]:
    """The body's own and those directly below; what is deeper has a nearer reviewer."""
    return waiting.filter(Q(org=org) | Q(org__parent=org) | Q(org__second_parent=org))


def short(item: Item) -> str:
    """A task as a line: without its number in the plan and the stop behind it."""
    return item.text.rstrip("；;。，,、 ")


def _matters(
    actor: Actor, today: date, waiting: QuerySet[Plan], received: tuple[Matter, ...]
) -> Iterator[Matter]:
    """What has to be done today: late first, then what waits for a word, then what is due."""
    tasks = mine(actor, today).filter(due_on__lte=today).select_related("org")[:MOST_MATTERS]
    own = [Matter("task", i.pk, short(i), str(i.org), i.due_on) for i in tasks]
    dated = [*own, *(one for one in received if one.kind == "report")]
    yield from (one for one in dated if one.due_on and one.due_on < today)
    yield from (Matter("approve", p.pk, p.title, str(p.org)) for p in waiting[:MOST_MATTERS])
    yield from _own_plans(actor)
    yield from (one for one in received if one.kind == "accept")
    soon = {"task": today, "report": today + SOON}
    yield from (one for one in dated if one.due_on and today <= one.due_on <= soon[one.kind])


def _own_plans(actor: Actor) -> Iterator[Matter]:
    """The actor's own plans that came back or only wait to be issued."""
    if actor.person is None or not actor.can("plans.write"):
        return
    states = (PlanState.RETURNED, PlanState.APPROVED)
    rows = Plan.objects.filter(author=actor.person, state__in=states).select_related("org")
    for plan in PLAN_RULES["view"].narrow(rows, actor)[:MOST_AHEAD]:
        kind = "returned" if plan.state == PlanState.RETURNED else "issue"
        yield Matter(kind, plan.pk, plan.title, str(plan.org))


def _strip(tasks: QuerySet[Item], today: date) -> tuple[DayMark, ...]:
    """Two weeks from Monday; a repeated task stands on its turns, as in the calendar."""
    start = today - timedelta(days=today.weekday())
    days = [start + timedelta(days=n) for n in range(STRIP)]
    rows = tasks.filter(kept).order_by()
    single = rows.filter(occurrences=None, due_on__range=(days[0], days[-1]))
    turns = Occurrence.objects.filter(
        item__in=rows.values("pk"), due_on__range=(days[0], days[-1])
    ).order_by()
    due, late = Counter[date](), set()
    for found, open_now in ((single, unfinished), (turns, Q(done_on=None))):
        by_day = found.values_list("due_on").annotate(
            number=Count("pk"), missed=Count("pk", filter=open_now)
        )
        for day, number, missed in by_day:
            due[day] += number
            late |= {day} if missed and day < today else set()
    return tuple(DayMark(day, due[day], day in late) for day in days)


def _ahead(tasks: QuerySet[Item], today: date) -> tuple[Line, ...]:
    end = today - timedelta(days=today.weekday()) + timedelta(days=STRIP - 1)
    due = tasks.filter(kept, due_on__gte=today, due_on__lte=end)
    return lines_of(due.order_by("due_on", "pk"), today, MOST_AHEAD)


def lines_of(tasks: QuerySet[Item], today: date, most: int) -> tuple[Line, ...]:
    """The first of these tasks as lines, in two queries."""
    rows = with_turns(dressed(tasks)).select_related("org")
    return tuple(_line_of(item, today) for item in rows[:most])


def _line_of(item: Item, today: date) -> Line:
    word, tone = state_of(item, today)
    return Line(item.pk, short(item), word, tone, item.due_on, item.plan.title, str(item.org))


def _plans(actor: Actor, org: Org, today: date) -> tuple[PlanLine, ...]:
    """The body's own plans of the year, in whatever state."""
    rows = Plan.objects.of_year(today.year).filter(org=org).select_related("org")
    rows = rows.exclude(state=PlanState.DISCARDED)
    return tuple(plan_line(plan) for plan in PLAN_RULES["view"].narrow(rows, actor)[:MOST_AHEAD])


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
    year = Period.of_year(today.year)
    handed_in = Plan.objects.filter(
        org=OuterRef("pk"), starts_on__lte=year.end, ends_on__gte=year.start
    ).exclude(state__in=NOT_HANDED_IN)
    units = Org.objects.filter(parent=org, kind__in=UPPER | UNIT, until=None)
    rows = units.filter(~Exists(handed_in)).order_by("path")[:MOST_UNITS]
    return tuple(str(unit) for unit in rows)
