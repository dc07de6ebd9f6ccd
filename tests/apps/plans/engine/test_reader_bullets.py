"""Lists that Word draws with bullets: their signs are not in the text, their depth is."""

from __future__ import annotations

from gonghui.apps.plans.engine.reader import read
from gonghui.kit.blocks import Paragraph, plain_blocks, text_of
from tests.apps.plans.engine.reader_outlines import lost_and_invented, tree


def test_bullets_that_word_draws_are_items():
    blocks = [
        Paragraph("2026年工会工作计划", heading=1),
        Paragraph("组织建设", heading=2),
        Paragraph("发展会员50人", list_level=0),
        Paragraph("在揽投部门", list_level=1),
        Paragraph("6月底前完成换届", list_level=0),
        Paragraph("文体生活", heading=2),
        Paragraph("丰富职工生活，安排如下"),
        Paragraph("每周二组织羽毛球活动", list_level=0),
        Paragraph("1、办运动会", list_level=0),
    ]
    reading = read(blocks)

    assert tree(reading) == [
        "- 组织建设",
        "  - 发展会员",
        "    - 在揽投部",
        "  - 6月底前",
        "- 文体生活",
        "  - 每周二组",
        "  1、 办运动会",
    ]
    assert reading.plans[0].nodes[3].due == "06-30"
    assert lost_and_invented(text_of(blocks), reading) == ({}, {})


def test_bullets_below_a_typed_number_are_its_items():
    blocks = [
        Paragraph("2026年工会工作计划"),
        Paragraph("一、经费"),
        Paragraph("编预算", list_level=0),
        Paragraph("做决算", list_level=0),
        Paragraph("二、评家"),
        Paragraph("民主评议", list_level=0),
    ]

    assert tree(read(blocks)) == [
        "一、 经费",
        "  - 编预算",
        "  - 做决算",
        "二、 评家",
        "  - 民主评议",
    ]


def test_bullets_behind_a_generated_number_are_its_details():
    blocks = [
        Paragraph("2026年工会工作计划", heading=1),
        Paragraph("办活动", label="1.", list_level=0),
        Paragraph("羽毛球", list_level=0),
        Paragraph("乒乓球", list_level=0),
        Paragraph("管经费", label="2.", list_level=0),
    ]

    assert tree(read(blocks)) == ["1. 办活动", "  - 羽毛球", "  - 乒乓球", "2. 管经费"]


def test_dashes_that_stand_in_a_row_are_items_and_a_lone_one_is_not():
    text = (
        "2026年工会工作要点\n——在十届三次全委会上的报告\n一、自身建设\n"
        "——加强组织建设。年内完成换届。\n由各分会负责。\n——加强经费管理。每月上解经费。\n"
        "二、民主管理\n开好职代会。\n——摘自工会章程\n三、经费\n"
    )
    reading = read(plain_blocks(text))

    assert tree(reading) == [
        "一、 自身建设",
        "  - ——加强",
        "  - ——加强",
        "二、 民主管理",
        "三、 经费",
    ]
    assert lost_and_invented(text, reading) == ({}, {})
