"""A plan as it is looked at: its tasks in their tree, by state and by month, narrowed by choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from gonghui.core.access.actor import Actor, covers
from gonghui.kit.dates import Period
from gonghui.kit.rules import with_rights

from ..models import Directive, Item, ItemState, Kind, Occurrence, Plan, Target
from ..models.item import UNFINISHED
from ..rules import ITEM_RULES, PLAN_RULES
from . import words

UNFINISHED_WORD, LATE_WORD, UNDATED_WORD = "unfinished", "late", "undated"
STATES: tuple[tuple[str, str], ...] = (
    (UNFINISHED_WORD, "未完成"),
    (LATE_WORD, "已逾期"),
    (UNDATED_WORD, words.UNDATED),
    *ItemState.choices,
)
NOBODY = "none"
_SHOWN = (
    "marker", "text", "has_blank", "every", "since_year", "months", "due", "when", "starts_on",
    "due_on", "owner_words", "state", "finished_on", "plan__title", "plan__starts_on",
    "plan__ends_on", "owner__name", "owner_org__name", "owner_org__short_name",
)  # fmt: skip
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the officer chose to see; an empty word is everything."""

    owner: str = ""
    state: str = ""
    month: str = ""
    area: str = ""

    def __bool__(self) -> bool:
        return any((self.owner, self.state, self.month, self.area))


@dataclass(slots=True)
class Line:
    """One line of a plan with what hangs below it."""

    item: Item
    today: date
    months: frozenset[Month] = frozenset()
    turns_by_month: dict[Month, tuple[int, int]] = field(default_factory=dict)
    below: list[Line] = field(default_factory=list)
    from_above: str = ""  # the union that passed the task down, if one did
    whole_below: list[Line] | None = None  # all that hangs below, where ``below`` is narrowed

    @property
    def is_task(self) -> bool:
        return self.item.kind == Kind.TASK

    @property
    def state(self) -> tuple[str, str]:
        return words.state_of(self.item, self.today)

    @property
    def time(self) -> str:
        return words.time_of(self.item)

    @property
    def due(self) -> str:
        return words.due_of(self.item, self.today)

    @property
    def owner(self) -> str:
        return words.owner_of(self.item)

    @property
    def targets(self) -> list[str]:
        return [words.target_words(target) for target in words.targets_of(self.item)]

    @property
    def share(self) -> float | None:
        """How far the tasks below have come, shown or not; a repeated one counts by its turns."""
        whole = self.below if self.whole_below is None else self.whole_below
        parts = [_part_done(line.item) for line in tasks_in(whole)]
        kept = [part for part in parts if part is not None]
        return sum(kept) / len(kept) if kept else None


def dressed(rows: QuerySet[Item]) -> QuerySet[Item]:
    """With all a line shows, at the same few queries for any number of rows."""
    return rows.select_related("plan", "owner", "owner_org").prefetch_related(words.KNOWN_TARGETS)


def shown(rows: QuerySet[Item]) -> QuerySet[Item]:
    """With no more than the words of a line (``words.py``) are made of; the targets ride along."""
    bare = rows.select_related(None).prefetch_related(None)
    lean = bare.select_related("plan", "owner", "owner_org").only(*_SHOWN)
    return words.with_targets(lean)


def with_turns(rows: QuerySet[Item]) -> QuerySet[Item]:
    """With ``turns`` and ``turns_done``, for a page of a list."""
    return rows.annotate(turns=_turns(Q()), turns_done=_turns(Q(done_on__isnull=False)))


def _turns(condition: Q) -> Coalesce:
    found = Occurrence.objects.filter(condition, item=OuterRef("pk")).order_by().values("item")
    counted = Subquery(found.annotate(number=Count("pk")).values("number"))
    return Coalesce(counted, 0, output_field=IntegerField())


