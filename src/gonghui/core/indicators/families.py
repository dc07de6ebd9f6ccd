"""Which figures are kept together, for which spans of days, and what is asked for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncMonth

from gonghui.kit.dates import Period

from .conditions import held, held_from, held_until, last_day, shown
from .counting import aggregates, may_be_empty, months_to
from .models import SLOTS
from .registry import Indicator, Source, indicators

YEARS = 3  # this one and those before it of which months are kept
MONTHS = 13  # kept of what holds on a day: a year's series, and the month a year ago
# How figures of spans go together: months add up; a day's stand alone; of a whole span each is
# counted anew; people are counted anew in every unit as well; and of who did something in a span,
# what was done is read once for all of them.
MONTH, DAY, SPAN, PEOPLE, DID = "month", "day", "span", "people", "did"


@dataclass(frozen=True)
class Plan:
    """Indicators of one source that are counted by one question."""

    key: str
    source: Source
    mode: str
    indicators: tuple[Indicator, ...]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.indicators]

    @property
    def mark(self) -> str:
        """Changes when a declaration does, so that figures by the old one are not shown."""
        said = [(one.code, str(one.only), one.sum, one.people) for one in self.indicators]
        return sha256(repr(said).encode()).hexdigest()

    @property
    def is_added(self) -> bool:
        """Whether the figures of units add up to that of the body above."""
        return self.mode != PEOPLE

    def spans(self, today: date) -> list[Period]:
        """The spans that are kept; of months that add up there is one question for all."""
        if self.mode == MONTH:
            return [Period(date(today.year - YEARS + 1, 1, 1), today)]
        months = months_to(today, MONTHS)
        if self.mode == DAY or (not self.source.is_span and self.mode == PEOPLE):
            return months
        return [*months, *_of_year(today), Period.of_year(today.year - 1)]

    @property
    def names(self) -> tuple[str, ...]:
        """What the figures are called in the answer, in the order of the indicators."""
        return tuple(f"v{n}" for n in range(len(self.indicators)))

    def question(self, span: Period) -> QuerySet[Any, Any]:
        """What is asked of the database.

        Of people: body, person and for each figure whether the row counts. Else: body, the month
        where months add up, and the figures.
        """
        rows = self.source.rows().filter(held(self.source, span)).order_by()
        rows = self._narrowed(rows, span).annotate(org_=F(self.source.org or "pk"))
        found: QuerySet[Any, Any]
        if self.mode == PEOPLE:
            pairs = zip(self.names, self._bare, strict=True)
            flags = {name: _flag(one, span) for name, one in pairs}
            person = F(self.source.person)
            found = rows.annotate(person_=person, **flags).values("org_", "person_", *self.names)
            return found
        asked = self._asked(span)
        groups = ["org_"]
        if self.mode == MONTH:
            rows = rows.annotate(month_=TruncMonth(self.source.day, output_field=DateField()))
            groups.append("month_")
        found = rows.values(*groups).annotate(**asked).values(*groups, *asked)
        return found

    def question_of_days(self, spans: Sequence[Period]) -> QuerySet[Any, Any]:
        """For many days at once, the earliest first: what rows hold from which to which.

        A row of the answer counts on the days numbered ``first_n`` to ``last_n``, both included;
        on none where the last comes before the first. Sorting those out here would cost a look at
        every row more.
        """
        narrow = self._narrowed(self.source.rows(), spans[-1]).order_by()
        rows = self._numbered(narrow, [last_day(span) for span in spans])
        groups, asked = ["org_", "first_n", "last_n"], self._asked(spans[-1])
        found: QuerySet[Any, Any] = rows.values(*groups).annotate(**asked).values(*groups, *asked)
        return found

    def _numbered(self, rows: QuerySet[Any, Any], days: Sequence[date]) -> QuerySet[Any, Any]:
        """With the body, and the numbers of the first and last of the days on which each holds."""
        begins = held_from(self.source, days) if self.source.since else Value(0)
        ends = held_until(self.source, days) if self.source.until else Value(len(days) - 1)
        org = F(self.source.org or "pk")
        found: QuerySet[Any, Any] = rows.annotate(org_=org, first_n=begins, last_n=ends)
        return found

    def question_of_people(self, days: Sequence[date]) -> QuerySet[Any, Any]:
        """Of those that did something or not: body, person, and on which of the days they hold."""
        one = self.indicators[0]
        rows = self._numbered(self.source.rows().filter(one.only).order_by(), days)
        rows = rows.annotate(person_=F(one.source.person))
        found: QuerySet[Any, Any] = rows.values("org_", "person_", "first_n", "last_n")
        return found

    def question_of_deeds(self, months: Sequence[Period]) -> QuerySet[Any, Any]:
        """Who did something, and in which of the months, the earliest first: each has a bit."""
        did = self.indicators[0].did
        if did is None:
            raise ValueError(f"{self.key} is not counted by what people did")
        whole = Period(months[0].start, last_day(months[-1]))
        cases = [
            When(**{f"{did.day}__gte": did.from_(month.start)}, then=Value(1 << n))
            for n, month in enumerate(months)
        ]
        bit = Case(*reversed(cases), output_field=BigIntegerField())
        rows = did.within(whole).order_by().annotate(person_=F(did.person), bit_=bit)
        found: QuerySet[Any, Any] = rows.values("person_", "bit_")
        return found

    def _asked(self, span: Period) -> dict[str, Any]:
        """The figures alone; how many rows each was made of is not kept."""
        found = aggregates(list(self._bare), span)
        return {name: found[name] for name in self.names}

    def _narrowed(self, rows: QuerySet[Any, Any], span: Period) -> QuerySet[Any, Any]:
        """Rows that one figure alone does not count are not read: the database may then begin
        with those it does, such as people who came in a month.
        """
        if not self._is_alone:
            return rows
        return rows.filter(self.indicators[0].condition(shown(span)))

    @property
    def _bare(self) -> tuple[Indicator, ...]:
        """The figures as they are asked of the rows that are read; see ``_narrowed``."""
        if not self._is_alone:
            return self.indicators
        return (replace(self.indicators[0], only=Q(), during=None),)

    @property
    def _is_alone(self) -> bool:
        return len(self.indicators) == 1


def plans() -> list[Plan]:
    """All that is kept; not what rows may leave unsaid, for nothing is not nought."""
    sorts: dict[tuple[Source, str], list[Indicator]] = {}
    found = []
    for one in indicators:
        if not isinstance(one, Indicator) or not one.source.is_dated or may_be_empty(one):
            continue
        if one.did:
            found.append(Plan(f"{one.source.code}/{DID}/{one.code}", one.source, DID, (one,)))
        else:
            sorts.setdefault((one.source, mode_of(one)), []).append(one)
    for (source, mode), own in sorts.items():
        for first in range(0, len(own), SLOTS):
            key = f"{source.code}/{mode}/{first // SLOTS}"
            found.append(Plan(key, source, mode, tuple(own[first : first + SLOTS])))
    return found


def mode_of(one: Indicator) -> str:
    if one.people:
        return PEOPLE
    if one.did is not None:
        return DID
    if one.during is not None:
        return SPAN
    return MONTH if one.source.is_span else DAY


def pieces(mode: str, period: Period, today: date, *, is_span: bool) -> list[Period] | None:
    """The kept spans whose figures make that of a period; None where the records must be asked.

    A period that runs beyond today is that up to today.
    """
    if mode == MONTH:
        whole = period.start.day == 1 and (period.end >= today or _is_month_end(period.end))
        kept = period.start.year > today.year - YEARS
        return [Period(period.start, period.end)] if whole and kept else None
    if mode == DAY or (not is_span and mode != DID):
        end = min(period.end, today)
        month = Period.of_month(end.year, end.month)
        known = end in (month.end, today) and month in months_to(today, MONTHS)
        return [month] if known else None
    standard = [
        *months_to(today, MONTHS), *_of_year(today), Period.of_year(today.year - 1)
    ]  # fmt: skip
    return [period] if period in standard else None


def _of_year(today: date) -> Iterator[Period]:
    """This year's quarters and halves as far as they have begun, and the year."""
    for size in (3, 6, 12):
        for first in range(1, today.month + 1, size):
            end = Period.of_month(today.year, first + size - 1).end
            yield Period(date(today.year, first, 1), end)


def _flag(one: Indicator, span: Period) -> Case | Value:
    condition = one.condition(span)
    return (
        Case(When(condition, then=1), output_field=IntegerField())
        if condition
        else Value(1, output_field=IntegerField())
    )


def _is_month_end(day: date) -> bool:
    return day == Period.of_month(day.year, day.month).end
