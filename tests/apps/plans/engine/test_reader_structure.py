"""Trees from numbering, prose, Word's headings and tables; and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gonghui.apps.plans.engine.printing import as_json
from gonghui.apps.plans.engine.reader import read, read_text
from gonghui.apps.plans.engine.reading import KINDS, Reading
from gonghui.kit.blocks import Cell, Furniture, Paragraph, Table, text_of
from tests.apps.plans.engine.reader_outlines import in_order, lost_and_invented, tree

STYLES = [
    ("一、", "二、"), ("一．", "二．"), ("（一）", "（二）"), ("㈠", "㈡"), ("1、", "2、"),
    ("1.", "2."), ("１．", "２．"), ("⒈", "⒉"), ("(1)", "(2)"), ("⑴", "⑵"), ("1)", "2)"),
    ("①", "②"), ("第一章", "第二章"), ("第一条", "第二条"), ("第一部分", "第二部分"),
    ("A.", "B."), ("a)", "b)"), ("Ⅰ、", "Ⅱ、"), ("I.", "II."), ("一是", "二是"),
    ("一要", "二要"), ("首先，", "其次，"), ("第一，", "第二，"), ("其一，", "其二，"),
    ("第一阶段：", "第二阶段："), ("第一周：", "第二周："), ("●", "●"), ("■", "■"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), STYLES)
def test_every_style_makes_two_items(one, two):
    reading = read_text(f"某某计划\n{one}加强学习培训\n{two}开展文体活动")

    assert tree(reading) == [f"{one} 加强学习", f"{two} 开展文体"]


PAIRS = [(a, b) for a in STYLES[:10] for b in STYLES[:15] if a != b]


@pytest.mark.parametrize(("outer", "inner"), PAIRS)
def test_any_style_nests_in_any_other(outer, inner):
    lines = ["某某计划"]
    for sign in outer:
        lines += [f"{sign}重点工作", f"{inner[0]}学习培训", f"{inner[1]}文体活动"]

    found = tree(read_text("\n".join(lines)))

    below = [f"  {inner[0]} 学习培训", f"  {inner[1]} 文体活动"]
    assert found == [f"{outer[0]} 重点工作", *below, f"{outer[1]} 重点工作", *below]


INLINE = [
    ("1、读书；2、比赛；3、讲座", ["1、", "2、", "3、"]),
    ("1、读书2、比赛3、讲座", ["1、", "2、", "3、"]),
    ("（1）读书（2）比赛", ["（1）", "（2）"]),
    ("①读书②比赛③讲座", ["①", "②", "③"]),
    ("1)读书2)比赛", ["1)", "2)"]),
    ("做到：一是读书；二是比赛", ["一是", "二是"]),
    ("做到：一要读书，二要比赛", ["一要", "二要"]),
    ("步骤：第一阶段：动员。第二阶段：实施。", ["第一阶段：", "第二阶段："]),
    ("一是读书。地是比赛。三是讲座。", ["一是", "地是", "三是"]),
]


@pytest.mark.parametrize(("words", "markers"), INLINE)
def test_items_that_run_together_are_items(words, markers):
    (plan,) = read_text(f"某某计划\n一、总体安排\n{words}\n二、保障").plans

    assert [n.marker for n in plan.nodes] == ["一、", *markers, "二、"]


NO_MARKERS = [
    "把发展作为第一要务，抓好落实",
    "97世界管理大会提出了新要求",
    "做第三套广播体操",
    "4、5月份组织体检",
    "坚持一、二、三产业融合",
    "面积3.5万平方米",
    "附件（1）所列各项",
    "统一是关键，唯一要做的是落实",
    "学习《一、二产业概论》一书",
    "比例达到1.5以上",
]


@pytest.mark.parametrize("words", NO_MARKERS)
def test_these_are_no_markers(words):
    (plan,) = read_text(f"某某计划\n一、学习\n{words}。\n二、活动").plans

    assert [n.marker for n in plan.nodes if n.marker] == ["一、", "二、"]


def test_numbers_that_run_on_across_chapters():
    found = tree(
        read_text("计划书\n一、甲部分\n1、甲一事\n2、甲二事\n二、乙部分\n3、乙三事\n4、乙四事")
    )

    assert found == [
        "一、 甲部分",
        "  1、 甲一事",
        "  2、 甲二事",
        "二、 乙部分",
        "  3、 乙三事",
        "  4、 乙四事",
    ]


def test_a_style_within_itself_after_a_colon():
    text = (
        "办法书\n一、目标要求\n二、做法如下：\n一、办专栏。\n二、办讲座。三、办比赛。三、实施步骤"
    )

    assert tree(read_text(text)) == [
        "一、 目标要求",
        "二、 做法如下",
        "  一、 办专栏。",
        "  二、 办讲座。",
        "  三、 办比赛。",
        "三、 实施步骤",
    ]


def test_a_gap_in_a_series_is_doubted():
    (plan,) = read_text("计划书\n一、甲\n二、乙\n四、丁").plans

    assert plan.nodes[2].doubts == ("编号从 2 跳到 4，可能缺了一项，请核对。",)
    assert plan.nodes[1].doubts == ()


def test_a_closing_paragraph_belongs_to_the_plan():
    text = (
        "计划书\n一、学习。\n1、每人读一本好书，写一篇心得。交办公室。\n2、办读书会。地点另行通知。\n"
        "全体会员要共同努力，把各项工作落到实处。"
    )

    assert tree(read_text(text))[-1] == "- 全体会员"


def test_a_paragraph_after_an_open_item_belongs_to_it():
    (plan,) = read_text(
        "计划书\n1.办年册；\n2.办报刊;\n推动报刊进村，让科技入户，惠及千家万户。"
    ).plans

    assert len(plan.nodes) == 2
    assert plan.nodes[1].text.endswith("惠及千家万户。")


def test_a_torn_paragraph_is_made_whole():
    text = "计划书\n一、学习\n始终抓住发展这个执政兴国的第\n\n一要务，带领职工建功立业。\n二、活动"
    (plan,) = read_text(text).plans

    assert plan.nodes[0].text == "学习\n始终抓住发展这个执政兴国的第一要务，带领职工建功立业。"


def test_page_numbers_of_a_site_are_furniture():
    long = "各分会认真组织学习讨论活动并且结合实际制定了切实可行的实施方案同时加强督促检查" * 2
    text = f"1、{long}学\n2、习体会。一、加强领导。{long}取\n3、，得实效。二、抓好落实，{long}。"
    reading = read_text(text)

    assert reading.furniture == ("1、", "2、", "3、")
    assert [n.marker for n in reading.plans[0].nodes] == ["", "一、", "二、"]


def test_bare_headings_own_what_stands_below():
    text = (
        "某市工会2026年工作计划\n指导思想\n围绕中心，服务大局，团结职工建功立业。\n工作目标\n"
        "1、新建工会30家；\n2、发展会员。\n主要措施\n1、摸清底数。\n2、逐家走访。\n保障措施\n各单位要高度重视。"
    )

    assert tree(read_text(text)) == [
        "- 指导思想",
        "- 工作目标",
        "  1、 新建工会",
        "  2、 发展会员",
        "- 主要措施",
        "  1、 摸清底数",
        "  2、 逐家走访",
        "- 保障措施",
    ]


def test_months_stand_below_their_quarter():
    text = "安排表\n第一季度：\n1月：走访\n2月：联欢\n第二季度：\n4月：比赛"

    assert tree(read_text(text)) == [
        "- 第一季度",
        "  - 1月：走",
        "  - 2月：联",
        "- 第二季度",
        "  - 4月：比",
    ]


def test_the_last_month_keeps_its_own_list_as_the_others_do():
    text = (
        "工会活动计划\n1月份\n主题：送温暖\n内容：1.走访职工 2.慰问劳模\n"
        "3月份\n主题：巾帼风采\n内容：1.组织踏青；2.表彰先进"
    )

    assert tree(read_text(text)) == [
        "- 1月份",
        "  1. 走访职工",
        "  2. 慰问劳模",
        "- 3月份",
        "  1. 组织踏青",
        "  2. 表彰先进",
    ]


def test_a_table_pasted_a_cell_a_line():
    cells = (
        "月份 主题 内容 1月 暖冬行动 1、走访 2、送春联 3月 巾帼风采 女职工插花 注：时间以通知为准。"
    )
    text = cells.replace(" ", "\n")

    assert tree(read_text(text)) == [
        "- 月份\n主",
        "  - 1月",
        "    - 暖冬行动",
        "      1、 走访",
        "      2、 送春联",
        "  - 3月\n巾",
        "- 注：时间",
    ]


def test_a_numbered_table_pasted_a_cell_a_line():
    heads, rows = "序号 内容 时限 责任部门", "1 职代会 3月底前 办公室 2 运动会 10月 宣教部"
    text = f"分解表 {heads} {rows} 请抓好落实。".replace(" ", "\n")
    (plan,) = read_text(text).plans

    assert [n.marker for n in plan.nodes] == ["", "1", "2", ""]
    assert [n.parent for n in plan.nodes] == [None, 1, 1, None]
    assert [n.due for n in plan.nodes] == [None, "03-31", "10-31", None]
    assert [n.owner for n in plan.nodes] == [None, "办公室", "宣教部", None]


def test_a_chapter_that_looks_back_sets_no_targets():
    past, planned = "一、2025年工作回顾\n1、培训200人以上", "二、今年任务\n1、培训300人以上"
    text = f"2025年总结和2026年工作计划\n{past}\n{planned}"
    (plan,) = read_text(text).plans

    assert plan.year == 2026
    assert [[t.value for t in n.targets] for n in plan.nodes] == [[], [], [], [300]]
    assert plan.nodes[1].kind == "note"


def test_two_plans_without_numbers_of_their_own():
    one = "一、学习培训\n二、文体活动\n三、关爱职工\n"
    reading = read_text(f"某厂2025年工会工作计划\n{one}\n某厂2026年工会工作计划\n{one}")

    assert [p.year for p in reading.plans] == [2025, 2026]
    assert [len(p.nodes) for p in reading.plans] == [3, 3]


def test_the_whole_plan_in_one_line():
    text = "计划如下:一、学习。每周一次。二、活动。1.三月比赛;2.五月登山。三、慰问。及时走访。"

    assert tree(read_text("某厂工会工作计划\n" + text)) == [
        "- 计划如下",
        "一、 学习。每",
        "二、 活动。",
        "  1. 三月比赛",
        "  2. 五月登山",
        "三、 慰问。及",
    ]


SITE = [
    "首页 > 范文大全 > 正文",
    "时间：2023-05-06 我要投稿",
    "以下是小编为大家整理的工会计划，欢迎阅读",
    "下载工会计划word格式",
    "第 3 页 共 5 页",
    "- 12 -",
    "3/8",
    "上一篇：工会总结",
    "大小：34.00 KB",
]


@pytest.mark.parametrize(
    ("lines", "furniture"),
    [
        ("一、学习\n二、活动\n1", ("1",)),
        ("一、学习\n1\n二、活动\n2\n三、总结", ("1", "2")),
        ("序号\n内容\n1\n学习\n2\n活动", ()),
        ("一、学习\n200\n二、活动", ()),
    ],
)
def test_lone_page_numbers_are_set_aside(lines, furniture):
    assert read_text(f"工会计划\n{lines}").furniture == furniture


CONTENT = [
    "时间：2026年3月1日上午",
    "开通微信公众号，办好网上家园",
    "关注女会员的身心健康",
    "学习资料及时发放到班组",
    "本文件由工会负责解释",
    "以下是各分会推荐的先进",
    "学习相关内容",
    "更多地总结基层经验",
    "作者：职工李明",
]


@pytest.mark.parametrize("line", SITE)
def test_site_lines_are_set_aside(line):
    assert read_text(f"工会计划\n{line}\n一、学习\n二、活动").furniture == (line,)


def test_what_a_site_shows_below_is_set_aside():
    reading = read_text(
        "工会计划\n一、学习\n二、活动\n看过《工会计划》的人还看了：\n1.工会总结\n2.主席述职"
    )

    assert tree(reading) == ["一、 学习", "二、 活动"]
    assert len(reading.furniture) == 3


def test_headings_in_brackets_have_what_stands_below_them():
    reading = read_text(
        "工会工作计划\n【范文一】\n【工作思路】\n围绕中心。\n【主要工作】\n1、学习；\n2、活动；\n【月度安排】\n3月：健步走\n4月：登山"
    )

    assert reading.plans[0].title == "工会工作计划\n【范文一】"
    assert tree(reading) == [
        "- 【工作思", "- 【主要工", "  1、 学习；", "  2、 活动；",
        "- 【月度安", "  - 3月：健", "  - 4月：登",
    ]  # fmt: skip


def test_what_is_enclosed_is_no_measure_of_the_last_chapter():
    reading = read_text("工会计划\n一、学习\n二、活动\n有序开展。\n附件：1.分解表\n2.清单")

    assert tree(reading)[2:] == ["- 附件：", "  1. 分解表", "  2. 清单"]


@pytest.mark.parametrize("line", CONTENT)
def test_a_plan_s_own_lines_stay(line):
    assert read_text(f"工会计划\n一、学习\n{line}\n二、活动").furniture == ()


def test_markdown_signs_are_set_aside():
    reading = read_text("# 工会计划\n## 一、组织\n- 换届\n- 发展会员\n## 二、文体")

    assert reading.furniture == ("#", "##", "##")
    assert tree(reading) == ["一、 组织", "  - - 换届", "  - - 发展", "二、 文体"]


def test_continuing_items_are_linked():
    items = ["1、筹建信息沟通平台", "2、办运动会", "3、建立信息沟通平台", "4、利用信息沟通平台宣传"]
    text = "\n".join(["计划书", *items, "5、继续办运动会"])
    (plan,) = read_text(text).plans

    assert [n.continues for n in plan.nodes][:4] == [None, None, 1, 3]


def grid(*rows: tuple[str, ...]) -> Table:
    """Equal texts that begin with ``=`` are one merged cell."""
    merged: dict[str, int] = {}
    number = iter(range(10_000))
    return Table(
        tuple(
            tuple(
                Cell(
                    t.lstrip("="),
                    merged.setdefault(t, next(number)) if t[:1] == "=" else next(number),
                )
                for t in row
            )
            for row in rows
        )
    )


def test_word_headings_and_generated_numbers():
    blocks = [
        Paragraph("市工会2026年工作要点", heading=1),
        Paragraph("总体要求", heading=2),
        Paragraph("服务大局。"),
        Paragraph("重点任务", heading=2),
        Paragraph("发展会员200名", label="1.", list_level=0),
        Paragraph("在揽投部门", label="a)", list_level=1),
        Paragraph("在营业网点", label="b)", list_level=1),
        Paragraph("按期换届", label="2.", list_level=0),
        Paragraph("工作要求", heading=2),
        Furniture("第 1 页"),
    ]
    reading = read(blocks)

    assert tree(reading) == [
        "- 总体要求",
        "- 重点任务",
        "  1. 发展会员",
        "    a) 在揽投部",
        "    b) 在营业网",
        "  2. 按期换届",
        "- 工作要求",
    ]
    assert reading.plans[0].year == 2026
    assert reading.furniture == ("第 1 页",)
    assert lost_and_invented(text_of(blocks), reading) == ({}, {})


def test_each_row_of_a_table_is_a_task_with_due_date_and_owner():
    table = grid(
        ("序号", "工作内容", "完成时限", "责任部门"),
        ("1", "召开职代会", "=6月底前", "=办公室"),
        ("2", "签集体合同", "=6月底前", "=办公室"),
        ("3", "办运动会", "10月", "宣教部"),
    )
    blocks = [Paragraph("任务分解表"), Paragraph("一、任务"), table, Paragraph("二、要求")]
    reading = read(blocks)
    rows = reading.plans[0].nodes[2:5]

    assert tree(reading)[:3] == ["一、 任务", "  - 序号\t工", "    1 召开职代"]
    assert [n.due for n in rows] == ["06-30", "06-30", "10-31"]
    assert [n.owner for n in rows] == ["办公室", "办公室", "宣教部"]
    assert [n.marker for n in rows] == ["1", "2", "3"]
    assert lost_and_invented(text_of(blocks), reading) == ({}, {})


@pytest.mark.parametrize(
    ("limit", "due"),
    [("12月中旬", "12-20"), ("6月初", "06-10"), ("7-8月", "08-31"), ("全年", None)],
)
def test_a_column_of_deadlines_says_the_last_day(limit, due):
    table = grid(("序号", "工作内容", "完成时限"), ("1", "培训", limit), ("2", "体检", "5月"))

    rows = read([Paragraph("任务分解表"), Paragraph("一、任务"), table]).plans[0].nodes[2:4]

    assert [n.due for n in rows] == [due, "05-31"]


def test_a_day_without_a_month_belongs_to_the_month_above():
    reading = read_text(
        "工会计划\n1月份\n(1)5日前摸底;\n(2)每月10日前报送;\n2月份\n(1)30日前走访。"
    )

    days = [n.due for n in reading.plans[0].nodes if n.marker]

    assert days == ["01-05", None, None]  # there is no 30 February


def test_a_table_of_months_themes_and_items():
    table = grid(
        ("月份", "活动主题", "具体内容"),
        ("=3月", "春风行动", "走访女职工"),
        ("=3月", "书香三月", "1、征文；2、朗诵会"),
        ("4月", "安全生产", "知识竞赛"),
    )
    reading = read([Paragraph("活动安排"), table, Paragraph("请遵照执行。")])

    assert tree(reading) == [
        "- 月份\t活",
        "  - 3月",
        "    - 春风行动",
        "    - 书香三月",
        "      1、 征文；",
        "      2、 朗诵会",
        "  - 4月\t安",
        "- 请遵照执",
    ]
    assert reading.plans[0].nodes[1].months == (3,)


def test_json_has_the_shape_of_the_guide():
    printed = as_json(read_text("计划书\n一、1月份：每月慰问10户，1月底前完成"))
    node = printed["plans"][0]["nodes"][0]

    assert {k: node[k] for k in ("id", "parent", "marker", "months", "due", "every", "blank")} == {
        "id": 1,
        "parent": None,
        "marker": "一、",
        "months": [1],
        "due": "01-31",
        "every": [{"unit": "month", "min": 1, "max": 1}],
        "blank": False,
    }
    assert node["targets"] == [{"op": "=", "value": 10, "unit": "户"}]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "一、", "1", "召开职代会", "。", "\t\t\n\t\t", "、、、"]
)
def test_hardly_any_text(text):
    reading = read_text(text)

    assert lost_and_invented(text, reading) == ({}, {})


SIGNS = "一、 二、 三、 （一） (二) 1、 2、 3、 1. 2. ① ② ⒈ ⒉ 一是 二是 首先 其次"
OTHERS = "第一章 第三条 ● - A. 1.1"
STAGES = "第一阶段： 第二阶段： 工会工作计划 《工会工作计划》 篇1 序号 工作内容 同志们 我要投稿"
TIMES = "1月份 4、5月份 9月底前 春节前夕 年底 每周一次 每两年 50%以上 十来名 20xx年 月日"
WORDS = "共有个单位 由办公室负责 继续开展 建立平台 学习 活动 。 ， ； ： “ ”"
PIECES = st.sampled_from(
    [*f"{SIGNS} {OTHERS} {STAGES} {TIMES} {WORDS}".split(), " ", "\n", "\n\n", "\t"]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_mixture_of_the_genre_is_kept_whole(text):
    reading = read_text(text)

    _is_sound(reading)
    assert lost_and_invented(text, reading) == ({}, {})
    assert in_order(text, reading) or reading.furniture


@settings(max_examples=200)
@given(st.text(max_size=300))
@example("\u200b")  # a line of nothing that can be seen
@example("工会工作计划\n把学习办到班组，\n\u200b\n一、要求")
def test_any_text_is_kept_whole(text):
    reading = read_text(text)

    _is_sound(reading)
    assert lost_and_invented(text, reading) == ({}, {})


TEXTS = st.lists(PIECES, max_size=6).map("".join)
KEYS = st.lists(st.tuples(*[st.integers(0, 12)] * 3), max_size=5)


def _table(texts: list[str], keys: list[tuple[int, ...]]) -> Table:
    return Table(tuple(tuple(Cell(texts[k], k) for k in row) for row in keys))


TABLES = st.builds(_table, st.lists(TEXTS, min_size=13, max_size=13), KEYS)
BLOCKS = st.one_of(
    st.builds(
        Paragraph,
        TEXTS,
        st.sampled_from(["", "", "1.", "一、", "•"]),
        st.sampled_from([None, None, 1, 2, 3]),
        st.sampled_from([None, 0, 1, 2]),
    ),
    TABLES,
    st.builds(Furniture, TEXTS),
)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(BLOCKS, max_size=8))
def test_any_blocks_are_kept_whole(blocks):
    reading = read(blocks)

    _is_sound(reading)
    assert lost_and_invented(text_of(blocks), reading) == ({}, {})


def _is_sound(reading: Reading) -> None:
    for plan in reading.plans:
        ids = [n.id for n in plan.nodes]
        assert ids == sorted(set(ids))
        for node in plan.nodes:
            assert node.parent is None or node.parent < node.id
            assert node.continues is None or node.continues < node.id
            assert node.kind in KINDS
            assert all(0 <= a <= b <= len(node.text) for a, b, _ in node.marks)
