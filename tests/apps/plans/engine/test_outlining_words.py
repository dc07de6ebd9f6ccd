"""Facts of a node in words, and words back into facts."""

import pytest

from gonghui.apps.plans.engine.outline_words import (
    cadence_words,
    due_from_words,
    due_words,
    goal_words,
    goals_from_words,
    month_words,
)
from gonghui.apps.plans.engine.outlining import Cadence, Goal, Impossible


@pytest.mark.parametrize(
    ("months", "words"),
    [((), ""), ((4,), "4 月"), ((4, 5), "4–5 月"), ((1, 3, 4, 5, 9), "1、3–5、9 月")],
)
def test_months_are_said_as_runs(months, words):
    assert month_words(months) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        ("05-04", "5 月 4 日"),
        ("double-ninth", "重阳节"),
        ("2028-09-30", "2028 年 9 月 30 日"),
    ],
)
def test_due_dates_are_said(due, words):
    assert due_words(due) == words


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("", None),
        ("5-31", "05-31"),
        ("5月31日", "05-31"),
        ("5 月 31 日", "05-31"),
        ("12.31", "12-31"),
        ("2028年9月30日", "2028-09-30"),
        ("2028-9-30", "2028-09-30"),
        ("重阳节", "double-ninth"),
        ("国庆节", "10-01"),
        ("端午", "dragon-boat-festival"),
    ],
)
def test_due_dates_are_understood(words, due):
    assert due_from_words(words) == due


@pytest.mark.parametrize("words", ["2-30", "月底", "五月"])
def test_a_date_not_understood_is_said_so(words):
    with pytest.raises(Impossible):
        due_from_words(words)


@pytest.mark.parametrize(
    ("cadence", "words"),
    [
        (Cadence("week", 1, 1), "每周 1 次"),
        (Cadence("month", 1, 2), "每月 1–2 次"),
        (Cadence("2years", 1, 1), "每两年 1 次"),
        (Cadence("2months", 1, 1), "每两个月 1 次"),
    ],
)
def test_rhythms_are_said(cadence, words):
    assert cadence_words(cadence) == words


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (Goal(">=", 80, "%"), "≥ 80%"),
        (Goal("~", 10, "名"), "约 10名"),
        (Goal("=", 12_000_000, "元"), "12,000,000元"),
        (Goal("<=", 2.5, "%"), "≤ 2.5%"),
    ],
)
def test_figures_are_said_and_understood_again(goal, words):
    assert goal_words(goal) == words
    assert goals_from_words(words) == (goal,)


def test_several_figures_are_told_apart():
    assert goals_from_words("80%以上；约10名") == (Goal(">=", 80, "%"), Goal("~", 10, "名"))
    with pytest.raises(Impossible, match="很多"):
        goals_from_words("很多")
