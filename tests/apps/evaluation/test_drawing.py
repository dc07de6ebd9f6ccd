"""The draw of raters: repeatable, balanced, never where one must not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.apps.evaluation.engine.drawing import NotEnough, draw


def test_the_same_seed_draws_the_same_and_another_differs():
    able = {contender: range(100, 120) for contender in range(12)}

    first = draw(able, range(100, 120), 3, "seed-1")

    assert draw(able, range(100, 120), 3, "seed-1") == first
    assert draw(able, range(100, 120), 3, "seed-2") != first


def test_too_few_are_named():
    with pytest.raises(NotEnough) as few:
        draw({1: [10, 11], 2: [10]}, [10, 11], 2, "seed")

    assert (few.value.contender, few.value.able) == (2, 1)


def test_nobody_to_rate_needs_nobody():
    assert draw({}, [10], 2, "seed") == {}


def test_a_choice_made_first_gives_way_to_who_has_no_other():
    """1 may have either; 2 only the second: the first must not take it away."""
    for seed in "abcdefgh":
        found = draw({1: [10, 11], 2: [11]}, [10, 11], 1, seed)

        assert found == {1: [10], 2: [11]}


@settings(max_examples=40)
@given(st.integers(2, 9), st.integers(1, 3), st.text("abc", min_size=1, max_size=4))
def test_loads_are_as_even_as_they_can_be(units, each, seed):
    """Each unit sends two raters, who may rate every unit but their own."""
    raters = list(range(units * 2))
    able = {one: [r for r in raters if r // 2 != one] for one in range(units)}
    if len(able[0]) < each:
        return

    found = draw(able, raters, each, seed)

    assert all(len(set(chosen)) == each for chosen in found.values())
    assert all(rater // 2 != one for one, chosen in found.items() for rater in chosen)
    loads = [sum(r in chosen for chosen in found.values()) for r in raters]
    assert max(loads) == -(-units * each // len(raters))