def items_of(plan: Plan, actor: Actor) -> QuerySet[Item]:
    """The plan's items the actor may see: all of them, unasked, where they reach its body."""
    rows, seen = Item.objects.filter(plan=plan.pk), ITEM_RULES["view"]
    return rows if covers(seen(actor), plan.org.path) else seen.narrow(rows, actor)


def lines_of(plan: Plan, actor: Actor, today: date) -> list[Line]:
    """The plan's tree as the actor may see it, by a few queries; the top lines hold the rest."""
    rows = items_of(plan, actor)
    turns, targets, senders = _turns_of(plan), _targets_of(plan), _senders_of(plan)
    lines = {}
    for item in rows.select_related("owner", "owner_org").order_by("position"):
        own = turns.get(item.pk, {})
        item.plan = plan
        known: dict[str, Any] = item.__dict__  # see words.py
        known["known_targets"] = targets.get(item.pk, [])
        known["turns"] = sum(all_ for all_, _ in own.values())
        known["turns_done"] = sum(done for _, done in own.values())
        lines[item.pk] = Line(item, today, turns_by_month=own, from_above=senders.get(item.pk, ""))
    tops: list[Line] = []
    for line in lines.values():
        above = lines.get(line.item.parent_id or 0)
        (above.below if above else tops).append(line)
    _give_months(tops, plan, ())
    return tops


def _targets_of(plan: Plan) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(item__plan=plan):
        found[target.item_id].append(target)
    return found


def _senders_of(plan: Plan) -> dict[int, str]:
    """Item → the union above that passed it down; hardly a line of a plan has one."""
    rows = Directive.objects.filter(accepted_as__plan=plan).select_related("item__org")
    return {row.accepted_as_id: str(row.item.org) for row in rows if row.accepted_as_id}


def _turns_of(plan: Plan) -> dict[int, dict[Month, tuple[int, int]]]:
    """Item → month → how many turns are due in it and how many were kept."""
    rows = (
        Occurrence.objects.filter(item__plan=plan)
        .order_by()
        .annotate(year=ExtractYear("due_on"), month=ExtractMonth("due_on"))
        .values_list("item", "year", "month")
        .annotate(all=Count("pk"), done=Count("done_on"))
    )
    found: dict[int, dict[Month, tuple[int, int]]] = defaultdict(dict)
    for item, year, month, all_, done in rows:
        found[item][year, month] = (all_, done)
    return found


def _give_months(lines: Iterable[Line], plan: Plan, inherited: Sequence[int]) -> None:
    """A task stands in its own months, or in those of the nearest line above that names some."""
    for line in lines:
        named = line.item.months or inherited
        line.months = frozenset(_months_of(line, plan, named))
        _give_months(line.below, plan, named)


def _months_of(line: Line, plan: Plan, named: Sequence[int]) -> list[Month]:
    item = line.item
    if line.turns_by_month:
        return list(line.turns_by_month)
    if item.since_year and item.due_on is None:
        return []  # its year is not this one
    if item.due_on and (item.due or item.state == ItemState.PUT_OFF):
        return [(item.due_on.year, item.due_on.month)]
    if named:
        return [month for month in months_of_plan(plan) if month[1] in named]
    if item.due_on is None:
        return []
    span = Period(item.starts_on or item.due_on, item.due_on)
    return [(month.start.year, month.start.month) for month in span.months()]


def months_of_plan(plan: Plan) -> list[Month]:
    return list(_months_between(plan.starts_on, plan.ends_on))


@lru_cache(maxsize=64)
def _months_between(first: date, last: date) -> tuple[Month, ...]:
    """Every line of a plan asks for the same months."""
    return tuple((month.start.year, month.start.month) for month in Period(first, last).months())


def _part_done(item: Item) -> float | None:
    """Between 0 and 1; None for what is no longer to be done."""
    if item.state == ItemState.DROPPED:
        return None
    turns = getattr(item, "turns", 0)
    if item.state == ItemState.DONE or not turns:
        return float(item.state == ItemState.DONE)
    return float(item.turns_done / turns)  # type: ignore[attr-defined]  # set with turns


