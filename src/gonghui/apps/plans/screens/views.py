"""The looks of one plan: tree, board, month, year; narrowed by chips, written out as shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from gonghui.core.screens.exports import KINDS, Column, writers
from gonghui.kit.addresses import numbered, query_with
from gonghui.kit.keeping import fingerprint
from gonghui.kit.rules import may

from ..exchange import BOARD, ENTRIES, LINES, YEAR
from ..models import Item, ItemState, Kind, Plan, PlanState
from ..models.item import NO_TASKS
from ..queries.choices import Choices, choices_of, counted, wanted_rows
from ..queries.months import WholeEntry
from ..queries.views import (
    STATES,
    Line,
    Month,
    Wanted,
    dressed,
    items_of,
    lines_of,
    months_of_plan,
    narrowed,
    tasks_in,
    with_turns,
)
from ..rules import PLAN_RULES
from ..tables import PLAN_TONES
from .lists import urlpatterns as list_urls
from .month_look import entries_of, month_context
from .tree_look import flat, tree_rows

LOOKS = {
    "tree": ("目录", "plan-detail", "list-tree"),
    "board": ("看板", "plan-board", "layout-kanban"),
    "month": ("月历", "plan-month", "calendar"),
    "year": ("全年", "plan-year", "columns"),
}
CHIPS = {"owner": "责任人", "state": "状态", "month": "月份", "area": "方面"}
MOST_ON_BOARD = 30  # cards of one column
MOST_UNDATED = 20
IN_YEAR = 12


@dataclass(frozen=True)
class Chip:
    """One thing a plan can be narrowed by, with what may be chosen; a link each."""

    label: str
    value: str
    clear_url: str
    options: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Shelf:
    """One column of the board."""

    label: str
    all_lines: list[Line]
    more_url: str

    @property
    def lines(self) -> list[Line]:
        return self.all_lines[:MOST_ON_BOARD]

    @property
    def more(self) -> int:
        return max(0, len(self.all_lines) - MOST_ON_BOARD)


@dataclass(frozen=True)
class Seen:
    """What a look shows of a plan, and what it was chosen from."""

    choices: Choices
    total: int
    sections: int
    shown: int
    context: dict[str, Any]


def plan_views(plan: Plan, request: Any, look: str = "tree") -> dict[str, Any]:
    """What a look at a plan shows; the number of queries does not depend on the tasks."""
    wanted = _wanted(request)
    # Which months a task stands in is settled by the headings above it, so a month needs the tree.
    see = _dated if look == "month" and not wanted.month else _lined
    seen = see(plan, request, wanted, look)
    return {
        "plan": plan,
        "look": look,
        "tone": PLAN_TONES.get(PlanState(plan.state), "plain"),
        # Worked out where the template draws the bar, which it keeps (templates/plans/_looks.html).
        "bar_key": fingerprint((request.get_full_path(), seen.choices)),
        "tabs": partial(_tabs, plan, request, look),
        "chips": partial(_chips, seen.choices, wanted, request, look),
        "is_narrowed": bool(wanted),
        "path": request.path,
        "total": seen.total,
        "shown": seen.shown,
        "sections": seen.sections,
        "exports": partial(_exports, plan, request, look),
        "may_add": look == "tree" and may("work", PLAN_RULES, request.actor, plan),
        "may_draw": not seen.total and may("edit", PLAN_RULES, request.actor, plan),
        **seen.context,
    }


def _lined(plan: Plan, request: Any, wanted: Wanted, look: str) -> Seen:
    """By the whole tree, which most looks show."""
    today = timezone.localdate()
    lines = lines_of(plan, request.actor, today)
    tasks, shown = tasks_in(lines), narrowed(lines, wanted)
    return Seen(
        choices_of(plan, tasks),
        len(tasks),
        sum(line.item.kind == Kind.SECTION for line in lines),
        len(tasks_in(shown)),
        _LOOKS[look](plan, shown, request, today),
    )


def _dated(plan: Plan, request: Any, wanted: Wanted, look: str) -> Seen:
    """By the tasks of one month alone."""
    today = timezone.localdate()
    key = ("month", plan.pk, request.actor.key, today)
    # Asked only where the question is new (kit/prepared.py).
    rows: Any = SimpleLazyObject(lambda: items_of(plan, request.actor))
    known = counted(plan, rows, key)
    tasks: Any = SimpleLazyObject(lambda: wanted_rows(_tasks(rows), wanted, today))
    shown = tasks.count() if wanted else known.tasks
    context = _month_of(plan, tasks, request, today, (key, wanted))
    few, number = _undated(tasks, today) if known.undated else ([], 0)
    context |= {"undated": few[:MOST_UNDATED], "undated_count": number}
    return Seen(known.choices, known.tasks, known.sections, shown, context)


def _tasks(rows: QuerySet[Item]) -> QuerySet[Item]:
    return rows.exclude(kind__in=NO_TASKS)


def _undated(tasks: Any, today: date) -> tuple[list[Line], int]:
    """The first tasks without a day, and how many there are."""
    rows = _without_day(tasks)
    few = [Line(item, today) for item in rows[: MOST_UNDATED + 1]]
    return few, len(few) if len(few) <= MOST_UNDATED else rows.count()


def _without_day(tasks: Any) -> QuerySet[Item]:
    return dressed(with_turns(tasks.filter(due_on=None))).order_by("position")


def _wanted(request: Any) -> Wanted:
    said = request.GET
    state = said.get("state", "")
    known = {value for value, _ in STATES}
    return Wanted(
        owner=said.get("owner", ""),
        state=state if state in known else "",
        month=said.get("month", ""),
        area=said.get("area", ""),
    )


def _tabs(plan: Plan, request: Any, look: str) -> list[dict[str, Any]]:
    """The same choice in another look."""
    query = query_with(request, at=None, day=None)
    return [
        {
            "label": label,
            "url": f"{numbered(f'plans:{name}')(plan.pk)}{query}",
            "icon": icon,
            "current": key == look,
        }
        for key, (label, name, icon) in LOOKS.items()
    ]


def _chips(choices: Choices, wanted: Wanted, request: Any, look: str) -> list[Chip]:
    found = []
    for name, label in CHIPS.items():
        if look == "month" and name == "month":
            continue  # the calendar shows one month anyway
        chosen, offered = getattr(wanted, name), getattr(choices, name)
        options = [
            (text, query_with(request, **{name: value}), value == chosen) for value, text in offered
        ]
        said = next((text for value, text in offered if value == chosen), chosen)
        clear = query_with(request, **{name: None})
        found.append(Chip(label, said, clear, options))
    return found


def _exports(plan: Plan, request: Any, look: str) -> list[dict[str, str]]:
    door = numbered("plans:plan-export")(plan.pk)
    return [
        {"label": label, "url": door + query_with(request, look=look, export=kind)}
        for kind, label in KINDS.items()
    ]


# What each look adds


def _tree(plan: Plan, shown: list[Line], request: Any, today: date) -> dict[str, Any]:
    lines = list(flat(shown))
    return {"lines": lines, "rows": tree_rows(lines)}


def _board(plan: Plan, shown: list[Line], request: Any, today: date) -> dict[str, Any]:
    tasks = tasks_in(shown)
    tree = numbered("plans:plan-detail")(plan.pk)
    shelves = []
    for state in ItemState:
        own = [line for line in tasks if line.item.state == state]
        more_url = tree + query_with(request, state=str(state.value))
        shelves.append(Shelf(state.label, own, more_url))
    return {"shelves": shelves}


def _month(plan: Plan, shown: list[Line], request: Any, today: date) -> dict[str, Any]:
    tasks = tasks_in(shown)
    undated = [line for line in tasks if line.item.due_on is None]
    rows = Item.objects.filter(pk__in=[line.item.pk for line in tasks])
    context = _month_of(plan, rows, request, today)
    return context | {"undated": undated[:MOST_UNDATED], "undated_count": len(undated)}


def _month_of(
    plan: Plan, rows: QuerySet[Item], request: Any, today: date, key: Hashable = None
) -> dict[str, Any]:
    tree = numbered("plans:plan-detail")(plan.pk)
    return {
        **month_context(rows, request, _first_month(plan, today), key),
        "undated_url": tree + query_with(request, at=None, day=None, state="undated"),
    }


def _first_month(plan: Plan, today: date) -> Month:
    """This month where the plan covers it, else the plan's nearest."""
    day = min(max(today, plan.starts_on), plan.ends_on)
    return day.year, day.month


