"""Numbers that Word shows and the text does not hold."""

from __future__ import annotations

import io

import pytest

from gonghui.core.documents.inbound import read_upload
from gonghui.kit import numerals
from gonghui.kit.blocks import Paragraph, Table
from tests.core.documents.word_files import abstract, level, num, p, tbl, tc, tr, word_file

OFFICIAL = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def labels(body: str, **parts: str) -> list[str]:
    found = read_upload(io.BytesIO(word_file(body, **parts)), "计划.docx")
    return [b.label for b in found.blocks if isinstance(b, Paragraph)]


@pytest.mark.parametrize(
    ("style", "number", "written"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("japaneseCounting", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("taiwaneseCounting", 30001, "三万零一"),
        ("chineseCounting", 0, "零"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("ideographParenthesized", 1, "㈠"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 3, "03"),
        ("lowerLetter", 2, "b"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("ordinal", 22, "22nd"),
        ("ordinal", 11, "11th"),
        ("numberInDash", 3, "- 3 -"),
        ("none", 3, ""),
        ("hebrew1", 3, "3"),
        ("upperRoman", 99_999_999, "99999999"),
    ],
)
def test_numbers_are_written_as_word_writes_them(style, number, written):
    assert numerals.write(number, style) == written


def test_levels_count_and_restart_below_their_chapter():
    body = "".join(
        p("项", num="1", level=depth) for depth in (0, 1, 1, 2, 2, 3, 1, 2, 0, 1, 2, 3, 3)
    )

    assert labels(body, numbering=OFFICIAL + num(1, 0)) == [
        *("一、", "（一）", "（二）", "1.", "2.", "①", "（三）", "1."),
        *("二、", "（一）", "1.", "①", "②"),
    ]


def test_a_level_may_count_on_across_chapters():
    numbering = abstract(
        0,
        level(0, "decimal", "%1"),
        level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>'),
    ) + num(1, 0)
    body = "".join(p("项", num="1", level=depth) for depth in (0, 1, 2, 1, 2, 0, 1, 2))

    assert labels(body, numbering=numbering) == ["1", "1", "1", "2", "2", "2", "3", "1"]


def test_two_lists_of_one_definition_count_on_unless_one_starts_again():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = OFFICIAL + num(1, 0) + num(2, 0) + num(3, 0, again)
    body = "".join(p("项", num=n, level=0) for n in ("1", "1", "2", "3", "3", "1"))

    assert labels(body, numbering=numbering) == ["一、", "二、", "三、", "一、", "二、", "三、"]


def test_an_override_may_bring_its_own_level():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)", start=4)}</w:lvlOverride>'

    assert labels(p("项", num="1"), numbering=OFFICIAL + num(1, 0, own)) == ["IV)"]


def test_upper_levels_are_shown_with_their_start_and_legal_levels_in_figures():
    numbering = abstract(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "decimal", "%1-%3"),
    ) + num(1, 0)
    body = p("节", num="1", level=1) + p("章", num="1", level=0) + p("条", num="1", level=2)

    assert labels(body, numbering=numbering) == ["1.1", "第二章", "二-1"]


def test_numbering_comes_through_styles():
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="子"/>'
        '<w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="列"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
        level(2, "decimal", "%3."),
    ) + num(1, 0)
    body = "".join(p("项", style=s) for s in "12xy") + p("无号", style="1", num="0")

    found = labels(body, styles=styles, numbering=numbering)

    assert found == ["一、", "（一）", "（二）", "1.", ""]


def test_list_styles_lend_their_definition():
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="公文编号"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = OFFICIAL + link + num(1, 0) + num(2, 5)

    assert labels(p("项", num="2", level=1), styles=styles, numbering=numbering) == ["（一）"]


def test_bullets_have_a_level_and_no_label():
    numbering = abstract(0, level(0, "bullet", "\uf06c")) + num(1, 0)
    data = word_file(p("点", num="1", level=0), numbering=numbering)

    (block,) = read_upload(io.BytesIO(data), "计划.docx").blocks

    assert block == Paragraph("点", label="", list_level=0)


def test_unknown_lists_and_wild_values_do_no_harm():
    wild = abstract(0, level(0, "decimal", "%1%9", start=10**20)) + num(1, 0)
    body = p("甲", num="9") + p("乙", num="1", level=8) + p("丙", num="1") + p("丁", num="x")

    assert labels(body, numbering=wild) == ["", "", "11", ""]


def test_numbers_in_cells_stand_in_their_text():
    body = tbl(*(tr(f"<w:tc>{p('', num='1')}</w:tc>", tc("内容")) for _ in range(2)))
    data = word_file(body, numbering=OFFICIAL + num(1, 0))

    (table,) = read_upload(io.BytesIO(data), "计划.docx").blocks

    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == ["一、", "二、"]
