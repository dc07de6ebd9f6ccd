"""How a figure stands and where it may end, on both sides of every limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gonghui.apps.plans.engine.pace import (
    Course,
    Past,
    forecast,
    forecast_of_level,
    is_kept,
    standing,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
JULY = date(2026, 7, 10)


def course(op=">=", value=365, adds_up=True):
    return Course(op, Decimal(value), *YEAR, adds_up)


@pytest.mark.parametrize(
    ("op", "actual", "kept"),
    [(">=", 10, True), (">", 10, False), ("<=", 10, True), ("<", 10, False), ("=", 9, False),
     ("~", 11, True), (">", 11, True), ("<", 9, True), ("<=", 11, False)],
)  # fmt: skip
def test_comparison_is_kept_exactly(op, actual, kept):
    assert is_kept(op, Decimal(10), Decimal(actual)) is kept


@pytest.mark.parametrize(
    ("actual", "word"),
    [(None, ""), (180, "behind"), (181, "on_track"), (211, "on_track"), (212, "ahead"),
     (364, "ahead"), (365, "met")],
)  # fmt: skip
def test_sum_is_measured_by_whole_months(actual, word):
    """181 days have passed by the end of June, 212 by the end of July."""
    said = None if actual is None else Decimal(actual)
    assert standing(course(), said, JULY) == word


def test_after_the_last_day_a_promise_is_kept_or_missed():
    assert standing(course(), Decimal(364), date(2027, 1, 1)) == "missed"
    assert standing(course(), Decimal(365), date(2027, 1, 1)) == "met"


def test_a_share_has_no_pace_and_a_ceiling_is_kept_or_not():
    assert standing(course(adds_up=False), Decimal(300), JULY) == "short"
    assert standing(course("<=", 3), Decimal(3), JULY) == "within"
    assert standing(course("<", 3), Decimal(3), JULY) == "over"


def test_range_lies_between_the_paces():
    found = forecast(course(), Past(Decimal(191), JULY, (date(2026, 4, 11), Decimal(11))))

    assert found.low == 191 + Decimal(191) / 191 * 174
    assert found.high == 191 + Decimal(180) / 90 * 174
    assert "取最低和最高" in found.how


@pytest.mark.parametrize(
    "past",
    [
        Past(Decimal(5), date(2026, 1, 20), rest=Decimal(9)),  # too early
        Past(Decimal(5), JULY),  # one pace is no range
        Past(Decimal(5), date(2026, 12, 31), rest=Decimal(9)),  # nothing is left
    ],
)
def test_too_little_to_go_by_gives_no_range(past):
    assert forecast(course(), past) is None


def test_people_once_may_be_all_there_are():
    found = forecast(course(), Past(Decimal(191), JULY, once=True))

    assert found.low == 191


def test_level_lies_between_its_months():
    months = [Decimal(n) for n in (61, 58, 64)]

    assert forecast_of_level(months[:2], Decimal(60)) is None
    found = forecast_of_level(months, Decimal(66))
    assert (found.low, found.high) == (58, 66)
