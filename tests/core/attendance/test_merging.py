"""Marks of many phones add up to one attendance, whatever their order and however often sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gonghui.core.attendance.engine.merging import Mark, Outcome, add_up

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
END = START + timedelta(hours=2)
GRACE = timedelta(minutes=10)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def outcome(*marks: Mark) -> Outcome:
    return add_up(marks, starts_at=START, ends_at=END, grace=GRACE)


def mark(number: int, act: str, minutes: int, **more) -> Mark:
    return Mark(UUID(int=number), act, at(minutes), **more)


marks = st.lists(
    st.builds(
        Mark,
        number=st.integers(1, 9).map(lambda n: UUID(int=n)),
        act=st.sampled_from(["in", "out", "excuse"]),
        at=st.integers(-30, 150).map(at),
        way=st.sampled_from(["scanned", "ticked", "self"]),
        door=st.sampled_from(["", "东门", "西门"]),
    ),
    unique_by=lambda one: one.number,
    max_size=8,
)
undone = st.lists(st.integers(1, 9).map(lambda n: mark(100 + n, "undo", 5, undoes=UUID(int=n))))


@given(marks, undone, st.randoms(), st.integers(1, 3))
def test_any_order_and_any_number_of_sendings_give_the_same(made, undoing, dice, times):
    sent = (made + undoing) * times
    dice.shuffle(sent)

    assert outcome(*sent) == outcome(*made, *undoing)


@given(marks)
def test_undoing_everything_leaves_nothing(made):
    undoing = [mark(100 + m.number.int, "undo", 0, undoes=m.number) for m in made]

    assert outcome(*undoing, *made) == Outcome("")


def test_who_comes_within_the_grace_is_not_late():
    assert outcome(mark(1, "in", 10)).status == "present"
    assert outcome(mark(1, "in", 11)).status == "late"


def test_who_leaves_well_before_the_end_left_early():
    assert outcome(mark(1, "in", 0), mark(2, "out", 109)).status == "left_early"
    assert outcome(mark(1, "in", 0), mark(2, "out", 110)).status == "present"


def test_excused_and_come_all_the_same_counts_as_come_and_is_told():
    seen = outcome(mark(1, "excuse", -20, reason="出差"), mark(2, "in", 0))

    assert (seen.status, seen.reason, seen.conflict) == ("present", "出差", "请了假又签到")


def test_one_code_scanned_at_two_doors_is_told():
    twice = [mark(n, "in", n, way="scanned", door=door) for n, door in ((1, "东门"), (2, "西门"))]

    assert outcome(*twice).conflict == "同一个会员码扫了 2 次（东门、西门）"


def test_leaving_without_coming_is_no_attendance_but_told():
    assert outcome(mark(1, "out", 30)) == Outcome("absent", None, at(30), conflict="有签退没有签到")


def test_leaving_is_told_of_who_was_excused_too():
    seen = outcome(mark(1, "excuse", -20, reason="出差"), mark(2, "out", 30))

    assert (seen.status, seen.out_at, seen.conflict) == ("excused", at(30), "请了假又签退")


def test_second_reason_does_not_overwrite_the_first_in_silence():
    seen = outcome(mark(1, "excuse", -20, reason="出差"), mark(2, "excuse", -10, reason="生病"))

    assert (seen.reason, seen.conflict) == ("生病", "请假记了 2 种事由（出差、生病）")


# Two phones: what each noted, in its own order; their logs come in any way a network lets them.
logs = st.lists(marks, min_size=2, max_size=3)


@given(logs, undone, st.data())
def test_any_interleaving_of_logs_gives_the_same(made, undoing, data):
    renumbered = [
        [replace(one, number=UUID(int=one.number.int + 10 * phone)) for one in log]
        for phone, log in enumerate(made)
    ]
    renumbered.append(undoing)
    left, mixed = [list(log) for log in renumbered], []
    while any(left):
        mixed.append(data.draw(st.sampled_from([log for log in left if log])).pop(0))

    assert outcome(*mixed) == outcome(*(one for log in renumbered for one in log))
