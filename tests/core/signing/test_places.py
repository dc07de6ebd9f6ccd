"""Places and the waiting line: whatever happens, never too many, and nobody waits in vain."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gonghui.core.signing.engine.places import House, Wish, moving_up

SEATS = st.integers(1, 3)


@given(st.one_of(st.none(), st.integers(0, 12)), st.lists(SEATS, max_size=20))
def test_line_is_never_seated_beyond_the_house(capacity, wanted):
    house = House(0, capacity)
    line = [Wish(number, seats) for number, seats in enumerate(wanted)]

    moved = list(moving_up(house, line))

    assert house.taken == sum(wish.seats for wish in moved)
    assert capacity is None or house.taken <= capacity
    assert not [wish for wish in line if wish not in moved and house.fits(wish)]


@given(st.integers(0, 6), st.integers(0, 6), st.lists(st.tuples(SEATS, st.sampled_from([1, 2]))))
def test_quota_is_kept_beside_the_house(first, second, wanted):
    house = House(0, 8, {1: first, 2: second})
    line = [Wish(number, seats, None, quota) for number, (seats, quota) in enumerate(wanted)]

    moved = list(moving_up(house, line))

    assert sum(w.seats for w in moved if w.item == 1) <= first
    assert sum(w.seats for w in moved if w.item == 2) <= second
    assert house.taken <= 8


def test_who_wants_too_many_keeps_the_turn_and_the_next_moves_up():
    house = House(4, 5)
    pair, single = Wish(1, 2), Wish(2, 1)

    assert list(moving_up(house, [pair, single])) == [single]
    house.leave(single)
    house.leave(Wish(0, 1))
    assert list(moving_up(house, [pair, single])) == [pair]
