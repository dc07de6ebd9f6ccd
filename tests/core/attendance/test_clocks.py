"""A phone with a wrong clock notes the right time, and any interleaving gives the same state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gonghui.core.attendance.engine.clocks import AHEAD, MOST, moment_of
from gonghui.core.attendance.engine.codes import Window
from gonghui.core.attendance.engine.merging import Mark, Outcome, add_up

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
END = START + timedelta(hours=2)
DOORS = Window(START - timedelta(hours=2), END + timedelta(hours=12))
NONE = timedelta()
NOW = END
hours = st.floats(-20, 20).map(lambda one: timedelta(hours=one))


def heard(said: datetime, known: timedelta = NONE, measured: timedelta = NONE) -> datetime | None:
    return moment_of(said, known=known, measured=measured, doors=DOORS, now=NOW)


@given(hours, st.integers(-60, 120), hours)
def test_clock_that_was_known_to_be_wrong_gives_the_right_time(behind, minute, measured):
    moment = START + timedelta(minutes=minute)

    assert heard(moment - behind, behind, measured) == moment


def test_clock_set_wrong_after_the_last_word_is_put_right_by_the_sending():
    fast = timedelta(hours=-2)

    assert heard(NOW - fast, NONE, fast) == NOW


def test_time_that_no_clock_explains_is_none():
    assert heard(NOW + timedelta(hours=2)) is None
    assert heard(START - timedelta(hours=3)) is None
    assert heard(START + 2 * MOST, -2 * MOST, -2 * MOST) is None
    assert heard(START, timedelta(days=10**6), timedelta(days=-(10**6))) is None


def test_few_minutes_ahead_are_nothing():
    assert heard(NOW + AHEAD) == NOW + AHEAD


# Two phones, one clock two hours slow and one three hours fast; each knows it.
notes = st.lists(
    st.tuples(
        st.integers(1, 6).map(lambda n: UUID(int=n)),
        st.sampled_from(["in", "out", "excuse", "undo"]),
        st.integers(-60, 110),
        st.sampled_from([timedelta(hours=2), timedelta(hours=-3)]),
        st.integers(1, 6).map(lambda n: UUID(int=n)),
    ),
    unique_by=lambda one: one[0],
    max_size=6,
)


def came(sent) -> Outcome:
    marks = []
    for number, act, minute, behind, undoes in sent:
        moment = heard(START + timedelta(minutes=minute) - behind, behind)
        assert moment is not None
        marks.append(Mark(number, act, moment, undoes=undoes if act == "undo" else None))
    return add_up(marks, starts_at=START, ends_at=END, grace=timedelta(minutes=10))


@given(notes, st.integers(1, 10), st.randoms())
def test_phones_with_wrong_clocks_in_any_order_give_the_same(made, times, dice):
    sent = made * times
    dice.shuffle(sent)

    assert came(sent) == came(made)
