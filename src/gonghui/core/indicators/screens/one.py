"""One indicator of a unit: its figure, twelve months, its splits, the units below."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

from ..closing import differences_of
from ..counting import NOTHING, Figure, Point, Slice, split_by, splits_of
from ..periods import before, period_asked, words_of
from ..reading import figures, series, table
from ..registry import Declared, Indicator, Split, areas, counted
from ..shown import change_words, chart, spread
from .asked import Doors, Told, body_of, indicator_of, told
from .page import compared, shown_units


@require_safe
def one(request: HttpRequest, indicator: str) -> HttpResponse:
    """All there is of one indicator at a place."""
    what, org = indicator_of(indicator), body_of(request)
    code = what.code
    form, period = period_asked(request.GET)
    doors, found = Doors(org, period), table([what], org, period)
    figure = found.total[code]
    points = series(what, org, period.end)
    units = shown_units(found)
    apart = spread(compared(units, code))
    context = {
        "what": what,
        "area": areas[what.area],
        "org": org,
        "form": form,
        "period_words": words_of(period),
        "day_words": _as_of(what),
        "figure": told(what, figure, doors.records(what) if _is_counted(what) else ""),
        "change": change_words(what, figure, figures([what], org, before(period))[code]),
        "parts": _parts(what, org, period, doors),
        "chart": chart(what, points),
        "points": [(point.month, _month(what, org, point)) for point in points],
        "splits": [_split(what, each, org, period, doors) for each in splits_of(what)],
        "units": [
            (
                str(unit),
                Doors(unit, period).to("one", code),
                _told(what, numbers.get(code, NOTHING), Doors(unit, period)),
            )
            for unit, numbers in units
        ],
        "spread": doors.spread(what, apart),
        "own": _told(what, found.own[code], doors, own=1) if found.own[code].value else None,
        "fresh_at": found.fresh_at,
        "kept": differences_of(what, org),
        "back": doors.to("page", area=what.area),
        "query": {"org": org.pk},
    }
    return TemplateResponse(request, "indicators/one.html", context)


def _is_counted(what: Declared) -> bool:
    return isinstance(what, Indicator)


def _month(what: Declared, org: Org, point: Point) -> Told:
    return _told(what, point.figure, Doors(org, point.month))


def _told(what: Declared, figure: Figure, doors: Doors, **said: Any) -> Told:
    """A figure with the door to its records; a ratio is opened by its two parts."""
    url = doors.records(what, **said) if _is_counted(what) else ""
    return told(what, figure, url, doors, **said)


def _as_of(what: Declared) -> str:
    """How the days are meant."""
    source = (what if isinstance(what, Indicator) else counted(what.over)).source
    if not source.is_dated:
        return "只有现在的数，没有过去的数。"
    return "期内发生的合计。" if source.is_span else "期末的数；期末还没到，就是今天的数。"


def _parts(what: Declared, org: Org, period: Period, doors: Doors) -> list[tuple[Any, Any, str]]:
    """The two indicators of a ratio, each a door of its own."""
    if isinstance(what, Indicator):
        return []
    parts = [counted(what.over), counted(what.under)]
    found = figures(parts, org, period)
    return [
        (part, told(part, found[part.code], doors.records(part)), doors.to("one", part.code))
        for part in parts
    ]


def _split(what: Declared, split: Split, org: Org, period: Period, doors: Doors) -> dict[str, Any]:
    slices = [each for each in split_by(what, split, org, period) if each.figure.value]
    whole = sum(Decimal(each.figure.value or 0) for each in slices)

    def row(each: Slice) -> dict[str, Any]:
        shown = _told(what, each.figure, doors, split=split.code, value=each.value)
        share = None
        if isinstance(what, Indicator) and whole and each.figure.value is not None:
            share = float(Decimal(each.figure.value) / whole)
        return {"word": each.word, "figure": shown, "share": share}

    people = isinstance(what, Indicator) and what.people
    return {"title": split.title, "rows": [row(each) for each in slices], "people": people}
