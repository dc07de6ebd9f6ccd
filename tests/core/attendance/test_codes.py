"""Codes at the door: only ours, only now, only while the doors stand open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonghui.core.attendance.engine import codes

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET, OTHER = b"a" * 32, b"b" * 32
WINDOW = codes.doors(
    START, START + timedelta(hours=2), early=timedelta(hours=1), late=timedelta(hours=0)
)


def refusal(code: str, now: datetime, secret: bytes = SECRET) -> str:
    with pytest.raises(codes.BadCode) as caught:
        codes.check(code, secret, WINDOW, now)
    return caught.value.sentence


def test_screen_code_is_good_for_a_minute_at_most():
    code = codes.screen_code(7, SECRET, START)

    codes.check(code, SECRET, WINDOW, START)
    codes.check(code, SECRET, WINDOW, START + timedelta(seconds=59))
    assert "过期" in refusal(code, START + timedelta(seconds=60))


def test_screen_code_of_a_minute_to_come_is_refused():
    assert "过期" in refusal(codes.screen_code(7, SECRET, START + timedelta(minutes=1)), START)


def test_poster_is_good_for_the_whole_session_and_not_outside():
    code = codes.poster_code(7, SECRET)

    codes.check(code, SECRET, WINDOW, START + timedelta(hours=2))
    assert refusal(code, START - timedelta(hours=2)) == "还没到签到时间，08:00 开始签到。"
    assert "已经结束" in refusal(code, START + timedelta(hours=2, seconds=1))


def test_code_of_another_session_or_a_changed_one_is_refused():
    code = codes.screen_code(7, SECRET, START)

    assert "不是本场" in refusal(code, START, OTHER)
    assert "不是本场" in refusal(code.replace("s.7.", "s.8."), START)
    assert "不是本场" in refusal(code[:-1] + ("A" if code[-1] != "A" else "B"), START)


@pytest.mark.parametrize("text", ["", "hello", "https://a.b/c", "x.1.2.3", "s.x.1.y", "s..1.y"])
def test_what_is_no_code_is_said_to_be_none(text):
    with pytest.raises(codes.BadCode):
        codes.session_of(text)


def test_code_names_its_session():
    assert codes.session_of(codes.screen_code(7, SECRET, START)) == 7
    assert codes.session_of(codes.poster_code(41, SECRET)) == 41
