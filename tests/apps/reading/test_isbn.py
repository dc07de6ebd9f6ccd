"""Numbers of books: both ways of writing them, and every way of getting them wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.reading.engine.isbn import BadNumber, check_digit, read, short_check_digit

NINE = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("978-7-02-000220-7", "9787020002207"),
        ("702000220X", "9787020002207"),
        ("ISBN 978-7-02-000220-7", "9787020002207"),
        ("９７８７０２０００２２０７", "9787020002207"),
        ("080442957X", "9780804429573"),
        ("0-8044-2957-x", "9780804429573"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_number_is_read(said, kept):
    assert read(said) == kept


@pytest.mark.parametrize(
    "said", ["9787020002208", "7020002207", "12345", "9777020002207", "978702000220X", "一本书"]
)
def test_wrong_number_is_refused_in_words(said):
    with pytest.raises(BadNumber) as refused:
        read(said)

    assert refused.value.sentence.endswith("。") or "请对照封底" in refused.value.sentence


@given(NINE)
def test_short_number_becomes_its_long_one(nine):
    short, body = nine + short_check_digit(nine), "978" + nine

    assert read(short) == body + check_digit(body)


@given(NINE, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine, at, off):
    body = "978" + nine
    right = body + check_digit(body)
    wrong = right[:at] + str((int(right[at]) + off) % 10) + right[at + 1 :]

    with pytest.raises(BadNumber):
        read(wrong)
