"""Habits of hospitals, building sites, schools and banks: days, stages and tables of their own."""

from __future__ import annotations

from gonghui.apps.plans.engine.reader import read, read_text
from gonghui.apps.plans.engine.reading import Node
from gonghui.kit.blocks import Cell, Paragraph, Table
from tests.apps.plans.engine.reader_outlines import in_order, lost_and_invented


def outline(*lines: str) -> list[tuple[int, Node]]:
    """The nodes of a text with their depth; nothing of it is lost."""
    text = "\n".join(("工会2026年工作计划", *lines))
    reading = read_text(text)
    assert lost_and_invented(text, reading) == ({}, {})
    assert in_order(text, reading)
    depths = {None: -1}
    found = []
    for node in reading.plans[0].nodes:
        depths[node.id] = depths[node.parent] + 1
        found.append((depths[node.id], node))
    return found


def said(found: list[tuple[int, Node]]) -> list[str]:
    return [f"{depth} {node.marker} {node.text[:6]}" for depth, node in found]


def test_formal_numerals_number():
    found = outline("壹、竞赛主题", "人人讲安全", "贰、目标任务", "⑴覆盖率：100%", "⑵事故：0起")

    assert said(found) == [
        "0 壹、 竞赛主题\n人", "0 贰、 目标任务", "1 ⑴ 覆盖率：10", "1 ⑵ 事故：0起"
    ]  # fmt: skip


def test_bare_numbers_glued_to_their_words():
    found = outline("1强化学习,每月一次2深入谈心,每年至少2次3开展活动，办12场比赛4做好福利。")

    assert [node.marker for _, node in found] == ["1", "2", "3", "4"]
    assert said(outline("1强化学习，慰问2户家庭，开会3次。")) == ["0  1强化学习，"]


def test_days_within_a_month_stand_below_it():
    found = outline("7月", "上旬：召开女工委会议", "下旬：夏令营报名", "9月", "19日前完成摸底")

    assert [(depth, node.months) for depth, node in found] == [
        (0, (7,)), (1, ()), (1, ()), (0, (9,)), (1, ())
    ]  # fmt: skip
    assert found[-1][1].due == "09-19"


def test_stages_in_brackets_carry_their_dates():
    found = outline(
        "一、实施步骤", "【启动阶段】3月1日～3月31日：印发方案。", "【实施阶段】4月～6月：",
        "• 知识竞赛；", "• 应急演练", "【总结阶段】12月：评审表彰。", "二、要求",
    )  # fmt: skip

    assert [(depth, node.months) for depth, node in found] == [
        (0, ()), (1, (3,)), (1, (4, 5, 6)), (2, ()), (2, ()), (1, (12,)), (0, ())
    ]  # fmt: skip


def test_schedule_below_the_tasks_is_a_chapter_of_its_own():
    found = outline(
        "主要任务", "A. 民主管理", "a) 完成换届。", "b) 召开职代会。", "B. 文化活动",
        "a) 元旦晚会。", "b) 健步走。", "工作安排", "九月", "1、迎新；2、慰问。", "十月",
        "1、运动会；2、座谈。",
    )  # fmt: skip

    top = [node.text for depth, node in found if depth == 0]
    assert top == ["主要任务", "工作安排"]
    assert [node.text for depth, node in found if depth == 1] == [
        "民主管理", "文化活动", "九月", "十月"
    ]  # fmt: skip


def test_half_width_stop_ends_a_line():
    found = outline(
        "一是抓组建,建会率100%;二是抓维权,年底前无拖欠.", "节点安排:",
        "第一阶段(1月1日至3月31日)动员。",
        "第二阶段(4月1日至9月30日)推进。",
    )  # fmt: skip

    assert said(found)[1:3] == ["0 二是 抓维权,年底", "1  节点安排:"]
    assert found[1][1].due == "12-31"


def test_columns_of_the_year_make_tasks_of_their_own():
    found = outline(
        "序号\t工作内容\t一季度\t二季度\t责任人",
        "1\t职工体检\t制定方案\t组织体检\t李娜",
        "2\t送温暖\t走访10户\t\t生活委员",
    )

    parts = [(n.text.split("\t")[0], n.months, n.owner) for depth, n in found if depth == 2]
    assert parts == [
        ("制定方案", (1, 2, 3), "李娜"),
        ("组织体检", (4, 5, 6), "李娜"),
    ]
    alone = found[-1][1]  # what has its day in one part of the year only is one task
    assert (alone.marker, alone.months, alone.owner) == ("2", (1, 2, 3), "生活委员")


