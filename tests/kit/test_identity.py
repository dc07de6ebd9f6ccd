"""Numbers are checked as the standards say, and masked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.kit import identity

TODAY = date(2026, 11, 21)


def test_the_standards_own_samples_are_read():
    woman = identity.read_id("11010519491231002x", today=TODAY)

    assert woman == identity.IdReading("11010519491231002X", "110105", date(1949, 12, 31), "female")
    assert identity.id_check("44052418800101001") == "4"


def test_an_old_number_is_lengthened():
    reading = identity.read_id("110105491231002", today=TODAY)

    assert reading.number == "11010519491231002X"


def test_full_width_blanks_and_a_leading_mark_are_tidied():
    assert identity.read_id("'１１０１０５ 19491231 002Ｘ", today=TODAY).number == (
        "11010519491231002X"
    )


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "应为 18 位"),
        ("1101051949123100", "应为 18 位"),
        ("990105194912310021", "校验码"),
        ("100105194912310020", "不是省份代码"),
        ("11010519491331002X", "出生日期不存在"),
        ("440524188001010014", "出生日期不可能"),
        ("110105209912310021", "出生日期不可能"),
        ("110105194912310021", "校验码"),
    ],
)
def test_wrong_numbers_are_refused_with_the_reason(number, why):
    with pytest.raises(ValueError, match=why):
        identity.read_id(number, today=TODAY)


@given(
    st.sampled_from(sorted(identity.PROVINCES)),
    st.integers(0, 9999),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)
def test_every_made_number_is_read_back_and_every_slip_of_a_digit_noticed(
    province, rest, born, order
):
    first = f"{province}{rest:04}{born:%Y%m%d}{order:03}".replace(" ", "0")
    number = first + identity.id_check(first)

    reading = identity.read_id(number, today=TODAY)

    assert (reading.birth_date, reading.region) == (born, number[:6])
    assert reading.sex == ("male" if order % 2 else "female")
    slipped = str((int(number[16]) + 1) % 10)
    assert not identity.looks_like_id(number[:16] + slipped + number[17])


@pytest.mark.parametrize("number", ["E12345678", "H1234567890", "01234567", "a123456(7)"])
def test_other_documents_have_no_check_digit(number):
    assert identity.document_problem(number) == ""


@pytest.mark.parametrize("number", ["", "12", "护照12345", "A" * 31])
def test_what_is_no_document_at_all_is_refused(number):
    assert "5 至 30 位" in identity.document_problem(number)


@pytest.mark.parametrize(
    ("number", "fits"), [("13800001234", True), ("１３８ 0000 1234", True), ("12800001234", False)]
)
def test_mobile_numbers(number, fits):
    assert (identity.mobile_problem(number) == "") is fits


def test_bank_cards_are_checked_by_luhn():
    assert identity.luhn("79927398713")
    assert not identity.luhn("79927398710")
    assert "12 至 19 位" in identity.card_problem("1234")
    assert "校验位" in identity.card_problem("6222020000000000001")
    assert identity.card_problem("4111-1111-1111-1111") == ""


def test_credit_codes():
    assert identity.code_problem("91350100M000100Y43") == ""
    assert "校验码" in identity.code_problem("91350100M000100Y44")
    assert "没有 I、O、S、V、Z" in identity.code_problem("91350100O000100Y43")
    assert "18 位" in identity.code_problem("913501")


def test_union_codes_begin_as_the_standard_says():
    first = "81350100M000100Y4"
    code = first + identity.code_check(first)

    assert identity.union_code_problem(code, is_grassroots=True) == ""
    assert "89 开头" in identity.union_code_problem(code, is_grassroots=False)
    assert "81 开头" in identity.union_code_problem("91350100M000100Y43", is_grassroots=True)
    slipped = first + identity.CODE_LETTERS[identity.CODE_LETTERS.index(code[-1]) - 1]
    assert "校验码" in identity.union_code_problem(slipped, is_grassroots=True)


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (identity.mask_number, "11010519491231002X", "110105********002X"),
        (identity.mask_number, "E12345678", "*******78"),
        (identity.mask_mobile, "13812345678", "138****5678"),
        (identity.mask_mobile, "12345", "*****"),
        (identity.mask_card, "6222020000000001234", "**** 1234"),
        (identity.mask_card, "123", "***"),
    ],
)
def test_masks(mask, text, shown):
    assert mask(text) == shown
