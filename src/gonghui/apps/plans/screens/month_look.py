"""A month of tasks on the screen: which one is asked for, the way to the next, one day in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from gonghui.kit.addresses import numbered, query_with
from gonghui.kit.dates import day_said
from gonghui.kit.keeping import fingerprint

from ..queries import months as monthly
from ..queries.views import Month

AT = re.compile(r"(\d{4})-(\d{1,2})$")
IN_YEAR = 12
MOST_LETTERS = 40  # of a task in a day's cell


def month_context(rows: Any, request: Any, first: Month, key: Hashable = None) -> dict[str, Any]:
    """The calendar's page of the month asked for, and one day of it in full.

    ``key`` names all that the rows depend on, where that is known.
    """
    today = timezone.localdate()
    year, month = _month_asked(request) or first
    day = day_said(request.GET.get("day", ""))
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    after = (year, month + 1) if month < IN_YEAR else (year + 1, 1)
    page = monthly.month_page(rows, (year, month), today, key)
    day_query = query_with(request, at=f"{year}-{month:02}", day=None)
    weeks = list(_weeks(page, day_query))
    return {
        "rows": rows,
        "month": page,
        "previous_url": query_with(request, at=f"{before[0]}-{before[1]:02}", day=None),
        "next_url": query_with(request, at=f"{after[0]}-{after[1]:02}", day=None),
        "now_url": query_with(request, at=None, day=None),
        "weeks": weeks,
        "weeks_key": (year, month, fingerprint(weeks)),
        "day": day,
        "day_title": monthly.day_title(day) if day else "",
        "day_entries": monthly.day_entries(rows, day, today) if day else [],
    }


def _weeks(page: monthly.MonthPage, query: str) -> Iterator[list[dict[str, Any]]]:
    """The cells with their words ready, as a template finds them quickest."""
    address = numbered("plans:item-detail")
    for week in page.weeks:
        yield [_cell(day, query, address) for day in week]


def _cell(day: monthly.Day, query: str, address: Callable[[int], str]) -> dict[str, Any]:
    look = "outside" if not day.is_inside else "" if day.entries else "free"
    return {
        "look": f"{look} today" if day.is_today else look,
        "iso": day.day.isoformat(),
        "month": str(day.day.month),
        "number": str(day.day.day),
        "today": day.is_today,
        "festival": day.festival,
        "entries": [
            {
                "url": address(entry.number),
                "tone": entry.tone,
                "text": _short(entry.text),
                "full": entry.text,
                "word": entry.word,
            }
            for entry in day.entries
        ],
        "more": str(day.more) if day.more else "",
        "more_url": f"{query}&day={day.day.isoformat()}#day" if day.more else "",
    }


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _month_asked(request: Any) -> Month | None:
    said = AT.match(request.GET.get("at", ""))
    if said and 1900 < int(said[1]) < 2200 and 1 <= int(said[2]) <= IN_YEAR:
        return int(said[1]), int(said[2])
    return None


def entries_of(found: dict[str, Any]) -> Iterator[tuple[date, Any]]:
    """All of the month in order, also what its cells had no room for; an opened day alone."""
    if found["day"]:
        return ((found["day"], entry) for entry in found["day_entries"])
    page, today = found["month"], timezone.localdate()
    return monthly.month_entries(found["rows"], page.year, page.month, today)
