"""The draw of raters: repeatable, balanced, never where one must not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.apps.evaluation.engine.drawing import draw


def test_the_same_seed_draws_the_same_and_another_differs():
    able = {contender: range(100, 120) for contender in range(12)}

    first = draw(able, range(100, 120), 3, "seed-1")

    assert draw(able, range(100, 120), 3, "seed-1") == first
    assert draw(able, range(100, 120), 3, "seed-2") != first


def test_where_there_are_too_few_all_of_them_rate():
    found = draw({1: [10, 11], 2: [10]}, [10, 11], 2, "seed")

    assert {one: set(chosen) for one, chosen in found.items()} == {1: {10, 11}, 2: {10}}


def test_who_rates_already_stays_and_counts():
    """10 rates two already: what is missing goes to 12, who has nothing, as far as it may."""
    able = {1: [10, 11, 12], 2: [10, 11, 12], 3: [10, 11]}
    kept = {1: [10], 2: [10, 11], 3: [10]}

    found = draw(able, [10, 11, 12], 2, "seed", kept)

    assert found == {1: [12], 2: [], 3: [11]}


def test_whoever_was_let_go_and_rated_is_not_drawn_for_again():
    assert draw({1: [11], 2: [11]}, [11], 1, "seed", {1: [10]}) == {1: [], 2: [11]}


@settings(max_examples=60)
@given(st.integers(2, 7), st.integers(1, 3), st.data())
def test_what_is_added_later_is_as_even_as_it_can_be(units, each, data):
    """Against every way there is of filling up: no other leaves the busiest with less."""
    raters = list(range(5))
    able = {
        one: data.draw(st.lists(st.sampled_from(raters), unique=True, min_size=each))
        for one in range(units)
    }
    kept = {
        one: data.draw(st.lists(st.sampled_from(chosen), unique=True, max_size=each))
        for one, chosen in able.items()
    }

    found = draw(able, raters, each, "seed", kept)

    for one, chosen in found.items():
        assert len(chosen) == max(0, each - len(kept[one]))
        assert set(chosen) <= set(able[one]) - set(kept[one])
    busiest = max(_loads(found, kept, raters))
    assert busiest == _least(able, kept, raters, each)


def _loads(found, kept, raters):
    return [sum(r in [*found[one], *kept[one]] for one in found) for r in raters]


def _least(able, kept, raters, each):
    """The smallest load of the busiest, found by trying flows of one more at a time."""
    base = [sum(r in chosen for chosen in kept.values()) for r in raters]
    for most in range(max(base), len(able) + 1):
        room = [most - busy for busy in base]
        if _fits(able, kept, each, room):
            return most
    raise AssertionError


def _fits(able, kept, each, room):
    """Whether every contender gets what it lacks: plain augmenting paths, one unit a turn."""
    given: dict[int, list[int]] = {r: [] for r in range(len(room))}

    def place(one, seen):
        for rater in able[one]:
            if rater in seen or rater in kept[one] or one in given[rater]:
                continue
            seen.add(rater)
            if len(given[rater]) < room[rater]:
                given[rater].append(one)
                return True
            for other in list(given[rater]):
                if place(other, seen):
                    given[rater].remove(other)
                    given[rater].append(one)
                    return True
        return False

    turns = [one for one in able for _ in range(max(0, each - len(kept[one])))]
    return all(place(one, set()) for one in turns)


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
