"""What a plan can be narrowed by, and the tasks that answer to it, without reading its tree."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from gonghui.kit.prepared import prepared

from ..models import Area, Item, Kind, Plan
from ..models.item import UNFINISHED
from .views import (
    LATE_WORD,
    NOBODY,
    STATES,
    UNDATED_WORD,
    UNFINISHED_WORD,
    Line,
    Wanted,
    month_key,
    months_of_plan,
    owner_key,
)

UNOWNED = "没有责任人"


@dataclass(frozen=True)
class Choices:
    """What the chips of a plan offer: value and label, only what occurs in it."""

    owner: list[tuple[str, str]]
    state: list[tuple[str, str]]
    month: list[tuple[str, str]]
    area: list[tuple[str, str]]


@dataclass(frozen=True)
class Counted:
    """A plan in numbers, with what its tasks can be narrowed by."""

    choices: Choices
    tasks: int
    undated: int
    sections: int


def choices_of(plan: Plan, tasks: Sequence[Line]) -> Choices:
    owners = {owner_key(line.item): line.owner or UNOWNED for line in tasks}
    return _choices(plan, owners, {line.item.area for line in tasks})


_OWNER = (
    "owner",
    "owner__name",
    "owner_org",
    "owner_org__name",
    "owner_org__short_name",
    "owner_words",
)


def counted(plan: Plan, rows: QuerySet[Item], key: Hashable) -> Counted:
    """The same by one query that groups, for a look that shows but a part of the tasks.

    ``key`` names all that the rows depend on.
    """

    def asked() -> QuerySet[Any, dict[str, Any]]:
        undated = Count("pk", filter=Q(due_on=None))
        grouped = rows.order_by().values("kind", "area", *_OWNER)
        found: QuerySet[Any, dict[str, Any]] = grouped.annotate(number=Count("pk"), undated=undated)
        return found

    groups = list(prepared(("groups", key), asked))
    tasks = [group for group in groups if group["kind"] == Kind.TASK]
    return Counted(
        _choices(plan, dict(map(_owner, tasks)), {group["area"] for group in tasks}),
        sum(group["number"] for group in tasks),
        sum(group["undated"] for group in tasks),
        sum(group["number"] for group in groups if group["kind"] == Kind.SECTION),
    )


def _owner(group: dict[str, Any]) -> tuple[str, str]:
    key = owner_key(
        Item(
            owner_id=group["owner"],
            owner_org_id=group["owner_org"],
            owner_words=group["owner_words"],
        )
    )
    body = group["owner_org__short_name"] or group["owner_org__name"]
    return key, group["owner__name"] or body or group["owner_words"] or UNOWNED


def _choices(plan: Plan, owners: dict[str, str], areas: set[str]) -> Choices:
    several = plan.starts_on.year != plan.ends_on.year
    months = [
        (month_key((year, month)), f"{year} 年 {month} 月" if several else f"{month} 月")
        for year, month in months_of_plan(plan)
    ]
    return Choices(
        owner=sorted(owners.items(), key=lambda pair: (pair[0] == NOBODY, pair[1])),
        state=list(STATES),
        month=months,
        area=[(str(value), label) for value, label in Area.choices if value in areas],
    )


def wanted_rows(rows: QuerySet[Item], wanted: Wanted, today: date) -> QuerySet[Item]:
    """The tasks that were asked for; a month is not asked here, see ``narrowed``."""
    if wanted.owner:
        rows = _owned(rows, wanted.owner)
    if wanted.state:
        rows = rows.filter(_in_state(wanted.state, today))
    return rows.filter(area=wanted.area) if wanted.area else rows


def _owned(rows: QuerySet[Item], key: str) -> QuerySet[Item]:
    """By what ``owner_key`` wrote; a key nobody wrote finds nothing."""
    sign, rest = key[0], key[1:]
    if key == NOBODY:
        return rows.filter(owner=None, owner_org=None, owner_words="")
    if sign == "w":
        return rows.filter(owner=None, owner_org=None, owner_words=rest)
    if sign not in "po" or not rest.isdecimal() or len(rest) > 18:
        return rows.none()
    number = int(rest)
    if sign == "p":
        return rows.filter(owner=number)
    return rows.filter(owner=None, owner_org=number)


def _in_state(state: str, today: date) -> Q:
    named = {
        UNFINISHED_WORD: Q(state__in=UNFINISHED),
        LATE_WORD: Q(state__in=UNFINISHED, due_on__lt=today),
        UNDATED_WORD: Q(due_on=None),
    }
    return named.get(state, Q(state=state))
