"""Copies of a draft meet: newer words are taken, and nothing is ever overwritten or lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.archive.engine.merging import Copy, Meeting, beside, clears, met

KEPT = Copy("读书", "第一段", version=4, pen="a", stroke=7)


@pytest.mark.parametrize(
    ("came", "meeting"),
    [
        (Copy("读书", "第一段", 0, "z", 0), Meeting.SAME),
        (Copy("读书 ", "第一段\n", 4, "b", 1), Meeting.SAME),
        (Copy("读书", "第一段第二段", 2, "a", 8), Meeting.TAKEN),  # the same page wrote on
        (Copy("读书", "第一", 2, "a", 6), Meeting.SAME),  # overtaken on its way
        (Copy("读书", "另写", 4, "b", 1), Meeting.TAKEN),  # begun from what stands
        (Copy("读书", "另写", 3, "b", 9), Meeting.ASIDE),  # begun from what stood before
        (Copy("读书", "另写", 3, "", 0), Meeting.ASIDE),
    ],
)
def test_copies_meet(came, meeting):
    assert met(KEPT, came) is meeting


def test_clearing_a_long_text_is_noticed():
    long = Copy("读书", "字" * 40, 1)

    assert clears(long, Copy("读书", " ", 1))
    assert not clears(long, Copy("读书", "改短", 1))
    assert not clears(Copy("读书", "短", 1), Copy("读书", "", 1))


def test_words_stand_aside_once():
    assert beside("", "甲") == "甲"
    assert beside("甲", "甲") == "甲"
    assert beside("甲乙", "甲") == "甲乙"
    assert beside("甲", "乙").split("\n\n――――\n\n") == ["甲", "乙"]


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.text("甲乙丙", min_size=1, max_size=4), st.booleans()),
        max_size=12,
    )
)
def test_no_words_are_ever_lost(writes):
    """Two pages write in any order, each knowing what it saw last: all words stand somewhere."""
    kept, aside = Copy("题", "", 0), ""
    seen = {"a": 0, "b": 0}
    stroke = {"a": 0, "b": 0}
    last = {}
    for pen, text, looks_again in writes:
        if looks_again:
            seen[pen], stroke[pen], fresh = kept.version, 0, f"{pen}{kept.version}"
            last.pop(pen, None)
        else:
            fresh = f"{pen}{seen[pen]}"
        stroke[pen] += 1
        came = Copy("题", text, seen[pen], fresh, stroke[pen])
        meeting = met(kept, came)
        if meeting is Meeting.TAKEN:
            kept = Copy("题", text, kept.version + 1, fresh, stroke[pen])
        elif meeting is Meeting.ASIDE:
            aside = beside(aside, text)
        last[pen] = text

        assert text in kept.text or text in aside
