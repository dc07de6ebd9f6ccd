"""Printed pages put back into paragraphs, with what only pages need set aside."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
import typst

from gonghui.core.documents.inbound import Unreadable, read_upload, refusals
from gonghui.core.documents.inbound.pdf_lines import Piece, blocks_of
from gonghui.kit.blocks import Furniture, Paragraph

FONTS = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
HEAD = """
#set page(paper: "a4", header: [安澜市总工会文件], footer: context align(center)[%s])
#set text(font: "Noto Serif SC", size: 16pt)
#set par(first-line-indent: (amount: %sem, all: true), justify: true, spacing: %s)
"""
SUBJECTS = [
    *("女职工", "困难职工", "新就业群体", "劳模"),
    *("班组长", "青年职工", "退休职工", "外来务工人员"),
]


def printed(source: str, tmp_path: Path) -> bytes:
    path = tmp_path / "plan.typ"
    path.write_text(source, encoding="utf-8")
    return bytes(typst.compile(str(path), font_paths=[FONTS], ignore_system_fonts=True))


def read(data: bytes):
    return read_upload(io.BytesIO(data), "计划.pdf")


def sentences(count: int) -> list[str]:
    return [
        f"{n + 1}、做好{SUBJECTS[n % 8]}的第{n + 1}项服务工作，组织{n * 7 + 3}人次参加活动，"
        f"{'认真听取意见建议，' * (n % 5)}三月底前完成。"
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("indent", "spacing", "number"),
    [
        (2, "0.65em", "— #counter(page).display() —"),
        (2, "1.4em", "第#counter(page).display()页"),
        (0, "1.4em", "#counter(page).display()"),
    ],
    ids=["indented", "indented and spaced", "spaced"],
)
def test_lines_become_paragraphs_again(tmp_path, indent, spacing, number):
    plan = sentences(60)
    source = HEAD % (number, indent, spacing) + "\n\n".join(["= 工作计划", *plan])

    blocks = read(printed(source, tmp_path)).blocks

    pages = [b.text for b in blocks if isinstance(b, Furniture)][1:]
    assert blocks[0] == Furniture("安澜市总工会文件")
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == ["工作计划", *plan]
    assert len(pages) > 3
    assert pages[2] == number.replace("#counter(page).display()", "3")


def test_a_sentence_on_every_page_is_text(tmp_path):
    words = "围绕企业中心工作组织职工开展劳动竞赛和技能比武活动提升职工队伍素质。"
    source = HEAD % ("", 2, "0.65em") + "\n\n".join([words] * 120)

    blocks = read(printed(source, tmp_path)).blocks

    assert [b.text for b in blocks[1:]] == [words] * 120


def test_a_page_with_a_picture_and_no_text_is_a_scan(tmp_path):
    (tmp_path / "scan.png").write_bytes(PNG)
    data = printed('#image("scan.png")', tmp_path)

    with pytest.raises(Unreadable) as caught:
        read(data)

    assert caught.value.sentence == refusals.SCAN


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)


def drawn_pdf(content: bytes, pages: int = 1) -> bytes:
    """A PDF whose every page draws the same compressed content."""
    packed = zlib.compress(content, 9)
    kids = b"3 0 R " * pages
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


TEXT = b"BT /F 12 Tf 72 700 Td (plan) Tj ET\n"


def test_a_small_hand_made_pdf_is_read():
    assert read(drawn_pdf(TEXT)).text == "plan"


@pytest.mark.parametrize(
    "data",
    [drawn_pdf(TEXT * 1_000_000), drawn_pdf(TEXT * 20_000, 300), drawn_pdf(b"\0" * 200_000_000)],
    ids=["one endless page", "many slow pages", "a bomb"],
)
@pytest.mark.slow
def test_a_pdf_that_costs_too_much_is_ended_by_its_limits(data):
    with pytest.raises(Unreadable) as caught:
        read(data)

    assert caught.value.sentence == refusals.SLOW_PDF


def test_letters_without_codes_are_refused():
    with pytest.raises(Unreadable) as caught:
        read(drawn_pdf(b"BT /F 12 Tf 72 700 Td (\\001\\002\\003\\004 plan) Tj ET\n"))

    assert caught.value.sentence == refusals.GARBLED_PDF


def page(*rows: tuple[float, float, str], size: float = 10) -> list[Piece]:
    return [Piece(x, y, size, text) for x, y, text in rows]


def body_of(*pages: list[Piece]) -> list[str]:
    return [b.text for b in blocks_of(pages) if isinstance(b, Paragraph)]


def test_radicals_and_ligatures_become_what_they_stand_for():
    assert body_of(page((50, 700, "⼯会⻓ 在 oﬃce"))) == ["工会长 在office"]


def test_columns_are_set_apart_and_never_joined():
    rows = page(
        *((50, 700, "序号"), (120, 700, "工作内容"), (300, 700, "完成时限")),
        *((50, 685, "1"), (120, 685, "召开职代会"), (300, 685, "三月底")),
    )

    assert body_of(rows) == ["序号\t工作内容\t完成时限", "1\t召开职代会\t三月底"]


def test_items_that_hang_beside_their_number_are_joined():
    full = "组织全体职工开展劳动竞赛活动并且及时总结推广好的经验做法"
    rows = page(
        *((50, 700, f"1、{full}"), (65, 685, f"{full}持续"), (65, 670, "到年底。")),
        *((50, 655, "2、召开会议。"), (50, 640, f"3、{full}"), (50, 625, "4、慰问。")),
    )

    assert body_of(rows) == [
        f"1、{full}{full}持续到年底。",
        "2、召开会议。",
        f"3、{full}",
        "4、慰问。",
    ]


def test_a_block_text_without_indents_breaks_where_sentences_end():
    line = "组织全体职工开展劳动竞赛活动并且及时总结推广好的经验做法"
    rows = page((50, 700, line), (50, 685, f"{line[:-1]}。"), (50, 670, line), (50, 655, "等。"))

    assert body_of(rows) == [f"{line}{line[:-1]}。", f"{line}等。"]


def test_a_long_title_in_the_middle_is_one():
    words = [
        (50.0, 600.0 - 15 * n, "组织全体职工开展劳动竞赛活动并且及时总结推广好。") for n in range(9)
    ]
    title = page((150, 700, "安澜市总工会关于印发"), (140, 675, "年度工作要点的通知"), size=16)

    assert body_of([*title, *page(*words)])[0] == "安澜市总工会关于印发年度工作要点的通知"


def test_english_words_keep_their_blank():
    line = "the union holds its yearly meeting in the great hall of the city and reports"
    rows = page((50, 700, line), (50, 685, "on its work."))

    assert body_of(rows) == [f"{line} on its work."]


def test_a_header_of_even_pages_only_is_furniture_and_a_table_head_too():
    body = "组织全体职工开展活动{}。"
    pages = [
        page(
            *([(50, 780, "安澜文件")] if n % 2 else []),
            *((50.0, 700.0 - 15 * i, body.format(n * 40 + i)) for i in range(20)),
            (290, 40, f"{n + 1}"),
        )
        for n in range(6)
    ]

    blocks = blocks_of(pages)

    assert blocks[0] == Furniture("安澜文件")
    assert [b.text for b in blocks[-6:]] == list("123456")
    assert len(blocks) == 1 + 120 + 6


FULL = f"{'文' * 29}。"


def test_a_lone_sign_where_a_number_might_stand_is_text():
    pages = [
        page((50, 700, "#"), (50, 600, "甲乙"), (50, 580, FULL)),
        page((50, 700, "5"), (50, 600, "丙丁"), (50, 580, FULL)),
    ]

    assert body_of(*pages) == ["#", "甲乙", FULL, "5", "丙丁", FULL]


def test_letters_set_wide_are_words_again():
    line = "安 澜 市 总 工 会 工 作 计 划"

    assert body_of(page((50, 700, line))) == ["安澜市总工会工作计划"]


def test_english_pieces_with_a_gap_are_two_words():
    assert body_of(page((50, 700, "annual"), (83, 700, "plan"))) == ["annual plan"]


def test_a_page_of_nothing_but_its_header():
    alone = [page((50, 780, "安澜文件")) for _ in range(3)]

    assert blocks_of(alone) == (Furniture("安澜文件"),)


def test_no_pieces_make_no_blocks():
    assert blocks_of([[]]) == ()