def tasks_in(lines: Iterable[Line]) -> list[Line]:
    """All tasks in the order of the plan."""
    found = []
    for line in lines:
        if line.is_task:
            found.append(line)
        found += tasks_in(line.below)
    return found


def narrowed(lines: Iterable[Line], wanted: Wanted) -> list[Line]:
    """The wanted tasks with the headings above them; all lines where nothing was chosen."""
    if not wanted:
        return list(lines)
    kept = []
    for line in lines:
        below = narrowed(line.below, wanted)
        if below or (line.is_task and _is_wanted(line, wanted)):
            kept.append(replace(line, below=below, whole_below=line.below))
    return kept


def _is_wanted(line: Line, wanted: Wanted) -> bool:
    return (
        (not wanted.owner or owner_key(line.item) == wanted.owner)
        and (not wanted.state or _in_state(line, wanted.state))
        and (not wanted.month or wanted.month in {month_key(month) for month in line.months})
        and (not wanted.area or line.item.area == wanted.area)
    )


def _in_state(line: Line, state: str) -> bool:
    item = line.item
    if state == UNFINISHED_WORD:
        return item.state in UNFINISHED
    if state == LATE_WORD:
        return item.is_late(line.today)
    if state == UNDATED_WORD:
        return item.due_on is None
    return item.state == state


def owner_key(item: Item) -> str:
    """Whom a task belongs to, short enough for an address."""
    if item.owner_id:
        return f"p{item.owner_id}"
    if item.owner_org_id:
        return f"o{item.owner_org_id}"
    return f"w{item.owner_words}" if item.owner_words else NOBODY


def month_key(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"


PARTS = ("occurrences", "progress_notes", "children", "continued_by", "directives")
MANY = ("helpers", "helper_orgs")


def whole(rows: QuerySet[Item], actor: Actor) -> QuerySet[Item]:
    """One task for its own page: ``may_…`` for what the actor may do, ``has_…`` for its parts.

    Most tasks have few of the parts, and asking for what is not there is what such a page costs.
    """
    here = OuterRef("pk")
    parts = {
        f"has_{name}": Exists(_part(name).filter(**{_back(name): here}).order_by())
        for name in PARTS
    }
    many = {
        f"has_{name}": Exists(getattr(Item, name).through.objects.filter(item=here))
        for name in MANY
    }
    above = Exists(Directive.objects.filter(accepted_as=here).order_by())
    flagged = rows.select_related("parent").annotate(has_directive=above, **parts, **many)
    return with_rights(flagged, actor, {name: ITEM_RULES[name] for name in ("work", "edit")})


def whole_plan(rows: QuerySet[Plan], actor: Actor) -> QuerySet[Plan]:
    """A plan for its own pages: what the actor may do, and whether it has items yet."""
    items = Exists(Item.objects.filter(plan=OuterRef("pk")).order_by())
    rights = {name: PLAN_RULES[name] for name in ("edit", "work", "place")}
    return with_rights(rows.annotate(has_items=items), actor, rights)


def _part(name: str) -> Any:
    return Item._meta.get_field(name).related_model._base_manager  # type: ignore[union-attr]  # a relation


def _back(name: str) -> str:
    return Item._meta.get_field(name).field.name  # type: ignore[union-attr]  # likewise


def by_due(rows: QuerySet[Item]) -> QuerySet[Item]:
    """What is due first comes first, what has no day last."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def counted_by(rows: QuerySet[Item], today: date, *names: str) -> QuerySet[Any]:
    """Tasks counted by owner or by area: all, done, late and undated of each."""
    late = Q(state__in=UNFINISHED, due_on__lt=today)
    counted: QuerySet[Any] = rows.order_by().exclude(state=ItemState.DROPPED).values(*names)
    found: QuerySet[Any] = counted.annotate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=ItemState.DONE)),
        late=Count("pk", filter=late),
        undated=Count("pk", filter=Q(state__in=UNFINISHED, due_on=None)),
    )
    return found
