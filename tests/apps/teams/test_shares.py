"""Shares of teams in whole numbers: who reaches a stage, who fell, how many more it needs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.teams.engine.printing import in_columns, items_of
from gonghui.apps.teams.engine.shares import Count, fell, lacking, lacking_to_hold, reaches

HALF, MOST = Fraction(1, 2), Fraction(4, 5)


@pytest.mark.parametrize(
    ("taking", "total", "least", "passes", "missing"),
    [
        (4, 9, HALF, False, 1),
        (5, 9, HALF, True, 0),
        (5, 10, HALF, True, 0),
        (4, 10, HALF, False, 1),
        (7, 10, MOST, False, 1),
        (8, 10, MOST, True, 0),
        (7, 9, MOST, False, 1),
        (0, 1, HALF, False, 1),
    ],
)
def test_share_of_a_stage(taking, total, least, passes, missing):
    count = Count(total, taking)

    assert reaches(count, least) is passes
    assert lacking(count, least) == missing


def test_without_teams_nobody_can_say():
    assert reaches(Count(), HALF) is None
    assert fell(Count(), Count(3, 1)) is None
    assert fell(Count(3, 1), Count()) is None
    assert lacking_to_hold(Count(), Count(3, 1)) == 0
    assert Count().words == ""
    assert Count().share is None


@pytest.mark.parametrize(
    ("before", "now", "down", "missing"),
    [
        (Count(10, 8), Count(10, 8), False, 0),
        (Count(10, 8), Count(5, 4), False, 0),
        (Count(10, 8), Count(11, 8), True, 1),
        (Count(3, 1), Count(3, 0), True, 1),
        (Count(10, 8), Count(10, 9), False, 0),
    ],
)
def test_share_that_must_not_fall(before, now, down, missing):
    assert fell(before, now) is down
    assert lacking_to_hold(before, now) == missing


def test_share_is_never_rounded_up_to_what_it_is_not():
    assert Count(9, 4).words == "44.4%"
    assert Count(10, 5).words == "50%"
    assert Count(2001, 1000).words == "49.9%"
    assert Count(2001, 2000).words == "99.9%"


def test_share_is_else_rounded_to_the_nearest_tenth():
    assert Count(7, 2).words == "28.6%"
    assert Count(68, 28).words == "41.2%"
    assert Count(3, 3).words == "100%"


counts = st.integers(1, 200).flatmap(
    lambda total: st.builds(Count, st.just(total), st.integers(0, total))
)


@given(counts, st.fractions(0, 1))
def test_so_many_more_reach_it_and_one_less_does_not(count, least):
    more = lacking(count, least)

    assert reaches(Count(count.total, count.taking + more), least)
    if more:
        assert not reaches(Count(count.total, count.taking + more - 1), least)


def test_part_of_a_board_is_read_aloud():
    markup = (
        '<p class="vision">听得出</p>'
        '<ul class="rows"><li><span class="what">3 月　看图<small>周师傅讲</small></span>'
        '<span class="state done">已完成</span></li></ul>'
        "<form><button>完成</button></form><p>目标 &amp; <strong>愿景</strong></p>"
    )

    assert [(one["title"], one["detail"], one["is_vision"]) for one in items_of(markup)] == [
        ("听得出", "", True), ("3 月 看图", "周师傅讲　已完成", False), ("目标 & 愿景", "", False),
    ]  # fmt: skip


def test_parts_stand_in_columns_of_about_the_same_length():
    parts = [{"heading": n, "items": [0] * count} for n, count in enumerate((6, 2, 7, 3, 3, 3, 4))]

    found = [[one["heading"] for one in column] for column in in_columns(parts)]

    assert found == [[0, 1], [2, 3], [4, 5, 6]]
    assert in_columns([]) == [[], [], []]
    assert in_columns(parts[:1]) == [[], [parts[0]], []]
