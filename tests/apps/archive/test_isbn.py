"""Book numbers: the last digit, both lengths, and how people copy them."""

from __future__ import annotations

import pytest

from gonghui.apps.archive.engine.isbn import NoISBN, check_digit, looks_like, read

KNOWN = "9787020002207"


@pytest.mark.parametrize(
    "said",
    [KNOWN, "978-7-02-000220-7", "ISBN 978 7 02 000220 7", "ISBN：978-7-02-000220-7",
     "９７８７０２０００２２０７", "7-02-000220-X"],
)  # fmt: skip
def test_number_is_read_as_people_copy_it(said):
    assert read(said) == KNOWN


@pytest.mark.parametrize(
    "said",
    ["9787020002208", "9777020002207", "7020002201", "97870200022", "红楼梦", "", "X787020002207"],
)
def test_what_is_no_number_is_refused_with_a_sentence(said):
    with pytest.raises(NoISBN, match="书号"):
        read(said)


def test_title_that_begins_with_digits_is_no_number():
    assert not looks_like("1984")
    assert not looks_like("2026年安全生产读本")
    assert looks_like("7-02-000220-X")


@pytest.mark.parametrize("at", range(12))
def test_every_single_wrong_digit_is_noticed(at):
    wrong = KNOWN[:at] + str((int(KNOWN[at]) + 1) % 10) + KNOWN[at + 1 :]

    assert check_digit(wrong[:12]) != KNOWN[12]
