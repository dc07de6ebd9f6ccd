"""A page for the wall: a subtree's main figures, their year, its units, what is out of order."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.indicators.counting import NOTHING, Figure
from gonghui.core.indicators.periods import before
from gonghui.core.indicators.reading import Table, figures, series, table
from gonghui.core.indicators.registry import Declared, indicators
from gonghui.core.indicators.screens.asked import Doors, body_of, told
from gonghui.core.indicators.screens.page import shown_units
from gonghui.core.indicators.shown import change_words, chart
from gonghui.core.orgs.models import Org
from gonghui.core.screens.place import Place
from gonghui.core.watch.queries import counts_below, notices_of
from gonghui.kit.dates import Period

MAIN = (
    "membership.members",
    "membership.rate",
    "activities.held",
    "participation.times",
    "training.people",
    "teams.share",
    "plans.done_share",
    "volunteering.hours",
)
LINES = ("participation.times", "training.times")
RANKED = "participation.share"
WHOLE = 100  # a percentage, whose bar shows it as it is
MOST_UNITS = 10


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The whole page; it asks for its own figures again from time to time."""
    asker: Any = request
    org = body_of(request)
    today = timezone.localdate()
    period = Period.of_year(today.year)
    some = [indicators[code] for code in MAIN if code in indicators]
    ranked = indicators[RANKED]
    found = table([*some, ranked], org, period)
    last = figures(some, org, before(Period(period.start, today)))
    doors = Doors(org, period)
    place = Place(org, below=True, actor=asker.actor)
    units = _ranked(ranked, found, period)
    context = {
        "org": org,
        "now": timezone.localtime(),
        "figures": [
            {
                "title": one.title,
                "told": told(one, found.total[one.code], doors.records(one)),
                "change": change_words(one, found.total[one.code], last[one.code]),
            }
            for one in some
        ],
        "charts": [_chart(indicators[code], doors, today) for code in LINES if code in indicators],
        "ranked": ranked,
        "units": units[:MOST_UNITS],
        "more": max(0, len(units) - MOST_UNITS),
        "units_url": doors.to("one", RANKED),
        "notices": notices_of(asker.actor, place, most=5),
        "worst": counts_below(asker.actor, place)[:5] if asker.actor.can("watch.view") else [],
    }
    return TemplateResponse(request, "reports/wall.html", context)


def _chart(what: Declared, doors: Doors, today: Any) -> dict[str, Any]:
    points = series(what, doors.org, today)
    return {
        "what": what,
        "chart": chart(what, points),
        "points": [(point.month, told(what, point.figure, "")) for point in points],
        "url": doors.to("one", what.code),
    }


def _ranked(what: Declared, found: Table, period: Period) -> list[dict[str, Any]]:
    """Units in the order of the tree: a wall ranks nobody, its bars say enough."""
    lines = [(org, numbers.get(what.code, NOTHING)) for org, numbers in shown_units(found)]
    some = [(org, figure) for org, figure in lines if org.is_union]
    return [_unit(what, org, figure, Doors(org, period)) for org, figure in some]


def _unit(what: Declared, org: Org, figure: Figure, doors: Doors) -> dict[str, Any]:
    return {
        "org": org,
        "told": told(what, figure, doors.to("one", what.code), doors),
        "share": None if figure.value is None else float(figure.value) / WHOLE,
    }
