"""Taking a test: the clock, tries, lost phones, and one result whatever order saves arrive in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.apps.training.actions.quizzes import close_quiz
from gonghui.apps.training.actions.sitting import hand_in, save_answer, start
from gonghui.apps.training.flow import QUIZ
from gonghui.apps.training.models import Attempt, Quiz, Reply
from gonghui.apps.training.notices import hand_in_due
from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import history_of
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PersonFactory
from tests.factories.training import (
    CourseFactory,
    ExerciseFactory,
    LearnerFactory,
    QuizFactory,
    QuizPartFactory,
)

NOW = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
MOST_EXAMPLES = settings(max_examples=30)


@pytest.fixture
def quiz(cast) -> Quiz:
    """Open at the company: two single, one several-choice, one blank; 16 marks, 20 minutes."""
    for n in range(4):
        ExerciseFactory(org=cast.company, stem=f"单选 {n}")
    for _ in range(2):
        ExerciseFactory(org=cast.city, answer="multiple", key=[0, 2])
    ExerciseFactory(org=cast.company, answer="blank", options=[], key=["安全第一"])
    made = QuizFactory(org=cast.company, minutes=20, tries=2, pass_points=10, state="open")
    for answer, count, points in (("single", 2, 3), ("multiple", 1, 6), ("blank", 1, 4)):
        QuizPartFactory(quiz=made, answer=answer, count=count, points=points)
    return made


def right(reply: Reply) -> list:
    return [reply.key[0]] if reply.answer == "blank" else list(reply.key)


def test_paper_is_drawn_once_and_kept_as_it_was_given(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))
    first = list(attempt.replies.values_list("stem", "options", "key", "points"))
    quiz.org.exercise_set.update(stem="改过的题目", options=["别的"], key=[0])

    assert attempt.total == 16
    assert [row[3] for row in first] == [3, 3, 6, 4]
    assert list(attempt.replies.values_list("stem", "options", "key", "points")) == first


def test_questions_of_bodies_above_are_drawn_and_none_of_others(cast, quiz):
    ExerciseFactory(org=cast.other_company, answer="multiple", key=[0, 1])
    ExerciseFactory(org=cast.branch, answer="blank", options=[], key=["x"])
    ExerciseFactory(org=cast.company, answer="blank", options=[], key=["x"], is_current=False)

    attempt = start(quiz, by=cast.actor("alice"))

    bodies = set(attempt.replies.values_list("exercise__org", flat=True))
    assert bodies <= {cast.company.pk, cast.city.pk}


def test_lost_phone_finds_the_same_paper(cast, quiz):
    first = start(quiz, by=cast.actor("alice"))
    save_answer(first, 1, [1], number=1)

    again = start(quiz, by=cast.actor("alice"))

    assert again == first
    assert again.replies.get(place=1).said == [1]


def test_everything_right_gives_full_marks(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))
    for reply in attempt.replies.all():
        save_answer(attempt, reply.place, right(reply), number=1)

    done = hand_in(attempt, by=cast.actor("alice"))

    assert (done.score, done.passed) == (16, True)
    assert [entry.verb for entry in history_of(done)] == ["hand_in", "start"]


def test_nothing_answered_gives_nothing_and_does_not_pass(cast, quiz):
    done = hand_in(start(quiz, by=cast.actor("alice")), by=cast.actor("alice"))

    assert (done.score, done.passed) == (0, False)


@given(
    saves=st.lists(
        st.tuples(st.integers(1, 4), st.lists(st.integers(0, 2), unique=True)), max_size=12
    ),
    mix=st.randoms(),
)
@MOST_EXAMPLES
def test_saves_give_one_result_in_whatever_order_and_however_often(cast, quiz, saves, mix):
    numbered = list(enumerate(saves, 1))
    shaken = numbered + mix.sample(numbered, len(numbered) // 2)
    mix.shuffle(shaken)
    last = {place: said for _, (place, said) in numbered}
    person = PersonFactory(org=cast.branch)

    attempt = start(quiz, by=Actor(person))
    for number, (place, said) in shaken:
        save_answer(attempt, place, said, number=number)
    results = {hand_in(attempt, by=Actor(person)).score for _ in range(2)}

    kept = dict(attempt.replies.values_list("place", "said"))
    assert kept == {place: last.get(place, []) for place in (1, 2, 3, 4)}
    assert len(results) == 1
    assert results == {sum(attempt.replies.values_list("gained", flat=True))}


def test_answer_after_the_time_is_refused_with_a_sentence_and_the_rest_counts(cast, quiz):
    with time_machine.travel(NOW, tick=False) as clock:
        attempt = start(quiz, by=cast.actor("alice"))
        reply = attempt.replies.get(place=1)
        save_answer(attempt, 1, right(reply), number=1)
        clock.move_to(NOW + timedelta(minutes=20))

        with pytest.raises(DomainError, match="时间已到"):
            save_answer(attempt, 2, [0], number=2)
        clock.shift(timedelta(hours=3))
        done = hand_in(attempt, by=cast.actor("alice"))

    assert done.score == 3
    assert done.handed_in_at == NOW + timedelta(minutes=20)


def test_answer_a_moment_before_the_end_is_taken(cast, quiz):
    with time_machine.travel(NOW, tick=False) as clock:
        attempt = start(quiz, by=cast.actor("alice"))
        clock.move_to(NOW + timedelta(minutes=20) - timedelta(milliseconds=1))

        assert save_answer(attempt, 2, [0], number=1).said == [0]


def test_no_paper_outlives_its_test(cast, quiz):
    Quiz.objects.filter(pk=quiz.pk).update(closes_at=NOW + timedelta(minutes=5))

    with time_machine.travel(NOW, tick=False):
        attempt = start(quiz, by=cast.actor("alice"))

    assert attempt.ends_at == NOW + timedelta(minutes=5)


def test_answer_after_handing_in_is_refused(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))
    done = hand_in(attempt, by=cast.actor("alice"))

    with pytest.raises(DomainError, match="已经交卷"):
        save_answer(attempt, 1, right(attempt.replies.get(place=1)), number=9)
    assert hand_in(done, by=cast.actor("alice")).score == 0


def test_tries_are_counted_and_another_paper_is_drawn(cast, quiz):
    alice = cast.actor("alice")
    seeds = []
    for number in (1, 2):
        attempt = start(quiz, by=alice)
        seeds.append(attempt.seed)
        assert attempt.number == number
        hand_in(attempt, by=alice)

    with pytest.raises(DomainError, match="最多答 2 次"):
        start(quiz, by=alice)
    assert seeds[0] != seeds[1]


def test_a_paper_that_ran_out_counts_as_a_try_and_the_next_begins(cast, quiz):
    with time_machine.travel(NOW, tick=False) as clock:
        first = start(quiz, by=cast.actor("alice"))
        clock.shift(timedelta(minutes=21))
        second = start(quiz, by=cast.actor("alice"))

    first.refresh_from_db()
    assert (first.score, second.number) == (0, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "draft"}, "没有开放"),
        ({"opens_at": NOW + timedelta(hours=1)}, "开始"),
        ({"closes_at": NOW - timedelta(hours=1)}, "截止"),
    ],
)
def test_outside_its_time_nobody_begins(cast, quiz, change, words):
    Quiz.objects.filter(pk=quiz.pk).update(**change)

    with time_machine.travel(NOW), pytest.raises(DomainError, match=words):
        start(quiz, by=cast.actor("alice"))


def test_closing_hands_in_what_is_out(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))
    save_answer(attempt, 1, right(attempt.replies.get(place=1)), number=1)

    QUIZ.perform(quiz, "close", by=cast.actor("frank"))

    attempt.refresh_from_db()
    assert attempt.score == 3
    close_quiz(quiz, by=cast.actor("frank"))  # a second time changes nothing
    assert Attempt.objects.get(pk=attempt.pk).score == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pass_points": 17}, "超过满分 16"),
        ({"closes_at": NOW - timedelta(days=1)}, "截止时间已过"),
        ({"use": "contest"}, "参赛队"),
    ],
)
def test_test_that_cannot_work_is_not_opened(cast, quiz, change, words):
    Quiz.objects.filter(pk=quiz.pk).update(state="draft", **change)

    with time_machine.travel(NOW), pytest.raises(DomainError, match=words):
        QUIZ.perform(Quiz.objects.get(pk=quiz.pk), "open", by=cast.actor("frank"))


def test_test_with_too_few_questions_is_not_opened(cast, quiz):
    Quiz.objects.filter(pk=quiz.pk).update(state="draft")
    QuizPartFactory(quiz=quiz, answer="judge", count=3, topic="师德")

    with pytest.raises(DomainError, match="「师德」的判断题只够 0 题，要 3 题"):
        QUIZ.perform(quiz, "open", by=cast.actor("frank"))


def test_test_without_parts_is_not_opened(cast):
    with pytest.raises(DomainError, match="还没有定出题要求"):
        QUIZ.perform(QuizFactory(org=cast.company), "open", by=cast.actor("frank"))


# Through the door


def test_foreign_paper_does_not_exist(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))

    for url in (f"/training/my/attempt/{attempt.pk}/", f"/training/my/attempt/{attempt.pk}/1/"):
        for name in ("bob", "frank", "mallory"):
            assert cast.client(name).get(url).status_code == 404
            assert cast.client(name).post(url, {"said": "0", "number": 1}).status_code == 404
        assert cast.client("alice").get(url).status_code == 200
    assert attempt.replies.get(place=1).said == []


def test_key_is_never_sent_before_handing_in(cast, quiz):
    quiz.org.exercise_set.filter(answer="blank").update(key=["绝密答案"], explanation="绝密解析")
    attempt = start(quiz, by=cast.actor("alice"))
    alice = cast.client("alice")

    pages = [alice.get(f"/training/my/attempt/{attempt.pk}/{n}/").content for n in (1, 2, 3, 4)]
    pages.append(alice.get(f"/training/my/attempt/{attempt.pk}/").content)
    pages.append(alice.get(f"/training/my/quiz/{quiz.pk}/").content)

    assert not any("绝密" in page.decode() for page in pages)
    result = alice.get(f"/training/my/attempt/{attempt.pk}/result/")
    assert result.status_code == 302  # not before it is handed in


def test_key_is_shown_when_the_test_says_so(cast, quiz):
    quiz.org.exercise_set.filter(answer="blank").update(key=["绝密答案"])
    attempt = hand_in(start(quiz, by=cast.actor("alice")), by=cast.actor("alice"))
    url = f"/training/my/attempt/{attempt.pk}/result/"

    hidden = cast.client("alice").get(url).content.decode()
    Quiz.objects.filter(pk=quiz.pk).update(reveals="handed_in")
    shown = cast.client("alice").get(url).content.decode()

    assert ("绝密答案" in hidden, "绝密答案" in shown) == (False, True)


def test_whole_test_on_a_phone(cast, quiz):
    alice = cast.client("alice")
    begun = alice.post(f"/training/my/quiz/{quiz.pk}/")
    attempt = Attempt.objects.get(person=cast.alice)
    assert begun.url == f"/training/my/attempt/{attempt.pk}/1/"

    for reply in attempt.replies.all():
        page = alice.get(f"/training/my/attempt/{attempt.pk}/{reply.place}/")
        assert page["Cache-Control"].startswith("no-store") or "no-store" in page["Cache-Control"]
        answered = {"said": right(reply), "number": page.context["number"], "go": "next"}
        done = alice.post(f"/training/my/attempt/{attempt.pk}/{reply.place}/", answered)
        assert done.status_code == 302
    handed = alice.post(f"/training/my/attempt/{attempt.pk}/", follow=True)

    assert "16" in handed.content.decode()
    assert Attempt.objects.get().score == 16


def test_late_answer_on_a_phone_hands_in_and_says_so(cast, quiz):
    with time_machine.travel(NOW, tick=False) as clock:
        attempt = start(quiz, by=cast.actor("alice"))
        alice = cast.client("alice")
        clock.shift(timedelta(minutes=30))
        late = alice.post(
            f"/training/my/attempt/{attempt.pk}/1/", {"said": "0", "number": 1}, follow=True
        )

    assert "时间已到" in late.content.decode()
    assert Attempt.objects.get().handed_in_at == NOW + timedelta(minutes=20)


def test_autosave_answers_without_a_page(cast, quiz):
    attempt = start(quiz, by=cast.actor("alice"))
    url = f"/training/my/attempt/{attempt.pk}/1/"

    saved = cast.client("alice").post(url, {"said": "2", "number": 5, "go": "save"})

    assert (saved.status_code, saved.content) == (204, b"")
    assert attempt.replies.get(place=1).said == [2]


def test_test_of_a_class_is_only_for_its_learners(cast, quiz):
    course = CourseFactory(org=cast.company, quiz=quiz)
    url = f"/training/my/quiz/{quiz.pk}/"
    assert cast.client("alice").get(url).status_code == 404

    LearnerFactory(course=course, person=cast.alice)

    assert cast.client("alice").get(url).status_code == 200
    assert cast.client("bob").post(url).status_code == 404


def test_papers_that_ran_out_are_handed_in_by_the_clock(cast, quiz):
    with time_machine.travel(NOW, tick=False):
        start(quiz, by=cast.actor("alice"))

    hand_in_due(NOW + timedelta(minutes=19))
    assert Attempt.objects.get().handed_in_at is None
    hand_in_due(NOW + timedelta(minutes=20))
    assert Attempt.objects.get().handed_in_at == NOW + timedelta(minutes=20)


def test_blank_is_a_field_like_all_others_and_further_tries_are_told(cast, quiz):
    alice, page = cast.client("alice"), f"/training/my/quiz/{quiz.pk}/"
    assert "还可以答" not in alice.get(page).content.decode()
    attempt = start(quiz, by=cast.actor("alice"))
    place = attempt.replies.get(answer="blank").place

    drawn = alice.get(f"/training/my/attempt/{attempt.pk}/{place}/").content.decode()
    hand_in(attempt, by=cast.actor("alice"))

    assert '<div class="field"><label for="said">您的答案</label>' in drawn
    assert 'class="blank"' not in drawn  # that is how what is to be filled in is drawn
    assert "还可以答 1 次" in alice.get(page).content.decode()
    hand_in(start(quiz, by=cast.actor("alice")), by=cast.actor("alice"))
    assert "还可以答" not in alice.get(page).content.decode()
