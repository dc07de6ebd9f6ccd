"""Which month a page is asked for, and the months beside it, as an address says them."""

from __future__ import annotations

import re

AT = re.compile(r"(\d{4})-(\d{1,2})$")
IN_YEAR = 12


def month_asked(said: str) -> tuple[int, int] | None:
    """``2026-3`` as year and month; anything else is no month."""
    found = AT.match(said)
    if found and 1900 < int(found[1]) < 2200 and 1 <= int(found[2]) <= IN_YEAR:
        return int(found[1]), int(found[2])
    return None


def month_beside(year: int, month: int, step: int) -> str:
    """The month so many before or after, as an address says it."""
    count = year * IN_YEAR + month - 1 + step
    return f"{count // IN_YEAR}-{count % IN_YEAR + 1:02}"