def _year(plan: Plan, shown: list[Line], request: Any, today: date) -> dict[str, Any]:
    """Twelve columns: the calendar year, or the part of a longer plan that today lies in."""
    pages = _years_of(plan)
    said = request.GET.get("part", "")
    now = next((n for n, page in enumerate(pages) if (today.year, today.month) in page), 0)
    at = int(said) if said.isdigit() and int(said) < len(pages) else now
    columns = pages[at]
    rows = [
        (line, [_cell(line, month, today) for month in columns])
        for line in flat(shown)
        if line.is_task or line.below
    ]
    parts = [
        (f"{page[0][0]} 年 {page[0][1]} 月起", query_with(request, part=str(n)), n == at)
        for n, page in enumerate(pages)
    ]
    return {
        "columns": [(month, month == (today.year, today.month)) for month in columns],
        "rows": rows,
        "parts": parts if len(parts) > 1 else [],
    }


def _years_of(plan: Plan) -> list[list[Month]]:
    if plan.starts_on.year == plan.ends_on.year:
        return [[(plan.starts_on.year, month) for month in range(1, IN_YEAR + 1)]]
    found = months_of_plan(plan)
    return [found[at : at + IN_YEAR] for at in range(0, len(found), IN_YEAR)]


def _cell(line: Line, month: Month, today: date) -> tuple[str, str, str]:
    """Sign, word and tone of a task in a month; empty where it does not touch it."""
    is_past = month < (today.year, today.month)
    if turns := line.turns_by_month.get(month):
        kept = f"{turns[1]}/{turns[0]}"
        tone = "done" if turns[0] == turns[1] else "late" if is_past else "plain"
        return kept, f"{turns[0]} 次中完成 {turns[1]} 次", tone
    if not line.is_task or month not in line.months:
        return "", "", ""
    word, tone = line.state
    signs = {"done": "●", "late": "！", "wait": "→", "doing": "◐"}
    sign = "×" if line.item.state == ItemState.DROPPED else signs.get(tone, "○")
    return sign, word, tone


