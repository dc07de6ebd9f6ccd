"""The learning movement of a body in a year: coverage, hours, books, sessions, reflections.

By month and by unit, each figure the door to its records; nobody is ranked unless one asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gonghui.apps.teams.api import Count, units_below
from gonghui.core.indicators.counting import NOTHING, Figure, Point
from gonghui.core.indicators.reading import Table, several, table
from gonghui.core.indicators.registry import Declared, indicators
from gonghui.core.indicators.screens.asked import Doors, Told, body_of, told
from gonghui.core.indicators.screens.page import compared, shown_units
from gonghui.core.indicators.shown import spread
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

# Indicator → its head on this page, short enough for a phone.
HEADS = {
    "site.learning_share": "职工参学面",
    "site.hours": "学时",
    "site.books": "读书（本）",
    "activities.study": "集体学习（次）",
    "site.reflections": "心得（篇）",
}
YEARS = 3
READ = ("learning", "indicators")  # what one needs to open the page of a body
TREE = ""  # sorted as the tree stands


@dataclass(frozen=True)
class Movement:
    """All there is to show of one body and year."""

    some: list[Declared]
    found: Table
    months: dict[str, list[Point]]
    units: dict[str, Count]  # path of a body below → its units and those that take part


def read(org: Org, period: Period, today: date) -> Movement:
    """The figures of the page; what is kept of a large tree is not counted anew."""
    some = [indicators[code] for code in HEADS]
    return Movement(
        some,
        table(some, org, period),
        several(some, org, period.end),
        units_below(org, min(period.end, today)),
    )


@require_safe
def movement(request: HttpRequest) -> HttpResponse:
    """The year of a body and all below it."""
    asker: Any = request
    org, today = body_of(request), timezone.localdate()
    if not asker.actor.can("learning.view", at=org):
        raise Http404
    years = [today.year - back for back in range(YEARS)]
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() and int(said) in years else today.year
    period = Period.of_year(year)
    now = read(org, period, today)
    covered = sum(now.units.values(), Count())
    doors, sort = Doors(org, period), request.GET.get("sort", TREE)
    context = {
        "org": org,
        "up": _up(asker.actor, org, year),
        "year": year,
        "years": [
            {"label": f"{one} 年", "url": _here(org, one, TREE), "current": one == year}
            for one in years
        ],
        "heads": [_head(one, org, year, sort) for one in now.some],
        "total": [told(one, now.found.total[one.code], doors.records(one)) for one in now.some],
        "covered": covered,
        "covered_note": f"{covered.taking} / {covered.total} 个单位",
        "rollout_url": f"{reverse('teams:rollout')}?org={org.pk}",
        "months": _months(now, org, today),
        "units": _units(now, period, sort),
        "feet": _feet(now, doors),
        "fresh_at": now.found.fresh_at,
        "is_sorted": sort != TREE,
        "tree_url": _here(org, year, TREE),
    }
    return TemplateResponse(request, "site/movement.html", context)


def _up(actor: Any, org: Org, year: int) -> list[tuple[str, str]]:
    """The way back to the body above, for who may look from there."""
    upper = org.parent
    if upper is None or not all(actor.can(f"{one}.view", at=upper) for one in READ):
        return []
    return [(str(upper), f"{reverse('movement')}{_here(upper, year, TREE)}")]


def _here(org: Org, year: int, sort: str) -> str:
    said: dict[str, Any] = {"org": org.pk, "year": year}
    return f"?{urlencode(said | ({'sort': sort} if sort else {}))}"


def _head(one: Declared, org: Org, year: int, sort: str) -> dict[str, Any]:
    """A column: sorted the largest first, and the other way round when asked again."""
    down = sort == f"-{one.code}"
    compared_by: dict[str, Any] = {"org": org.pk, "code": one.code}
    return {
        "label": HEADS[one.code],
        "url": _here(org, year, one.code if down else f"-{one.code}"),
        "is_sorted": sort.removeprefix("-") == one.code,
        "down": down,
        "compare_url": f"{reverse('reports:compare')}?{urlencode(compared_by)}",
    }


def _months(now: Movement, org: Org, today: date) -> list[tuple[Period, list[Told]]]:
    """The months from the first of which anything is known, up to today's; each with its doors."""
    rows: list[tuple[Period, list[Told]]] = []
    for points in zip(*(now.months[one.code] for one in now.some), strict=True):
        span = points[0].month
        doors = Doors(org, span)
        cells = [
            told(one, point.figure, doors.records(one))
            for one, point in zip(now.some, points, strict=True)
        ]
        if span.start <= today and (rows or any(cell.is_known for cell in cells)):
            rows.append((span, cells))
    return rows


def _units(now: Movement, period: Period, sort: str) -> list[dict[str, Any]]:
    """The units in the order of the tree, or by a column where one asked."""
    lines = shown_units(now.found)
    code = sort.removeprefix("-")
    if code in HEADS:
        lines = sorted(lines, key=lambda line: _key(line[1][code], down=sort.startswith("-")))
    return [_line(org, numbers, now, Doors(org, period)) for org, numbers in lines]


def _line(org: Org, numbers: dict[str, Figure], now: Movement, doors: Doors) -> dict[str, Any]:
    return {
        "org": org,
        "url": f"?{urlencode({'org': org.pk, 'year': doors.period.start.year})}",
        "covered": now.units.get(org.path),
        "covered_url": f"{reverse('teams:rollout')}?org={org.pk}",
        "cells": [
            told(one, numbers.get(one.code, NOTHING), doors.records(one)) for one in now.some
        ],
    }


def _key(figure: Figure, *, down: bool) -> tuple[bool, Decimal]:
    """What is not known comes last either way."""
    value = Decimal(figure.value or 0)
    return figure.value is None, -value if down else value


def _feet(now: Movement, doors: Doors) -> list[tuple[str, list[tuple[str, str]]]]:
    """How far the unions below lie apart, each with the units it stands among."""
    units = shown_units(now.found)
    apart = [doors.spread(one, spread(compared(units, one.code))) for one in now.some]
    return [
        (word, [each[at] if each else ("—", "") for each in apart])
        for word, at in (("最高", 2), ("中位数", 1), ("最低", 0))
    ]
