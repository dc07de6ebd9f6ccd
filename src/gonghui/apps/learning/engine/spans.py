"""Days as spans: what two lists of them share, what one leaves of the other, how many they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gonghui.kit.dates import Period

Spans = tuple[Period, ...]
ONE_DAY = timedelta(days=1)
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)  # stand for no beginning and no end


def span(since: date | None, until: date | None) -> Spans:
    """From a day until a day, either may be open; nothing where it ends before it begins."""
    start, end = since or FIRST, until or LAST
    return (Period(start, end),) if start <= end else ()


def meet(one: Spans, other: Spans) -> Spans:
    """The days in both."""
    found = (
        Period(max(a.start, b.start), min(a.end, b.end))
        for a in one
        for b in other
        if a.overlaps(b)
    )
    return tuple(sorted(found))


def minus(one: Spans, other: Spans) -> Spans:
    """The days of the first that are not in the second."""
    for gone in other:
        one = tuple(rest for kept in one for rest in _without(kept, gone))
    return one


def united(spans: Iterable[Period]) -> Spans:
    """The days in any of them, each once, in order."""
    found: list[Period] = []
    for one in sorted(spans):
        if found and one.start <= found[-1].end + ONE_DAY:
            found[-1] = Period(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def _without(kept: Period, gone: Period) -> Spans:
    if not kept.overlaps(gone):
        return (kept,)
    before = span(kept.start, gone.start - ONE_DAY) if gone.start > kept.start else ()
    after = span(gone.end + ONE_DAY, kept.end) if gone.end < kept.end else ()
    return (*before, *after)