_LOOKS = {"tree": _tree, "board": _board, "month": _month, "year": _year}


# Addresses


def _plan(request: Any, pk: int) -> Plan:
    rows = PLAN_RULES["view"].narrow(Plan.objects.select_related("org"), request.actor)
    return get_object_or_404(rows, pk=pk)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The look as it is shown, as a sheet or a PDF."""
    look, kind = request.GET.get("look", "tree"), request.GET.get("export", "xlsx")
    if look not in LOOKS or kind not in writers:
        raise Http404
    plan = _plan(request, pk)
    found = plan_views(plan, request, look)
    columns, rows = _written(look, found)
    return writers[kind](f"{plan.title} {LOOKS[look][0]}", columns, rows)


def _written(look: str, found: dict[str, Any]) -> tuple[Sequence[Column], Iterator[Any]]:
    if look == "tree":
        return LINES, iter(found["lines"])
    if look == "board":
        return BOARD, ((shelf, line) for shelf in found["shelves"] for line in shelf.all_lines)
    if look == "month":
        return ENTRIES, chain(entries_of(found), _undated_entries(found))
    heads = tuple(
        Column(f"{month[1]} 月", _sign_in(at), 6) for at, (month, _) in enumerate(found["columns"])
    )
    return (*YEAR, *heads), iter(found["rows"])


def _undated_entries(found: dict[str, Any]) -> Iterator[tuple[None, WholeEntry]]:
    """All of the list below the month; a day that was opened is written out alone."""
    today = timezone.localdate()
    for item in () if found["day"] else _without_day(found["rows"]):
        yield None, WholeEntry(item.pk, item.text, *Line(item, today).state, item)


def _sign_in(at: int) -> Callable[[Any], str]:
    """Reads one month's sign from a row."""
    return lambda row: row[1][at][0]


urlpatterns: list[URLPattern] = [
    path("plan/<int:pk>/export/", export, name="plan-export"),
    *list_urls,
]
