"""The figures of a unit by area, each with how the units below lie apart; and unit by unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from gonghui.core.orgs.models import Org
from gonghui.core.screens.exports import Column, writers

from ..counting import NOTHING, Figure
from ..periods import before, period_asked, words_of
from ..reading import Table, figures, table
from ..registry import PERCENT, Declared, Indicator, areas, indicators
from ..shown import change_words, spread
from .asked import Doors, body_of, told


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One area's figures: a list with the spread below, or a table unit by unit."""
    asker: Any = request
    org = body_of(request)
    form, period = period_asked(request.GET)
    area = _area(request)
    some = [one for one in indicators if one.area == area]
    doors, found = Doors(org, period), table(some, org, period)
    by_units = request.GET.get("view") == "units"
    units = shown_units(found)
    if request.GET.get("export") == "xlsx":
        return _written(org, words_of(period), area, some, found, units)
    context = {
        "org": org,
        "form": form,
        "period": period,
        "period_words": words_of(period),
        "areas": _tabs(doors, area, by_units=by_units),
        "views": [
            {"label": "指标", "url": doors.to("page", area=area), "current": not by_units},
            {"label": "各单位", "url": _units(doors, area), "current": by_units},
        ],
        "fresh_at": found.fresh_at,
        "export": doors.to("page", area=area, export="xlsx"),
        "kept": {"org": org.pk, "area": area, "view": "units" if by_units else ""},
        "closings_url": doors.to("closings"),
        "may_close": asker.actor.can("indicators.close", at=org),
    }
    if by_units:
        context |= _matrix(request, doors, area, some, found, units)
    else:
        last = figures(some, org, before(period))
        context["rows"] = [_row(one, doors, found, units, last) for one in some]
    return TemplateResponse(request, f"indicators/{'units' if by_units else 'page'}.html", context)


def shown_units(found: Table) -> list[tuple[Org, dict[str, Figure]]]:
    """Units that stand, and whatever else has something to show."""
    return [
        (org, numbers)
        for org, numbers in found.units
        if (org.is_union and org.until is None) or any(one.value for one in numbers.values())
    ]


def compared(units: list[tuple[Org, dict[str, Figure]]], code: str) -> list[Figure]:
    """The figures of unions alone: a committee or a team is no unit to compare with."""
    return [numbers.get(code, NOTHING) for org, numbers in units if org.is_union]


def _row(
    one: Declared,
    doors: Doors,
    found: Table,
    units: list[tuple[Org, dict[str, Figure]]],
    last: dict[str, Figure],
) -> dict[str, Any]:
    now = found.total[one.code]
    apart = spread(compared(units, one.code))
    return {
        "one": one,
        "url": doors.to("one", one.code),
        "figure": told(one, now, doors.records(one), doors),
        "change": change_words(one, now, last[one.code]),
        "spread": doors.spread(one, apart),
    }


def _matrix(
    request: HttpRequest,
    doors: Doors,
    area: str,
    some: list[Declared],
    found: Table,
    units: list[tuple[Org, dict[str, Figure]]],
) -> dict[str, Any]:
    """Units in the order of the tree unless one asks for another; nobody is ranked unasked."""
    sort = request.GET.get("sort", "")
    code, down = sort.removeprefix("-"), sort.startswith("-")
    lines = [*units]
    if code in indicators:
        lines.sort(key=lambda line: _key(line[1].get(code, NOTHING), down=down))
    heads = [
        {
            "one": one,
            "url": _units(doors, area, sort=one.code if sort == f"-{one.code}" else f"-{one.code}"),
            "is_sorted": one.code == code,
            "down": down,
        }
        for one in some
    ]
    apart = [doors.spread(one, spread(compared(units, one.code))) for one in some]
    feet = [
        (word, [each[at] if each else ("—", "") for each in apart])
        for word, at in (("最高", 2), ("中位数", 1), ("最低", 0))
    ]
    rows = [_line(org, numbers, some, Doors(org, doors.period)) for org, numbers in lines]
    if any(one.value for one in found.own.values()):
        rows.append({"name": "本级直属", "url": "", "cells": [
            told(one, found.own[one.code], _own(one, doors)) for one in some
        ]})  # fmt: skip
    total = [told(one, found.total[one.code], doors.records(one)) for one in some]
    return {"heads": heads, "rows": rows, "feet": feet, "total": total}


def _own(one: Declared, doors: Doors) -> str:
    """The records of a body's own part; that of a ratio is told part by part on its page."""
    return doors.records(one, own=1) if isinstance(one, Indicator) else doors.to("one", one.code)


def _line(
    org: Org, numbers: dict[str, Figure], some: list[Declared], doors: Doors
) -> dict[str, Any]:
    cells = [told(one, numbers.get(one.code, NOTHING), doors.records(one)) for one in some]
    return {"name": str(org), "url": doors.to("page", view="units", area=some[0].area),
            "cells": cells}  # fmt: skip


def _key(figure: Figure, *, down: bool) -> tuple[bool, Decimal]:
    """What is not known comes last either way."""
    value = Decimal(figure.value or 0)
    return figure.value is None, -value if down else value


def _area(request: HttpRequest) -> str:
    said = request.GET.get("area", "")
    return said if said in _filled() else _filled()[0]


def _filled() -> list[str]:
    """Areas of which something is declared, in their order."""
    there = {one.area for one in indicators}
    return [code for code, _ in areas.items() if code in there]


def _tabs(doors: Doors, area: str, *, by_units: bool) -> list[dict[str, Any]]:
    view: dict[str, Any] = {"view": "units"} if by_units else {}
    return [
        {"label": areas[code], "url": doors.to("page", area=code, **view), "current": code == area}
        for code in _filled()
    ]


def _units(doors: Doors, area: str, **said: Any) -> str:
    return doors.to("page", area=area, view="units", **said)


def _written(
    org: Org,
    period: str,
    area: str,
    some: list[Declared],
    found: Table,
    units: list[tuple[Org, dict[str, Figure]]],
) -> HttpResponse:
    """The table unit by unit as a sheet; what is not known stays empty."""
    rows = [(f"{org}（合计）", found.total), *((str(unit), numbers) for unit, numbers in units)]

    def value(one: Declared) -> Any:
        def of(row: Any) -> Any:
            number = row[1].get(one.code, NOTHING).value
            return None if number is None else round(float(number), 2)

        return of

    columns = [Column("单位", lambda row: row[0], 28)]
    columns += [
        Column(
            f"{one.title}（{one.unit}）" if one.unit != PERCENT else f"{one.title}（%）", value(one)
        )
        for one in some
    ]
    return writers["xlsx"](f"{org}{areas[area]}指标 {period}", columns, rows)