def test_ticks_in_columns_of_the_year_date_the_row():
    found = outline(
        "序号\t工作内容\t3月\t6月\t9月", "1\t安全检查\t√\t\t√", "2\t职工体检\t\t√\t"
    )  # fmt: skip

    assert [(depth, n.months) for depth, n in found[1:]] == [(1, (3, 9)), (1, (6,))]


def test_enclosures_and_faults_are_no_tasks():
    found = outline(
        "一、存在的不足", "1、形式单一；", "2、经费不足。", "二、工作安排", "1、举办培训班；",
        "2、开展慰问。", "附件：1.任务分解表", "2.活动安排表",
    )  # fmt: skip

    kinds = {node.text: node.kind for _, node in found}
    assert (kinds["形式单一；"], kinds["任务分解表"], kinds["活动安排表"]) == ("note",) * 3
    assert kinds["举办培训班；"] == "task"


def test_the_day_of_a_covering_letter_dates_nothing():
    found = outline("各支行工会：", "请认真执行。", "2026年1月20日", "一、培训", "二、慰问")

    assert (found[0][1].months, found[0][1].due, len(found)) == ((), None, 3)


def test_heads_of_two_rows_name_the_parts_of_the_year():
    """As Word has them: 序号 and 责任部门 reach down beside 时间安排 over its quarters."""
    keys = [[0, 1, 2, 2, 3], [0, 1, 4, 5, 3], [6, 7, 8, 9, 10], [11, 12, 13, 14, 10]]
    texts = dict(enumerate(["序号", "工作内容", "时间安排", "责任部门", "一季度", "二季度"]))
    texts |= dict(
        enumerate(["1", "运动会", "方案", "举办", "文体部", "2", "送清凉", "", "200人"], 6)
    )
    table = Table(tuple(tuple(Cell(texts[k], k) for k in row) for row in keys))

    nodes = read([Paragraph("工会2026年工作计划"), table]).plans[0].nodes

    assert [(n.text, n.months, n.owner) for n in nodes[1:]] == [
        ("运动会", (), "文体部"),
        ("方案", (1, 2, 3), "文体部"),
        ("举办\t文体部", (4, 5, 6), "文体部"),
        ("送清凉\t200人", (4, 5, 6), "文体部"),
    ]


def test_a_rows_day_and_people_hold_for_each_item_of_its_list():
    found = read(
        [
            Paragraph("工会2026年工作计划"),
            Table(
                (
                    (Cell("工作内容", 0), Cell("完成时限", 1), Cell("责任部门", 2)),
                    (Cell("1.体检\n2.讲座", 3), Cell("6月底前", 4), Cell("工会办", 5)),
                )
            ),
        ]
    )

    items = [n for n in found.plans[0].nodes if n.marker]
    assert [(n.due, n.owner) for n in items] == [("06-30", "工会办")] * 2


def test_numbers_with_a_hyphen_number_below_their_chapter():
    found = outline("Ⅰ 组织建设", "1-1 换届（3月）", "1-2 发展会员", "Ⅱ 文体", "2-1 长跑")

    assert [(depth, node.marker) for depth, node in found] == [
        (0, "Ⅰ"), (1, "1-1"), (1, "1-2"), (0, "Ⅱ"), (1, "2-1")
    ]  # fmt: skip
    assert [node.marker for _, node in outline("一、安排", "1-3 月换届")] == ["一、", ""]


def test_a_timetable_of_years_and_months():
    found = outline(
        "一、宣传", "办一期墙报。",
        "时间节点：", "2026.1—2026.2 动员", "2026.3-10 实施", "2026.11 验收",
    )  # fmt: skip

    assert [node.months for _, node in found[2:]] == [(1, 2), tuple(range(3, 11)), (11,)]
    assert found[1][1].text == "时间节点："


def test_notes_below_rows_of_months_are_none_of_the_last_row():
    found = outline(
        "1月 学规程 集中学习", "2月 学安全 班前会", "说明：", "1.每周一学习；", "2.缺课补课。"
    )

    assert said(found)[2:] == ["0  说明：", "1 1. 每周一学习；", "1 2. 缺课补课。"]


def test_a_figure_of_a_year_is_not_its_rhythm():
    node = outline("一、每年征集“五小”成果2000项")[0][1]

    assert [(e.unit, e.max) for e in node.every] == [("year", 1)]
    assert [(t.value, t.unit) for t in node.targets] == [(2000, "项")]


def test_before_and_after_a_festival_is_not_before_it():
    assert outline("一、教师节前后走访")[0][1].when == ()
