"""What the reader takes for a task, a goal, a section or a note."""

from __future__ import annotations

import pytest

from gonghui.apps.plans.engine.reader import read_text
from gonghui.apps.plans.engine.reading import Node


def below(heading: str, words: str) -> Node:
    """The only item below a heading of a plan."""
    _, node = read_text(f"工会工作计划\n一、{heading}\n1、{words}").plans[0].nodes
    return node


@pytest.mark.parametrize(
    "words",
    [
        "五一前签订集体合同。",
        "12月5日前各分会报送总结。",
        "12月15日前完成全年工作总结。",
        "各分会报送全年工作总结。",
        "每月检查一次劳动防护用品。",
        "会员信息录入率达到100%。",
        "教师广播体操展示",
        "板报",
        "用好帮扶资金。",
    ],
)
def test_a_numbered_line_is_a_task(words):
    assert below("日常工作", words).kind == "task"


@pytest.mark.parametrize(
    ("heading", "words", "kind"),
    [
        ("建家标准", "有场地；", "note"),
        ("基本认识", "读书是职工成长的基础。", "note"),
        ("其他", "本办法自印发之日起施行。", "note"),
        ("建家标准", "6月底前对照检查。", "task"),
        ("工作目标", "职工入会率明显提高。", "goal"),
        ("工作目标", "入会率达到95%以上。", "goal"),
        ("工作目标", "9月底前建成职工书屋。", "task"),
        ("去年工作回顾", "3月举办职工运动会。", "note"),
    ],
)
def test_a_saying_is_a_note_and_a_dated_line_is_done(heading, words, kind):
    assert below(heading, words).kind == kind


def test_words_around_the_items_are_notes():
    first, section, task, last = (
        read_text(
            "工会工作计划\n全年工作安排如下，请各分会落实。\n一、学习\n1、办好书屋。\n"
            "让我们一起努力，完成全年任务！"
        )
        .plans[0]
        .nodes
    )

    assert [n.kind for n in (first, section, task, last)] == ["note", "section", "task", "note"]


@pytest.mark.parametrize("words", ["3月底前完成预算。", "12月10日前推荐会员。", "5月举办健步走。"])
def test_a_number_before_a_month_is_no_decimal_numbering(words):
    lines = ["1.每月学习一次。", f"2.{words}", "3.每季度座谈一次。"]
    nodes = read_text("工会工作计划\n一、学习\n" + "\n".join(lines)).plans[0].nodes

    assert [(n.parent, n.marker) for n in nodes[1:]] == [(1, "1."), (1, "2."), (1, "3.")]
    assert nodes[2].text == words
    assert nodes[2].months or nodes[2].due
