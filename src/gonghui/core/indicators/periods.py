"""Which days a page asks for: a year, a half, a quarter, a month, a statistics year, own days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.indicators.counting import months_to
from gonghui.kit.dates import Period

OWN = "own"
HALVES = {1: "上半年", 2: "下半年"}
QUARTERS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}


class PeriodForm(forms.Form):
    """A usual period, or one's own days."""

    period = forms.ChoiceField(label="期间", required=False)
    since = forms.DateField(label="从", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = choices(timezone.localdate())  # type: ignore[attr-defined]  # a choice field


def period_asked(said: Mapping[str, Any]) -> tuple[PeriodForm, Period]:
    """The form as it is shown again, and the days it says: this year unless it says otherwise."""
    today = timezone.localdate()
    year = f"{today.year}"
    asked = any(name in said for name in ("period", "since", "until"))
    form = PeriodForm(said if asked else None, initial={"period": year})
    if not asked or not form.is_valid():
        return form, Period.of_year(today.year)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    named = form.cleaned_data["period"]
    if named in ("", OWN) and (since or until):
        first, last = since or until, until or since
        return form, Period(min(first, last), max(first, last))
    return form, days_of(named) or Period.of_year(today.year)


def days_of(name: str) -> Period | None:
    """``2026``, ``2026H1``, ``2026Q3``, ``2026-05``; ``S2026`` ends in September 2026."""
    found = re.fullmatch(r"(S?)(\d{4})(?:H([12])|Q([1-4])|-(\d\d))?", name)
    if found is None or not 1 < int(found[2]) < 9999:
        return None
    year = int(found[2])
    if found[1]:
        return Period(date(year - 1, 10, 1), date(year, 9, 30))
    if found[5]:
        return Period.of_month(year, int(found[5])) if 1 <= int(found[5]) <= 12 else None
    size, part = (6, int(found[3])) if found[3] else (3, int(found[4] or 0))
    if not part:
        return Period.of_year(year)
    return Period(date(year, size * part - size + 1, 1), Period.of_month(year, size * part).end)


def choices(today: date) -> list[tuple[str, Any]]:
    """What is offered, the nearest first."""
    years = [(f"{y}", f"{y} 年") for y in (today.year, today.year - 1, today.year - 2)]
    months = [
        (f"{m.start:%Y-%m}", f"{m.start.year} 年 {m.start.month} 月")
        for m in reversed(months_to(today, 13))
    ]
    counted = [
        (f"S{y}", f"{y - 1}-10-01 至 {y}-09-30")
        for y in (_statistics_year(today), _statistics_year(today) - 1)
    ]
    return [
        ("年", years),
        ("半年、季度", list(_parts(today))),
        ("月", months),
        ("统计年度", counted),
        (OWN, "自定日期"),
    ]


def words_of(period: Period) -> str:
    """A period as it is called where it has a name, else its days."""
    for name, word in _all(period):
        if days_of(name) == period:
            return word
    return f"{period.start:%Y-%m-%d} 至 {period.end:%Y-%m-%d}"


def query_of(period: Period) -> dict[str, str]:
    """The same period in an address."""
    for name, _ in _all(period):
        if days_of(name) == period:
            return {"period": name}
    return {"period": OWN, "since": f"{period.start}", "until": f"{period.end}"}


def before(period: Period) -> Period:
    """The same days a year earlier, for the comparison."""
    first = period.start.replace(year=period.start.year - 1, day=min(period.start.day, 28))
    if period.start.day <= 28:
        first = period.start.replace(year=period.start.year - 1)
    end = period.end
    if end == Period.of_month(end.year, end.month).end:
        return Period(first, Period.of_month(end.year - 1, end.month).end)
    return Period(first, end.replace(year=end.year - 1))


def _all(period: Period) -> Iterator[tuple[str, str]]:
    year, month = period.start.year, period.start.month
    yield f"{year}", f"{year} 年"
    yield from ((f"{year}H{n}", f"{year} 年{word}") for n, word in HALVES.items())
    yield from ((f"{year}Q{n}", f"{year} 年{word}") for n, word in QUARTERS.items())
    yield f"{year}-{month:02}", f"{year} 年 {month} 月"
    yield f"S{year + 1}", f"{year + 1} 统计年度"


def _parts(today: date) -> Iterator[tuple[str, str]]:
    for n, word in HALVES.items():
        if today.month > 6 * (n - 1):
            yield f"{today.year}H{n}", f"{today.year} 年{word}"
    for n, word in QUARTERS.items():
        if today.month > 3 * (n - 1):
            yield f"{today.year}Q{n}", f"{today.year} 年{word}"


def _statistics_year(today: date) -> int:
    """The year in which the statistics year of a day ends."""
    return today.year + (today.month >= 10)
