"""The first outline drawn from what the reader returns, and the source shown beside it."""

from gonghui.apps.plans.engine import reading as read
from gonghui.apps.plans.engine.outlining import apply, from_reading, paper

SOURCE = """读书会安排 甲
一、四月份
1、走访 老劳模；2、办好读书角
本页由网友上传
读书会安排 乙
一、五月份
再见，欢迎下载
"""


def two_plans() -> read.Reading:
    first = read.PlanText(
        "读书会安排 甲",
        None,
        (
            read.Node(1, None, "一、", "四月份", months=(4,), kind="section"),
            read.Node(2, 1, "1、", "走访 老劳模；", marks=((0, 2, "vague"),)),
            read.Node(3, 1, "2、", "办好读书角", owner="书社", area="学习创争"),
        ),
    )
    second = read.PlanText("读书会安排 乙", None, (read.Node(1, None, "一、", "五月份"),))
    return read.Reading((first, second), ("本页由网友上传", "再见，欢迎下载", "谁也没见过"))


def test_depth_and_facts_come_over():
    outline = from_reading(two_plans(), 0, SOURCE)

    assert [(n.id, n.depth, n.marker) for n in outline.nodes] == [
        (1, 0, "一、"),
        (2, 1, "1、"),
        (3, 1, "2、"),
    ]
    assert (outline.node(3).owner, outline.node(3).area) == ("书社", "学习创争")
    assert outline.title == "读书会安排 甲"


def test_furniture_goes_to_the_plan_and_the_place_it_stood_in():
    first, second = (from_reading(two_plans(), i, SOURCE) for i in (0, 1))

    assert [(a.text, a.after) for a in first.furniture] == [
        ("本页由网友上传", 3),
        ("谁也没见过", None),
    ]
    assert [(a.text, a.after) for a in second.furniture] == [("再见，欢迎下载", 1)]
    assert first.next_id == 6


def test_the_paper_shows_whose_words_stand_where():
    lines = paper(SOURCE, from_reading(two_plans(), 0, SOURCE))

    runs = [[(r.text, r.node, r.aside, r.is_marked) for r in line.runs] for line in lines]
    assert runs[0] == [("读书会安排 甲", None, None, False)]
    assert runs[1] == [("一、四月份", 1, None, False)]
    assert runs[2] == [
        ("1、", 2, None, False),
        ("走访 ", 2, None, True),
        ("老劳模；", 2, None, False),
        ("2、办好读书角", 3, None, False),
    ]
    assert runs[3] == [("本页由网友上传", None, 4, False)]
    assert lines[2].nodes == (2, 3)


def test_the_paper_follows_splits_moves_and_small_corrections():
    outline = from_reading(two_plans(), 0, SOURCE)
    moved = apply(outline, {"op": "move_up", "node": 3})
    split = apply(moved, {"op": "split", "node": 3, "at": 2})
    rewritten = apply(split, {"op": "set_text", "node": 2, "text": "看望老劳模"})

    (line,) = (one for one in paper(SOURCE, rewritten) if 3 in one.nodes)

    assert [(r.text, r.node) for r in line.runs] == [
        ("1、走访 老劳模；", 2),
        ("2、办好", 3),
        ("读书角", 6),
    ]


def test_words_torn_by_an_aside_are_still_found_around_it():
    nodes = (read.Node(1, None, "", "从春到夏都要读书"),)
    source = "从春到\n第3页 共9页\n夏都要读书\n"
    reading = read.Reading((read.PlanText("", None, nodes),), ("第3页 共9页",))

    first, aside, last = paper(source, from_reading(reading, 0, source))

    assert (first.nodes, last.nodes) == ((1,), (1,))
    assert [run.aside for run in aside.runs] == [2]


def test_the_paper_forgets_what_was_rewritten_beyond_likeness():
    outline = from_reading(two_plans(), 0, SOURCE)
    rewritten = apply(outline, {"op": "set_text", "node": 2, "text": "春天里大家一起去郊游"})

    assert 2 not in {node for line in paper(SOURCE, rewritten) for node in line.nodes}
