"""Units beside each other, fairly: per hundred members, among units of like size, with a trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from gonghui.core.indicators.counting import NOTHING, Figure, figures_below
from gonghui.core.indicators.periods import before, period_asked, words_of
from gonghui.core.indicators.reading import table
from gonghui.core.indicators.registry import Declared, Indicator, areas, indicators
from gonghui.core.indicators.screens.asked import Doors, Told, body_of, told
from gonghui.core.indicators.screens.page import shown_units
from gonghui.core.indicators.shown import Spread, change_words, spread, words
from gonghui.core.orgs.models import Org

HEADS = "membership.members"  # what units are measured by
SIZES = ("大", "中", "小")
DEFAULT = "activities.held"
HUNDRED = 100


class CompareForm(forms.Form):
    """Which figure, and whether per hundred members."""

    code = forms.ChoiceField(label="指标", required=False)
    per = forms.ChoiceField(
        label="怎么比",
        required=False,
        choices=[("head", "每百名会员"), ("whole", "原数")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self.fields["code"]
        code.choices = [
            (label, [(one.code, one.title) for one in indicators if one.area == area])
            for area, label in areas.items()
        ]


@dataclass
class Unit:
    """A unit with its members, its figure and the one it is compared by."""

    org: Org
    members: Decimal | None
    figure: Figure
    then: Figure
    value: Decimal | None
    size: str = ""


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Unions directly below in classes of like size, each class with its own spread."""
    org = body_of(request)
    form, period = period_asked(request.GET)
    said = request.GET.get("code", DEFAULT)
    what = indicators[said if said in indicators else DEFAULT]
    is_per_head = _may_per_head(what) and request.GET.get("per", "head") == "head"
    found = table([what, indicators[HEADS]], org, period)
    then = figures_below([what], org, before(period))
    units = [
        _unit(what, unit, numbers, then.get(unit.path, {}), is_per_head=is_per_head)
        for unit, numbers in shown_units(found)
        if unit.is_union
    ]
    sized(units)
    doors = Doors(org, period)
    asked = {"code": what.code, "per": "head" if is_per_head else "whole"}
    classes = [_class(what, size, units, doors, is_per_head) for size in (*SIZES, "")]
    context = {
        "org": org,
        "what": what,
        "form": form,
        "compare_form": CompareForm(initial=asked),
        "kept": {"org": org.pk},
        "period_words": words_of(period),
        "is_per_head": is_per_head,
        "may_per_head": _may_per_head(what),
        "classes": [one for one in classes if one["rows"]],
        "unit": f"{what.unit}/百名会员" if is_per_head else what.unit,
        "members_title": indicators[HEADS].title,
    }
    return TemplateResponse(request, "reports/compare.html", context)


def _may_per_head(what: Declared) -> bool:
    """A ratio and a number of bodies are compared as they are."""
    return isinstance(what, Indicator) and what.code != HEADS and what.source.is_span


def _unit(
    what: Declared,
    org: Org,
    numbers: dict[str, Figure],
    then: dict[str, Figure],
    *,
    is_per_head: bool,
) -> Unit:
    figure, members = numbers.get(what.code, NOTHING), numbers.get(HEADS, NOTHING).value
    heads = None if members is None else Decimal(members)
    value = None if figure.value is None else Decimal(figure.value)
    if is_per_head:
        value = value * HUNDRED / heads if value is not None and heads else None
    return Unit(org, heads, figure, then.get(what.code, NOTHING), value)


def sized(units: Sequence[Unit]) -> None:
    """Thirds by the number of members, the largest first; who has none stands apart."""
    known = sorted((u for u in units if u.members), key=lambda u: (-(u.members or 0), u.org.path))
    for at, unit in enumerate(known):
        unit.size = SIZES[at * len(SIZES) // len(known)] if len(known) >= len(SIZES) else SIZES[1]


def _class(
    what: Declared, size: str, units: Sequence[Unit], doors: Doors, is_per_head: bool
) -> dict[str, Any]:
    own = [unit for unit in units if unit.size == size]
    own.sort(key=lambda unit: (unit.value is None, -(unit.value or 0), unit.org.path))
    apart = spread(Figure(unit.value) for unit in own)
    most = max((unit.value for unit in own if unit.value is not None), default=None)
    unit_word = "" if is_per_head else what.unit
    rows = [_row(what, unit, doors, most, unit_word) for unit in own]
    known = [row["url"] for row in rows if row["is_known"]]
    return {
        "size": f"{size}型单位" if size else "没有会员数的单位",
        "spread": apart and _ends(apart, known, unit_word),
        "rows": rows,
    }


def _ends(apart: Spread, urls: list[str], unit: str) -> list[tuple[str, str]]:
    """Lowest and highest open the unit they are of; the middle one is worked out of all."""
    ends = ((apart.low, urls[-1]), (apart.middle, ""), (apart.high, urls[0]))
    return [(words(value, unit), url) for value, url in ends]


def _row(
    what: Declared, unit: Unit, doors: Doors, most: Decimal | None, unit_word: str
) -> dict[str, Any]:
    at = Doors(unit.org, doors.period)
    figure: Told = told(what, unit.figure, at.records(what))
    return {
        "org": unit.org,
        "url": at.to("one", what.code),
        "members": told(indicators[HEADS], Figure(unit.members), at.to("records", HEADS)),
        "figure": figure,
        "value": words(unit.value, unit_word),
        "is_known": unit.value is not None,
        "share": float(unit.value / most) if unit.value is not None and most else None,
        "change": change_words(what, unit.figure, unit.then),
    }
