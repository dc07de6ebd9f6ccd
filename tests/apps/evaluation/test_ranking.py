"""Grades within quotas: limits on both sides, ties left to people, places that pass down."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gonghui.apps.evaluation.engine.marking import Rule
from gonghui.apps.evaluation.engine.ranking import Tie, grant
from gonghui.apps.evaluation.engine.trying import Changed, marks_if

BANDS = [("优胜", Fraction(80)), ("标兵", Fraction(90)), ("学习型", Fraction(60))]


def marks(*said: object) -> dict[int, Fraction]:
    return {number: Fraction(str(one)) for number, one in enumerate(said)}


@pytest.mark.parametrize(
    ("mark", "grade"),
    [
        ("90", "标兵"),
        ("89.99", "优胜"),
        ("80", "优胜"),
        ("79.99", "学习型"),
        ("60", "学习型"),
        ("59.99", None),
    ],
)
def test_a_limit_belongs_to_the_grade_it_begins(mark, grade):
    assert grant(marks(mark), BANDS, {}, {}).grades.get(0) == grade


def test_who_finds_no_place_is_considered_for_the_next_grade():
    found = grant(marks(95, 94, 93, 70), BANDS, {"标兵": 1, "优胜": 1}, {})

    assert found.grades == {0: "标兵", 1: "优胜", 2: "学习型", 3: "学习型"}
    assert found.ties == ()


def test_equals_within_the_quota_are_no_tie():
    assert grant(marks(95, 95), BANDS, {"标兵": 2}, {}).ties == ()


def test_equals_below_the_last_place_are_no_tie():
    found = grant(marks(96, 95, 95), BANDS, {"标兵": 1}, {})

    assert found.ties == ()
    assert found.grades == {0: "标兵", 1: "优胜", 2: "优胜"}


def test_a_tie_at_the_limit_stops_until_as_many_as_seats_are_chosen():
    held = marks(96, 95, 95, 95)

    open_ = grant(held, BANDS, {"标兵": 3}, {})
    few = grant(held, BANDS, {"标兵": 3}, {1: "标兵"})
    decided = grant(held, BANDS, {"标兵": 3}, {1: "标兵", 3: "标兵"})

    assert open_.ties == (Tie("标兵", 2, (1, 2, 3)),)
    assert open_.grades == {0: "标兵"}
    assert few.ties == open_.ties
    assert decided.grades == {0: "标兵", 1: "标兵", 3: "标兵", 2: "优胜"}


def test_a_third_of_a_mark_is_exact():
    third = Fraction(1, 3)

    found = grant({1: 90 + third, 2: Fraction(271, 3)}, BANDS, {"标兵": 1}, {})

    assert found.ties == (Tie("标兵", 1, (1, 2)),)


@pytest.mark.parametrize(
    ("rule", "value", "changed", "expected"),
    [
        (
            Rule("linear", Fraction(10), Fraction(10), Fraction(0)),
            Fraction(5),
            Changed(Fraction(20)),
            10,
        ),
        (
            Rule("linear", Fraction(10), Fraction(10), Fraction(0)),
            Fraction(5),
            Changed(full_at=Fraction(5)),
            10,
        ),
        (
            Rule("linear", Fraction(10), Fraction(10), Fraction(0)),
            Fraction(5),
            Changed(zero_at=Fraction(5)),
            0,
        ),
        (
            Rule("linear", Fraction(10), Fraction(10), Fraction(0)),
            Fraction(5),
            Changed(zero_at=Fraction(10)),
            None,
        ),
        (Rule("mark", Fraction(20)), Fraction(15), Changed(Fraction(40)), 30),
        (Rule("each", Fraction(5), each=Fraction(1)), Fraction(8), Changed(Fraction(10)), 8),
        (Rule("deduct", Fraction(6), each=Fraction(2)), Fraction(1), Changed(Fraction(10)), 8),
        (Rule("level", Fraction(4), options=(("有", Fraction(4)),)), "有", Changed(Fraction(8)), 8),
        (Rule("ticks", Fraction(4), options=(("甲", Fraction(4)),)), [], Changed(Fraction(8)), 0),
        (Rule("mark", Fraction(20)), None, Changed(Fraction(40)), None),
    ],
)
def test_what_if_marks_anew_and_knows_no_more_than_before(rule, value, changed, expected):
    assert marks_if(rule, value, changed) == expected
