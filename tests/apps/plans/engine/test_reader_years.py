"""Plans over several years: all of them are its own, and a day keeps the year it names."""

from __future__ import annotations

import pytest

from gonghui.apps.plans.engine.outline_reading import from_reading
from gonghui.apps.plans.engine.reader import read, read_text
from gonghui.apps.plans.engine.reading import Node
from gonghui.kit.blocks import plain_blocks

TITLE = "职工素质提升三年行动计划（2026—2028年）"


def node(words: str, title: str = TITLE) -> Node:
    return read_text(f"{title}\n一、{words}").plans[0].nodes[0]


def test_the_years_of_the_title_are_the_plans_own():
    assert node("总结阶段（2028年10月至12月）").months == (10, 11, 12)
    assert node("推进标准化，2026年6月底前达标，2027年全覆盖").due == "06-30"
    assert node("学校工作，2026年3月召开教代会", "2025-2026学年工会计划").months == (3,)
    assert node("回顾2025年5月完成的工作").months == ()


def test_the_latest_day_is_that_of_the_latest_year():
    stated = node("到2026年11月底建成3家，到2027年6月底建成5家")

    assert (stated.due, stated.years) == ("06-30", (2026, 2027))
    assert stated.doubts == ("写了几个期限（2026-11-30、2027-06-30），取了最后一个，请核对。",)


@pytest.mark.parametrize("title", [TITLE, "2026年工会工作计划"])
def test_a_year_holds_for_what_follows(title):
    assert node("2026年2月15日前报方案，12月10日前报总结", title).due == "12-10"


def test_what_is_to_be_reached_in_the_plans_years_is_no_past():
    stated = node("三年内，累计培训职工10万人次，2027年评选工匠10名")

    assert [(t.value, t.unit) for t in stated.targets] == [(100000, "人次"), (10, "名")]


def test_a_year_given_with_the_document_is_its_own():
    blocks = plain_blocks("行动计划\n一、主要工作\n1、换届，2027年5月底前完成")

    assert read(blocks).plans[0].nodes[1].due is None
    assert read(blocks, years=(2026, 2027)).plans[0].nodes[1].due == "05-31"


@pytest.mark.parametrize(
    ("words", "months", "due"),
    [
        ("启动，2026年1月至3月", (1, 2, 3), "2026-03-31"),
        ("验收，2028年12月底前", (), "2028-12-31"),
        ("推进，2026年4月至2028年9月", (), "2028-09-30"),
        ("2026年6月底前完成动员，2027年3月开展验收", (), "2026-06-30"),
        ("五一前夕表彰", (), "04-30"),
        ("每年6-9月练兵", (6, 7, 8, 9), None),
    ],
)
def test_the_outline_keeps_the_year_with_the_day(words, months, due):
    line = from_reading(read_text(f"{TITLE}\n一、{words}")).nodes[0]

    assert (line.months, line.due) == (months, due)


def test_a_plan_of_one_year_needs_none():
    line = from_reading(read_text("2026年工会工作计划\n一、2026年3月底前换届")).nodes[0]

    assert line.due == "03-31"


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("11月至次年3月开展冬训", (11, 12)),
        ("今年11月到明年1月送温暖", (11, 12)),
        ("2026年11月至2027年3月开展冬训", (11, 12)),
        ("2025年12月至2026年2月送温暖", (1, 2)),
        ("去年12月至今年2月送温暖", (1, 2)),
        ("2026年3月至10月开展练兵", (3, 4, 5, 6, 7, 8, 9, 10)),
        ("2026年11月开展冬训，2027年3月总结", (11,)),
    ],
)
def test_of_a_range_over_the_years_end_this_years_months_are_the_plans(words, months):
    assert node(words, "2026年工会工作计划").months == months
