"""The arithmetic of an election at each side of its limits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gonghui.apps.elections.engine import counting
from gonghui.apps.elections.engine.counting import Count, Outcome

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def count(votes, **given):
    facts = {"seats": 2, "should_attend": 50, "present": 45, "issued": 45, "returned": 44}
    return Count(**(facts | {"invalid": 1} | given), votes=votes)


@pytest.mark.parametrize(
    ("present", "should_attend", "enough"),
    [(34, 50, True), (33, 50, False), (40, 60, True), (39, 60, False), (0, 0, False)],
)
def test_two_thirds_make_a_quorum(present, should_attend, enough):
    assert counting.has_quorum(present, should_attend, TWO_THIRDS) is enough


@pytest.mark.parametrize(
    ("seats", "rate", "least"),
    [(7, Fraction(5, 100), 8), (20, Fraction(5, 100), 21), (21, Fraction(5, 100), 23),
     (9, Fraction(10, 100), 10), (11, Fraction(10, 100), 13), (1, Fraction(0), 2)],
)  # fmt: skip
def test_more_stand_than_there_are_seats(seats, rate, least):
    assert counting.fewest_candidates(seats, rate) == least


def test_elected_need_more_than_half_of_those_who_should_attend():
    """Of 50 who should attend, 25 votes are not more than half, however few came."""
    found = counting.outcome(count({1: 40, 2: 26, 3: 25}), HALF)

    assert found == Outcome((1, 2), (), 0)
    assert counting.outcome(count({1: 40, 2: 25}), HALF) == Outcome((1,), (), 1)


def test_of_too_many_the_most_votes_win():
    assert counting.outcome(count({1: 27, 2: 40, 3: 30}), HALF) == Outcome((2, 3), (), 0)


def test_level_at_the_last_seat_is_voted_on_again():
    found = counting.outcome(count({1: 40, 2: 30, 3: 30, 4: 10}), HALF)

    assert found == Outcome((1,), (2, 3), 1)
    assert not found.is_complete


def test_level_for_every_seat_elects_nobody():
    assert counting.outcome(count({1: 30, 2: 30, 3: 30}), HALF) == Outcome((), (1, 2, 3), 2)


def test_level_inside_the_seats_is_no_tie():
    assert counting.outcome(count({1: 30, 2: 30, 3: 29}), HALF).elected == (1, 2)


@pytest.mark.parametrize(
    ("given", "votes", "words"),
    [
        ({"returned": 46, "issued": 45}, {1: 30}, "选举无效"),
        ({"issued": 46, "returned": 40}, {1: 30}, "多于实到会"),
        ({"invalid": 45}, {1: 0}, "废票多于收回票"),
        ({}, {1: 44}, "多于有效票 43 张"),
        ({}, {1: 43, 2: 43, 3: 1}, "每张最多选 2 人"),
    ],
)
def test_a_count_that_cannot_be_right_says_why(given, votes, words):
    assert words in " ".join(counting.faults(count(votes, **given)))


def test_a_count_in_order_has_no_fault():
    assert counting.faults(count({1: 43, 2: 40, 3: 3})) == []


@pytest.mark.parametrize(("yes", "out"), [(50, False), (51, True)])
def test_a_removal_needs_more_than_half_of_all(yes, out):
    """Of 100 members, 50 are half and not more."""
    assert counting.removed(yes, 100, HALF) is out
