"""Majorities and bands: what each word includes, for every count."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.kit.law import (
    HALF,
    TWO_THIRDS,
    Band,
    a_third,
    at_least,
    at_most,
    band_of,
    fewest,
    fewest_over,
    half_or_more,
    less_than,
    more_than,
    over_half,
    two_thirds,
)

counts = st.integers(min_value=0, max_value=10**18)
shares = st.fractions(min_value=0, max_value=1, max_denominator=1000)


@pytest.mark.parametrize(
    ("rule", "enough", "short", "whole"),
    [
        (over_half, 51, 50, 100),
        (over_half, 51, 50, 101),
        (half_or_more, 50, 49, 100),
        (half_or_more, 51, 50, 101),
        (two_thirds, 66, 65, 99),
        (two_thirds, 67, 66, 100),
        (a_third, 33, 32, 99),
        (a_third, 34, 33, 100),
    ],
)
def test_majority_lies_between_two_counts(rule, enough, short, whole):
    assert rule(enough, whole)
    assert not rule(short, whole)


@given(part=counts, whole=counts, share=shares)
def test_words_agree_with_exact_fractions(part, whole, share):
    exact = share * whole

    assert at_least(part, whole, share) is (part >= exact)
    assert more_than(part, whole, share) is (part > exact)
    assert at_most(part, whole, share) is (part <= exact)
    assert less_than(part, whole, share) is (part < exact)


@given(whole=counts, share=shares)
def test_fewest_is_the_edge(whole, share):
    enough, over = fewest(whole, share), fewest_over(whole, share)

    assert at_least(enough, whole, share)
    assert enough == 0 or less_than(enough - 1, whole, share)
    assert more_than(over, whole, share)
    assert over == 0 or at_most(over - 1, whole, share)


@given(whole=st.integers(min_value=1, max_value=10**18))
def test_over_half_of_one_side_leaves_no_second_majority(whole):
    assert not over_half(whole - fewest_over(whole, HALF), whole)
    assert 2 * fewest_over(whole, HALF) > whole
    assert 3 * fewest(whole, TWO_THIRDS) >= 2 * whole


def test_a_count_below_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="0 up"):
        at_least(-1, 10, HALF)


BANDS = (Band(25, 200, 3, 7), Band(201, 1000, 7, 15), Band(50001, None, 37, 45))


@pytest.mark.parametrize(
    ("count", "low"),
    [(24, None), (25, 3), (200, 3), (201, 7), (1000, 7), (1001, None), (50001, 37), (10**9, 37)],
)
def test_band_includes_both_its_ends(count, low):
    band = band_of(BANDS, count)

    assert (band.low if band else None) == low


@pytest.mark.parametrize("numbers", [(10, 9, 1, 2), (1, 9, 3, 2)])
def test_band_upside_down_is_a_mistake(numbers):
    with pytest.raises(ValueError, match="band"):
        Band(*numbers)


def test_fraction_of_a_percentage_is_exact():
    assert fewest(20, Fraction(5, 100)) == 1
    assert fewest(21, Fraction(5, 100)) == 2
