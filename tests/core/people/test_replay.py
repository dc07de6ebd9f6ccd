"""The replay of a ledger: what each entry does, what it refuses, and what holds for any story."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.core.people.replay import (
    ACTS,
    NAMES,
    Contradiction,
    Line,
    Span,
    State,
    in_force,
    replay,
    walk,
)

START = date(2024, 1, 1)


def story(*acts):
    """Lines on the days after the start: (act, day), (act, day, org) or with a standing as well."""
    told = [(*act, 1, "")[:4] if len(act) == 2 else (*act, "")[:4] for act in acts]
    return [
        Line(number, START + timedelta(days=day), act, org, standing)
        for number, (act, day, org, standing) in enumerate(told, 1)
    ]


def told(spans):
    return [
        (s.org, s.standing, (s.since - START).days, s.until and (s.until - START).days)
        for s in spans
    ]


def test_a_life_in_spans():
    spans = replay(
        story(("enter", 0), ("join", 10), ("transfer", 20, 2), ("retain", 30), ("leave", 40))
    )

    assert told(spans) == [
        (1, "worker", 0, 9),
        (1, "member", 10, 19),
        (2, "member", 20, 29),
        (2, "retained", 30, 39),
    ]


@pytest.mark.parametrize(
    ("acts", "standing", "org"),
    [
        ([("join", 0)], "member", 1),
        ([("enter", 0), ("move", 1, 2)], "worker", 2),
        ([("join", 0), ("move", 1, 2)], "member", 2),
        ([("join", 0), ("retain", 1), ("resume", 2)], "member", 1),
        ([("join", 0), ("retain", 1), ("transfer", 2, 3)], "member", 3),
        ([("join", 0), ("retain", 1), ("transfer", 2, 3, "retained")], "retained", 3),
        ([("join", 0), ("quit", 1)], "worker", 1),
        ([("join", 0), ("lapse", 1)], "worker", 1),
        ([("join", 0), ("expel", 1)], "worker", 1),
        ([("join", 0), ("retain", 1), ("quit", 2)], "", 0),
        ([("join", 0), ("leave", 1)], "", 0),
        ([("join", 0), ("leave", 1), ("enter", 5, 2)], "worker", 2),
        ([("join", 0), ("die", 1)], "", 0),
    ],
)
def test_what_an_act_leaves_behind(acts, standing, org):
    after = walk(story(*acts))[-1].after

    assert (after.standing, after.org) == (standing, org) if standing else after is None


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([("join", 0), ("join", 1)], "已经是会员"),
        ([("join", 0), ("retain", 1), ("join", 2)], "已经是会员"),
        ([("enter", 0), ("enter", 1)], "已经在册"),
        ([("enter", 0), ("retain", 1)], "还不是会员，不能登记保留会籍"),
        ([("enter", 0), ("transfer", 1, 2)], "还不是会员"),
        ([("join", 0), ("transfer", 1, 1)], "已经在那里，不用转接"),
        ([("join", 0), ("transfer", 1, 2, "retained")], "没有保留，不能作为保留会籍转接"),
        ([("join", 0), ("move", 1, 1)], "已经在那里，不用调整"),
        ([("join", 0), ("retain", 1), ("retain", 2)], "已经保留"),
        ([("join", 0), ("resume", 1)], "没有保留"),
        ([("enter", 0), ("quit", 1)], "还不是会员"),
        ([("leave", 0)], "不在册"),
        ([("join", 0), ("leave", 1), ("move", 2, 2)], "不在册"),
        ([("join", 0), ("die", 1), ("enter", 2)], "已登记去世"),
        ([("join", 5), ("leave", 2)], "不在册"),
    ],
)
def test_what_cannot_have_happened_is_refused_in_words(acts, said):
    with pytest.raises(Contradiction, match=said):
        replay(story(*acts))


def test_an_entry_may_come_late_where_the_story_stays_possible():
    assert told(replay(story(("join", 0), ("leave", 30), ("move", 10, 2)))) == [
        (1, "member", 0, 9),
        (2, "member", 10, 29),
    ]


def test_the_last_entry_of_a_day_has_the_day():
    assert told(replay(story(("enter", 0), ("join", 0), ("move", 0, 2)))) == [
        (2, "member", 0, None)
    ]
    assert replay(story(("enter", 0), ("leave", 0))) == []


def test_neighbours_that_say_the_same_are_one_span():
    acts = story(("join", 0), ("move", 5, 2), ("move", 5, 1))

    assert told(replay(acts)) == [(1, "member", 0, None)]


def test_who_joined_on_a_day_keeps_it_and_who_quit_has_none():
    lines = story(("enter", 0), ("join", 3), ("transfer", 9, 2), ("retain", 12))

    assert walk(lines)[-1].after.joined_on == START + timedelta(days=3)
    assert walk([*lines[:2], *story(*[("x", 0)] * 2, ("quit", 5))[2:]])[-1].after.joined_on is None


def test_a_registered_member_whose_joining_nobody_knows_has_no_day():
    assert walk([Line(1, START, "enter", 1, "member")])[-1].after == State(1, "member")


def test_a_revocation_is_about_an_entry_of_the_same_ledger():
    lines = story(("join", 0))

    with pytest.raises(Contradiction, match="不在此人的台账里"):
        replay([*lines, Line(2, START, "revoke", revokes=9)])
    with pytest.raises(Contradiction, match="撤销本身不能再撤销"):
        replay([*lines, Line(2, START, "revoke", revokes=1), Line(3, START, "revoke", revokes=2)])


def test_every_act_has_its_name():
    assert set(ACTS) == set(NAMES)


# Any story at all

acts = st.tuples(
    st.sampled_from(sorted(ACTS)),
    st.integers(0, 40),
    st.integers(1, 4),
    st.sampled_from(["", "retained"]),
    st.sampled_from(["", "contract", "hired"]),
)


@st.composite
def possible_stories(draw):
    """Entries as they were written one by one, each refused where the story broke."""
    lines = []
    for act, day, org, standing, employment in draw(st.lists(acts, max_size=14)):
        number = len(lines) + 1
        line = Line(number, START + timedelta(days=day), act, org, standing, employment)
        try:
            replay([*lines, line])
        except Contradiction:
            continue
        lines.append(line)
    return lines


def stands_on(lines, day):
    """The state after every entry up to a day: the ledger itself, read one entry at a time."""
    state = None
    for line in in_force(lines):
        if line.day <= day:
            state = ACTS[line.act](state, line)
    return state


@given(possible_stories(), st.integers(-1, 42))
def test_the_spans_of_a_day_are_the_entries_up_to_it(lines, offset):
    day = START + timedelta(days=offset)
    held = [s for s in replay(lines) if s.since <= day and (s.until is None or day <= s.until)]
    state = stands_on(lines, day)

    wanted = [] if state is None else [(state.org, state.standing, state.employment)]
    assert [(s.org, s.standing, s.employment) for s in held] == wanted


@given(possible_stories())
def test_nobody_ever_has_two_memberships(lines):
    spans: list[Span] = replay(lines)

    for earlier, later in pairwise(spans):
        assert earlier.until is not None
        assert earlier.until < later.since


@given(possible_stories(), st.integers(1, 4), st.sampled_from(["", "retained"]))
def test_a_transfer_leaves_neither_two_memberships_nor_none(lines, org, standing):
    day = START + timedelta(days=50)
    before = stands_on(lines, day)
    line = Line(len(lines) + 1, day, "transfer", org, standing)
    try:
        spans = replay([*lines, line])
    except Contradiction:
        impossible = before is None or before.standing == "worker" or before.org == org
        assert impossible or (before.standing == "member" and standing == "retained")
        return

    now = [(s.org, s.standing) for s in spans if s.until is None]
    assert now == [(org, standing or "member")]
    last_day_before = [s for s in spans if s.until == day - timedelta(days=1)]
    assert [s.org for s in last_day_before] == [before.org]


@pytest.mark.slow
@given(possible_stories(), acts)
def test_what_is_revoked_has_never_been(lines, said):
    act, day, org, standing, employment = said
    number = len(lines) + 1
    line = Line(number, START + timedelta(days=day), act, org, standing, employment)
    before = replay(lines)
    try:
        replay([*lines, line])
    except Contradiction:
        return

    revoked = [*lines, line, Line(number + 1, START, "revoke", revokes=number)]

    assert replay(revoked) == before
