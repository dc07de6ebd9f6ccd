"""From words to days: festivals by the moon, last days, rounds of a cadence."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.plans.engine.calendar import due_on, occurrences, skips, years_between
from gonghui.apps.plans.engine.festivals import FESTIVALS
from gonghui.apps.plans.engine.reading import Every

WEEKLY = Every("week", 1, 1)


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("spring-festival", date(2026, 2, 17)),
        ("lantern-festival", date(2026, 3, 3)),
        ("qingming-festival", date(2026, 4, 5)),
        ("dragon-boat-festival", date(2026, 6, 19)),
        ("mid-autumn-festival", date(2026, 9, 25)),
        ("double-ninth", date(2026, 10, 18)),
        ("winter-solstice", date(2026, 12, 22)),
        ("new-years-eve", date(2026, 2, 16)),
        ("spring", date(2026, 2, 17)),
        ("01-31", date(2026, 1, 31)),
        ("1-31", date(2026, 1, 31)),
        ("04-31", date(2026, 4, 30)),
        ("02-28", date(2026, 2, 28)),
        ("13-01", None),
        ("nonsense", None),
        ("", None),
        (None, None),
    ],
)
def test_due_on(due, day):
    assert due_on(due, 2026) == day


def test_the_end_of_february_in_a_leap_year():
    assert due_on("02-28", 2028) == date(2028, 2, 29)


def test_every_festival_resolves_and_has_a_name():
    for festival in FESTIVALS:
        for year in (2024, 2025, 2026, 2033):
            assert due_on(festival.due, year).year == year


def test_a_day_that_names_its_year_stays_in_it():
    assert due_on("2028-09-30", 2026) == date(2028, 9, 30)
    assert due_on("2027-02-29", 2026) == date(2027, 2, 28)


def test_a_five_week_month_has_five():
    by_month = [len(occurrences(WEEKLY, year=2026, months=[m])) for m in range(1, 13)]

    assert by_month == [5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 5]
    assert len(occurrences(WEEKLY, year=2026)) == sum(by_month) == 53


def test_weeks_run_from_monday_to_sunday():
    first = occurrences(WEEKLY, year=2026)[0]

    assert (first.start, first.due) == (date(2025, 12, 29), date(2026, 1, 4))
    assert first.start.isoweekday() == 1


def test_several_times_in_a_period_are_numbered():
    found = occurrences(Every("month", 2, 3), year=2026, months=[2])

    assert [(o.start, o.due, o.serial) for o in found] == [
        (date(2026, 2, 1), date(2026, 2, 28), 1),
        (date(2026, 2, 1), date(2026, 2, 28), 2),
    ]


@pytest.mark.parametrize(
    ("unit", "rounds"),
    [("day", 365), ("tenday", 36), ("2weeks", 27), ("month", 12), ("2months", 6), ("quarter", 4),
     ("halfyear", 2), ("term", 2), ("year", 1), ("2years", 1), ("moon", 0)],
)  # fmt: skip
def test_rounds_of_a_year(unit, rounds):
    assert len(occurrences(Every(unit, 1, 1), year=2026)) == rounds


def test_every_second_year_skips():
    biennial = Every("2years", 1, 1)
    years = [y for y in range(2024, 2030) if occurrences(biennial, year=y, anchor_year=2025)]

    assert years == [2025, 2027, 2029]


def test_years_left_out():
    assert [years_between(unit) for unit in ("2years", "year", "halfyear", "2weeks")] == [
        2,
        1,
        0,
        0,
    ]
    assert skips("2years", 2026, range(2027, 2028))
    assert not skips("2years", 2026, range(2027, 2029))
    assert not skips("year", 2026, range(2027, 2028))


@pytest.mark.parametrize(
    ("unit", "months", "spans"),
    [
        ("year", [9, 10], [((9, 1), (10, 31))]),
        ("halfyear", [5, 11], [((5, 1), (5, 31)), ((11, 1), (11, 30))]),
        ("quarter", [2], [((2, 1), (2, 28))]),
        ("2months", [3], [((3, 1), (3, 31))]),
        ("tenday", [2], [((2, 1), (2, 10)), ((2, 11), (2, 20)), ((2, 21), (2, 28))]),
    ],
)
def test_named_months_bound_a_longer_period(unit, months, spans):
    found = occurrences(Every(unit, 1, 1), year=2026, months=months)

    assert [((o.start.month, o.start.day), (o.due.month, o.due.day)) for o in found] == spans


def test_rounds_between_two_days():
    found = occurrences(
        Every("month", 1, 1), year=2026, start=date(2026, 3, 15), end=date(2026, 5, 1)
    )

    assert [o.start.month for o in found] == [3, 4, 5]


def test_terms_lie_within_the_year():
    spring, autumn = occurrences(Every("term", 1, 1), year=2026)

    assert (spring.start, spring.due) == (date(2026, 2, 1), date(2026, 7, 31))
    assert (autumn.start, autumn.due) == (date(2026, 8, 1), date(2026, 12, 31))


def test_turns_are_shared_out_among_the_months():
    def spans(times, months):
        found = occurrences(Every("year", times, times), year=2026, months=months)
        return [(o.start.month, o.due.month, o.serial) for o in found]

    assert spans(2, (3, 9)) == [(3, 3, 1), (9, 9, 1)]
    assert spans(4, (3, 9)) == [(3, 3, 1), (3, 3, 2), (9, 9, 1), (9, 9, 2)]
    assert spans(2, (3, 4, 5)) == [(3, 5, 1), (3, 5, 2)]
    assert spans(1, (3, 9)) == [(3, 9, 1)]
