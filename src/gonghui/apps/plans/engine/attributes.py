"""What a draft's own words state: months, last day, rhythm, targets, blanks, words of time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from . import cadence, dates, figures
from .drafts import Draft
from .festivals import TITLES
from .numerals import fold
from .reading import Every, Target

# A day on a line of its own is when the paper was written: 2026年1月20日.
_WRITTEN = re.compile(r"^\s*20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s*$", re.MULTILINE)
Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Attributes:
    months: tuple[int, ...] = ()
    due: str | None = None
    every: tuple[Every, ...] = ()
    targets: tuple[Target, ...] = ()
    blank: bool = False
    when: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    years: tuple[int, ...] = ()  # that the words name beside months; the last is the day's


def attributes_of(draft: Draft, years: Collection[int]) -> Attributes:
    """Read the words of a draft; a signature or the heads of a table state nothing."""
    text = fold(draft.text)
    marker = fold(draft.marker)
    gaps = figures.blanks(text)
    if draft.role in ("signature", "heads"):
        return Attributes(blank=bool(gaps), marks=tuple((a, b, "blank") for a, b in gaps))
    moments = _dated(dates.moments(text, years))
    rhythms = cadence.rhythms(text)
    written = [d.span() for d in _WRITTEN.finditer(text)]
    moments = [m for m in moments if not _within(m, rhythms, text)]
    moments = [m for m in moments if not any(a <= m.start < b for a, b in written)]
    taken = [(r.start, r.end) for r in rhythms] + [(m.start, m.end) for m in moments]
    goals = figures.without(
        figures.targets(text, _is_ahead(draft, marker), years, draft.looks_back), taken
    )
    months, due, doubts = _time(draft, moments, years)
    vague = dates.vague_words(text)
    marks = [(m.start, m.end, "date") for m in moments if m.months or m.due]
    marks += [(r.start, r.end, "cadence") for r in rhythms]
    marks += [(g.start, g.end, "target") for g in goals]
    marks += [(a, b, "vague") for a, b, _ in vague]
    marks += [(a, b, "blank") for a, b in gaps]
    return Attributes(
        months,
        due,
        tuple(r.every for r in rhythms),
        tuple(_unique(goals)),
        bool(gaps),
        tuple(dict.fromkeys(w for _, _, w in vague)),
        doubts,
        tuple(sorted(marks)),
        _years(moments),
    )


def _dated(moments: list[dates.Moment]) -> list[dates.Moment]:
    """A year holds for what follows: ``2027年3月底前动员，6月底前完成``."""
    year = None
    found = []
    for moment in moments:
        year = moment.year or year
        found.append(replace(moment, year=year))
    return found


def _within(moment: dates.Moment, rhythms: list[cadence.Rhythm], text: str) -> bool:
    """``每年3月`` names a month, ``每月15日前`` no day of the year."""
    around = [r for r in rhythms if r.start <= moment.start < r.end]
    return any(not r.every.unit.endswith(("year", "years")) for r in around)


def _is_ahead(draft: Draft, marker: str) -> bool:
    """A stage of a programme lies ahead even where it is told as done (第二阶段: … 开展了)."""
    return draft.style == "stage" or "阶段" in marker


def _time(
    draft: Draft, moments: list[dates.Moment], years: Collection[int]
) -> tuple[tuple[int, ...], str | None, tuple[str, ...]]:
    months = _months(moments)
    due, doubts = _due(moments)
    for column in ("due", "time"):
        words = draft.columns.get(column, "")
        stated = dates.moments(fold(words), years)
        deadline = _due(stated)[0]
        if column == "due" and deadline is None and _months(stated):
            deadline = dates.last_day(fold(words), years)
            months = () if words in draft.text else months
        months = months or (_months(stated) if column == "time" else ())
        due = due or deadline
    return months, due or _day_below(draft, months), doubts


def _day_below(draft: Draft, months: tuple[int, ...]) -> str | None:
    """``5日前`` without a month, below the heading of one."""
    words = fold(draft.text)
    if months or not dates.day_within(words, 1):
        return None
    for above in draft.line[1:]:
        if named := _months(dates.moments(fold(above.text)[:24])):
            return dates.day_within(words, named[0]) if len(named) == 1 else None
    return None


def _months(moments: Iterable[dates.Moment]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(month for m in moments for month in m.months))


def _due(moments: list[dates.Moment]) -> tuple[str | None, tuple[str, ...]]:
    """The latest stated day; the day of a festival only where no other day is stated."""
    firm = _firm(moments)
    if firm:
        return max(firm)[1], (_several(firm),) if len(set(firm)) > 1 else ()
    named = [m.due for m in moments if not m.firm]
    days = list(dict.fromkeys(d for d in named if d))
    if not days:
        return None, ("写了几个节日，期限请逐个核对。",) if named else ()
    titles = "、".join(TITLES.get(d, d) for d in days)
    return days[-1], (f"写了几个节日（{titles}），期限取了后一个。",) if len(days) > 1 else ()


def _firm(moments: list[dates.Moment]) -> list[tuple[int, str]]:
    return [(m.year or 0, m.due) for m in moments if m.firm and m.due]


def _years(moments: list[dates.Moment]) -> tuple[int, ...]:
    ends = _firm(moments) or [(m.year or 0, "") for m in moments if m.months]
    last = max(ends, default=(0, ""))[0]
    named = {m.year for m in moments if m.year}
    return (*sorted(named - {last}), last) if last else ()


def _several(days: list[tuple[int, str]]) -> str:
    several_years = len({year for year, _ in days}) > 1
    words = [f"{year}-{day}" if several_years and year else day for year, day in days]
    return f"写了几个期限（{'、'.join(dict.fromkeys(words))}），取了最后一个，请核对。"


def _unique(goals: list[Target]) -> list[Target]:
    seen: set[tuple[str, float, str]] = set()
    kept = []
    for goal in goals:
        key = (goal.op, goal.value, goal.unit)
        if key not in seen:
            seen.add(key)
            kept.append(goal)
    return kept
