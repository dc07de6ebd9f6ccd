"""A pair: both agree, they work together, each lesson is confirmed, and it ends well or not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from gonghui.apps.mentoring.actions.pairs import (
    confirm_lesson,
    pass_milestone,
    propose_pair,
    write_lesson,
)
from gonghui.apps.mentoring.flow import LIFE
from gonghui.apps.mentoring.models import Lesson, Pair, State
from gonghui.apps.mentoring.queries.pairs import hours_of, lessons_to_confirm, steps_of
from gonghui.core.credits.models import Credit
from gonghui.core.flow.life import Refused
from gonghui.core.notices.models import Notice
from gonghui.kit.errors import DomainError
from tests.factories.mentoring import MilestoneFactory, PairFactory, TrackFactory

DAY = date(2026, 3, 10)


@pytest.fixture
def running(cast) -> Pair:
    return PairFactory(
        org=cast.company, mentor=cast.bob, apprentice=cast.alice, state="running",
        track=TrackFactory(org=cast.company),
    )  # fmt: skip


def credits_of(person) -> list[tuple[str, str, Decimal]]:
    rows = Credit.objects.standing().filter(person=person).order_by("pk")
    return list(rows.values_list("kind", "role", "amount"))


@pytest.mark.parametrize(
    "steps",
    [
        (("bob", "mentor_agree"), ("alice", "apprentice_agree_too")),
        (("alice", "apprentice_agree"), ("bob", "mentor_agree_too")),
    ],
)
def test_it_is_agreed_when_both_did_in_either_order(cast, steps):
    pair = propose_pair(
        Pair(
            org=cast.company, mentor=cast.bob, apprentice=cast.alice, field="车工",
            since=DAY, until=date(2027, 3, 9),
        ),
        by=cast.actor("frank"),
    )  # fmt: skip
    told = Notice.objects.filter(title__contains="结对").values_list("person_id", flat=True)
    assert set(told) == {cast.alice.pk, cast.bob.pk}

    for name, step in steps:
        LIFE.perform(pair, step, by=cast.actor(name))

    pair.refresh_from_db()
    assert pair.state == State.AGREED
    assert None not in (pair.mentor_agreed_at, pair.apprentice_agreed_at)
    LIFE.perform(pair, "begin", by=cast.actor("bob"))


def test_nobody_agrees_for_another(cast):
    pair = PairFactory(org=cast.company, mentor=cast.bob, apprentice=cast.alice)

    for name, step in (
        ("frank", "mentor_agree"),
        ("alice", "mentor_agree"),
        ("bob", "apprentice_agree"),
    ):
        with pytest.raises(Refused):
            LIFE.perform(pair, step, by=cast.actor(name))


def test_who_declines_says_why(cast):
    pair = PairFactory(org=cast.company, mentor=cast.bob, apprentice=cast.alice)

    LIFE.perform(pair, "decline", by=cast.actor("alice"), reason="轮岗")

    pair.refresh_from_db()
    assert (pair.state, pair.ending) == (State.DECLINED, "轮岗")


def test_somebody_who_left_is_paired_with_nobody(cast):
    cast.bob.left_on = DAY
    cast.bob.save()
    pair = Pair(
        org=cast.company, mentor=cast.bob, apprentice=cast.alice, field="车工", since=DAY, until=DAY
    )

    with pytest.raises(DomainError, match="已经离开"):
        propose_pair(pair, by=cast.actor("frank"))


def test_lesson_counts_when_the_other_confirmed_it(cast, running):
    bob, alice = cast.actor("bob"), cast.actor("alice")
    lesson = write_lesson(running, by=bob, on=DAY, what="对刀", hours=Decimal("1.5"))

    assert list(lessons_to_confirm(cast.alice)) == [lesson]
    assert (credits_of(cast.alice), hours_of(running)) == ([], None)
    with pytest.raises(DomainError, match="另一方"):
        confirm_lesson(lesson, by=bob)
    with pytest.raises(DomainError, match="另一方"):
        confirm_lesson(lesson, by=cast.actor("frank"))

    confirm_lesson(lesson, by=alice)

    assert credits_of(cast.bob) == [("learning", "taught", Decimal("1.5"))]
    assert credits_of(cast.alice) == [("learning", "attended", Decimal("1.5"))]
    assert hours_of(running) == Decimal("1.5")
    assert list(lessons_to_confirm(cast.alice)) == []
    with pytest.raises(DomainError, match="已经确认"):
        confirm_lesson(lesson, by=alice)


def test_lesson_without_hours_stands_and_earns_none(cast, running):
    lesson = write_lesson(running, by=cast.actor("alice"), on=DAY, what="看图纸")

    confirm_lesson(lesson, by=cast.actor("bob"))

    assert credits_of(cast.alice) == []


def test_only_the_two_write_and_not_before_it_began(cast, running):
    with pytest.raises(DomainError, match="师傅和徒弟才能"):
        write_lesson(running, by=cast.actor("frank"), on=DAY, what="对刀")
    with pytest.raises(DomainError, match="2026-03-01"):
        write_lesson(running, by=cast.actor("bob"), on=date(2026, 2, 28), what="对刀")


def test_milestones_are_counted_from_the_first_day(cast, running):
    first = MilestoneFactory(track=running.track, months=12, title="一年站稳讲台")
    blank = MilestoneFactory(track=running.track, months=12, title="过好五关", needs_words=True)

    pass_milestone(running, first, on=date(2026, 12, 1), words="稳", by=cast.actor("bob"))

    steps = steps_of(running, date(2027, 3, 2))
    assert [(one.due_on, one.words, one.is_late) for one in steps] == [
        (date(2027, 3, 1), "已达到", False),
        (date(2027, 3, 1), "由本单位填写", False),
    ]
    with pytest.raises(DomainError, match="还没有写明内容"):
        pass_milestone(running, blank, on=DAY, words="", by=cast.actor("bob"))
    with pytest.raises(DomainError, match="已经评定过"):
        pass_milestone(running, first, on=DAY, words="", by=cast.actor("bob"))
    with pytest.raises(DomainError, match="不是这对师徒"):
        pass_milestone(running, MilestoneFactory(), on=DAY, words="", by=cast.actor("bob"))


def test_milestone_is_late_the_day_after(cast, running):
    MilestoneFactory(track=running.track, months=12)

    assert [steps_of(running, day)[0].is_late for day in (date(2027, 3, 1), date(2027, 3, 2))] == [
        False,
        True,
    ]


def test_graduation_earns_both_their_credit(cast, running):
    answers = {"on": DAY, "grade": "excellent", "verdict": "能独立操作。"}

    for name in ("bob", "alice"):
        with pytest.raises(Refused):
            LIFE.perform(running, "graduate", by=cast.actor(name), **answers)
    LIFE.perform(running, "graduate", by=cast.actor("frank"), **answers)

    running.refresh_from_db()
    assert (running.state, running.grade, running.ended_on) == ("graduated", "excellent", DAY)
    assert credits_of(cast.bob) == [("mentoring", "taught", Decimal(1))]
    assert credits_of(cast.alice) == [("mentoring", "own", Decimal(1))]


def test_graduation_before_the_first_day_is_refused(cast, running):
    with pytest.raises(DomainError, match="早于结对"):
        LIFE.perform(
            running, "graduate", by=cast.actor("frank"),
            on=date(2026, 2, 1), grade="passed", verdict="好",
        )  # fmt: skip


def test_end_earns_nothing_and_keeps_its_reason(cast, running):
    LIFE.perform(running, "end", by=cast.actor("frank"), on=DAY, reason="调离")

    running.refresh_from_db()
    assert (running.state, running.ending) == ("ended", "调离")
    assert not Credit.objects.exists()


def test_lesson_that_was_not_so_is_taken_out_by_either_until_it_is_confirmed(cast, running):
    alice, bob = cast.client("alice"), cast.client("bob")
    wrong = write_lesson(running, by=cast.actor("bob"), on=DAY, what="磨刀", hours=Decimal(20))
    Notice.objects.all().delete()
    drop = reverse("mentoring:my-lesson-drop", args=[wrong.pk])
    assert drop in alice.get(reverse("mentoring:my-pair", args=[running.pk])).content.decode()

    assert cast.client("frank").post(drop).status_code == 404
    alice.post(drop)
    assert not Lesson.objects.exists()
    assert list(Notice.objects.values_list("person", "title")) == [
        (cast.bob.pk, "带教记录没有确认：磨刀")
    ]
    again = write_lesson(running, by=cast.actor("bob"), on=DAY, what="磨刀", hours=Decimal(2))
    bob.post(reverse("mentoring:my-lesson-drop", args=[again.pk]))
    assert Notice.objects.filter(person=cast.bob).count() == 1

    kept = write_lesson(running, by=cast.actor("bob"), on=DAY, what="磨刀", hours=Decimal(2))
    confirm_lesson(kept, by=cast.actor("alice"))
    bob.post(reverse("mentoring:my-lesson-drop", args=[kept.pk]))
    assert Lesson.objects.get() == kept
