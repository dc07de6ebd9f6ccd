"""How texts and queries are cut."""

from __future__ import annotations

import pytest

from gonghui.core.search import grams


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("安澜市总工会", "安澜市总工会"),
        ("“安康杯”竞赛（第二届）", "安康杯竞赛第二届"),
        ("ＡＢＣ１２３ 车间", "abc123车间"),
        ("QC Circle 小组", "qc circle小组"),
        ("①　组织部", "1组织部"),
        ("2026-03-08", "2026 03 08"),
        ("  ", ""),
        ("ǂpeopleperson", "peopleperson"),
        ("a'b\"c*d:e", "a b c d e"),
    ],
)
def test_fold_makes_writings_equal(text, folded):
    assert grams.fold(text) == folded


def test_terms_are_runs_that_must_all_be_found():
    assert grams.terms_of("王xm 2026年 安澜 安澜") == ["王", "xm", "2026", "年", "安澜"]


def test_terms_are_bounded():
    assert grams.terms_of("甲" * 10_000) == ["甲" * grams.LONGEST_QUERY]
    assert len(grams.terms_of(" ".join("abcdefghijklm"))) == grams.MOST_TERMS
    assert grams.terms_of(" \n\t%_*\"'()") == []


def test_reading_of_a_title():
    reading = grams.read("安澜QC小组")

    assert (reading.pinyin, reading.initials) == ("anlanqcxiaozu", "alqcxz")
    assert reading.starts == (0, 2, 5, 7, 11)


def test_given_reading_of_a_surname_keeps_its_syllables():
    reading = grams.read_as("单晓明", "shanxiaoming", "sxm")

    assert reading.starts == (0, 4, 8)


def test_given_reading_that_cannot_be_cut_may_begin_anywhere():
    assert grams.read_as("乐乐", "leyue", "ly").starts == (0, 1, 2, 3, 4)
    assert grams.read_as("", "", "").starts == ()


def test_grams_hold_characters_pairs_and_endings():
    folded = "安澜qc"
    words = grams.grams_of("orgs.org", folded, grams.read(folded)).split(" ")

    assert words == sorted(words)
    assert set(words) == {
        "ǂorgsorg", "安", "澜", "安澜", "qc", "c", "anlanqc", "lanqc", "alqc", "lqc",
    }  # fmt: skip


def test_grams_of_one_kind_never_begin_another_kinds():
    assert grams.kind_gram("plans.item") == "ǂplansitem"


def test_wanted_grams_take_pairs_and_beginnings():
    assert grams.wanted_grams(["安澜市", "王", "xm"]) == (["安澜", "澜市", "王"], ["xm"])
    whole, _ = grams.wanted_grams(["一二三四五六七八九十" * 6])
    assert len(whole) <= grams.MOST_PAIRS


@pytest.mark.parametrize(
    ("text", "query", "pieces"),
    [
        ("安澜市总工会", "总工", [("安澜市", False), ("总工", True), ("会", False)]),
        ("安澜市总工会", "zgh", [("安澜市", False), ("总工会", True)]),
        ("安澜市总工会", "anlan", [("安澜", True), ("市总工会", False)]),
        ("“安”康", "安康", [("“", False), ("安", True), ("”", False), ("康", True)]),
        ("ＱＣ小组", "qc", [("ＱＣ", True), ("小组", False)]),
        ("职工之家", "家 工", [("职", False), ("工", True), ("之", False), ("家", True)]),
        ("无关", "x", [("无关", False)]),
        ("", "x", []),
    ],
)  # fmt: skip
def test_marked_shows_what_was_named(text, query, pieces):
    assert grams.marked(text, grams.terms_of(query)) == pieces
