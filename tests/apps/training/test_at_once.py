"""Two phones at once: one paper, one try, one result."""

from __future__ import annotations

import pytest

from gonghui.apps.training.actions.sitting import hand_in, save_answer, start
from gonghui.apps.training.engine.marking import gained
from gonghui.apps.training.models import Attempt, Quiz
from gonghui.core.history.trail import history_of
from tests.factories.training import ExerciseFactory, QuizFactory, QuizPartFactory
from tests.together import AT_ONCE, together

pytestmark = AT_ONCE


@pytest.fixture
def quiz(cast) -> Quiz:
    """One try at three questions."""
    for n in range(3):
        ExerciseFactory(org=cast.company, stem=f"单选 {n}")
    made = QuizFactory(org=cast.company, minutes=20, tries=1, pass_points=5, state="open")
    QuizPartFactory(quiz=made, count=3)
    return made


def test_two_phones_begin_one_paper(cast, quiz):
    def begin() -> Attempt:
        return start(quiz, by=cast.actor("alice"))

    refused = together(begin, begin)

    assert refused == []
    assert Attempt.objects.get().replies.count() == 3


def test_paper_is_handed_in_once(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))

    def finish() -> Attempt:
        return hand_in(attempt, by=cast.actor("alice"))

    assert together(finish, finish) == []
    assert [one.verb for one in history_of(attempt)].count("hand_in") == 1


def test_answer_beside_handing_in_counts_or_is_refused(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))
    first = attempt.replies.get(place=1)

    refused = together(
        lambda: save_answer(attempt, 1, list(first.key), number=1),
        lambda: hand_in(attempt, by=cast.actor("alice")),
    )

    attempt.refresh_from_db()
    first.refresh_from_db()
    assert refused in ([], ["已经交卷，不能再改。"])
    assert bool(first.said) is (refused == [])
    assert first.gained == gained(first.answer, first.key, first.said, first.points, "whole")
    assert attempt.score == first.gained
