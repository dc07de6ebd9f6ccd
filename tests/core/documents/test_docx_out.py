"""The official layout, measured in the file that is written (GB/T 9704-2012)."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gonghui.core.documents.inbound import read_upload
from gonghui.core.documents.outbound import official
from gonghui.core.documents.outbound.docx import OfficialPaper, numeral
from gonghui.kit.blocks import Furniture, Paragraph, Table


@pytest.fixture(scope="module")
def written() -> bytes:
    paper = OfficialPaper("安澜市总工会\n年度工作总结")
    paper.addressee("市委：")
    paper.heading(numeral(1, 12) + "组织建设", 1)
    paper.heading("（一）建会", 2)
    paper.heading("1.摸底", 3)
    paper.paragraph("全年新建工会\x00待填家。\n第二段。")
    paper.table(["工作", "结果"], [["建会", "完成\n两家"], ["慰问"]], [3, 1])
    paper.signature("安澜市总工会", date(2025, 12, 5))
    return paper.to_bytes()


@pytest.fixture(scope="module")
def document(written):
    return docx.Document(io.BytesIO(written))


def test_the_page_has_the_measures_of_the_standard(document):
    section = document.sections[0]

    def near(length) -> float:
        return round(length.mm)

    assert (near(section.page_width), near(section.page_height)) == (210, 297)
    assert (near(section.top_margin), near(section.bottom_margin)) == (37, 35)
    assert (near(section.left_margin), near(section.right_margin)) == (28, 26)
    dash = section.bottom_margin - section.footer_distance - Pt(7)
    assert abs(dash - Mm(7)) < Mm(0.1)


@pytest.mark.parametrize(
    ("style", "font", "size", "line"),
    [
        ("Normal", "仿宋_GB2312", 16, 28),
        ("Title", "方正小标宋简体", 22, 34),
        ("Heading 1", "黑体", 16, 28),
        ("Heading 2", "楷体_GB2312", 16, 28),
        ("Heading 3", "仿宋_GB2312", 16, 28),
        ("Paper Foot", "宋体", 14, 14),
    ],
)
def test_each_style_has_its_font_for_every_script(document, style, font, size, line):
    look = document.styles[style]
    fonts = look.element.rPr.rFonts

    assert {k.split("}")[1]: v for k, v in fonts.attrib.items()} == dict.fromkeys(
        ("ascii", "hAnsi", "eastAsia", "cs"), font
    )
    assert (look.font.size.pt, look.font.bold) == (size, False)
    assert look.font.color.rgb is None
    assert look.paragraph_format.line_spacing == Pt(line)
    assert look.paragraph_format.widow_control is True


def test_text_and_headings_open_two_characters_in_and_titles_do_not(document):
    indents = {
        name: document.styles[name].element.pPr.ind.get(qn("w:firstLineChars"))
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Title", "Addressee")
    }

    assert set(indents.values()) == {"200", "0"}
    assert (indents["Title"], indents["Addressee"]) == ("0", "0")


def test_page_numbers_stand_outside_on_odd_and_even_pages(document):
    section = document.sections[0]
    feet = [section.footer, section.even_page_footer]

    assert document.settings.odd_and_even_pages_header_footer is True
    assert [foot.paragraphs[0].alignment for foot in feet] == [official.RIGHT, official.LEFT]
    for foot, side in zip(feet, ("right", "left"), strict=True):
        element = foot.paragraphs[0]._p
        assert element.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
        assert "".join(t.text for t in element.iter(qn("w:t"))) == "— 1 —"
        assert element.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"


def test_fonts_a_machine_lacks_have_other_names(written):
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        names = package.namelist()
        fonts = package.read("word/fontTable.xml").decode()

    assert names.count("word/fontTable.xml") == 1
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in fonts
    assert '<w:font w:name="方正小标宋简体"><w:altName' in fonts


def test_tables_are_as_wide_as_the_text_and_repeat_their_head(document):
    (table,) = document.tables
    widths = [int(col.get(qn("w:w"))) for col in table._tbl.tblGrid]
    marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]

    assert abs(sum(widths) - Mm(156).twips) < 5
    assert widths[0] == pytest.approx(3 * widths[1], abs=3)
    assert marks == [True, False, False]
    assert [c.text for c in table.rows[2].cells] == ["慰问", ""]


def test_a_paper_comes_back_as_it_was_written(written):
    blocks = read_upload(io.BytesIO(written), "总结.docx").blocks
    body = [b for b in blocks if isinstance(b, Paragraph) and b.text]

    assert [(b.text, b.heading) for b in body] == [
        *(("安澜市总工会", None), ("年度工作总结", None), ("市委：", None)),
        *(("十二、组织建设", 1), ("（一）建会", 2), ("1.摸底", 3)),
        *(("全年新建工会待填家。", None), ("第二段。", None)),
        *(("安澜市总工会", None), ("2025年12月5日", None)),
    ]
    (table,) = [b for b in blocks if isinstance(b, Table)]
    assert [c.text for c in table.rows[1]] == ["建会", "完成\n两家"]
    assert blocks[-1] == Furniture("— 1 —")


@pytest.mark.parametrize(
    ("name", "rights"),
    [("安澜市总工会", ["450", "200"]), ("安澜市机械冶金工会委员会", ["200", "550"])],
    ids=["the date is longer", "the name is longer"],
)
def test_the_date_begins_two_characters_after_the_name(name, rights):
    paper = OfficialPaper("通知")
    paper.signature(name, date(2025, 12, 5))
    document = docx.Document(io.BytesIO(paper.to_bytes()))

    found = [p._p.pPr.ind.get(qn("w:rightChars")) for p in document.paragraphs[-2:]]

    assert found == rights


def test_headings_are_numbered_as_the_standard_says():
    assert [numeral(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
