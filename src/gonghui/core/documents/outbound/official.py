"""The measures and fonts of an official paper (GB/T 9704-2012) and the Word styles made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

Element = Any  # lxml ships no types

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
SECOND_FONT = "楷体_GB2312"
FIRST_FONT = "黑体"
NUMBER_FONT = "宋体"
# The fonts are not ours to embed: a machine without one takes the next name.
FALLBACKS = {
    TITLE_FONT: ("FZXiaoBiaoSong-B05S", "华文中宋", "SimSun"),
    BODY_FONT: ("仿宋", "FangSong", "FangSong_GB2312"),
    SECOND_FONT: ("楷体", "KaiTi", "KaiTi_GB2312"),
    FIRST_FONT: ("SimHei", "Noto Sans CJK SC"),
    NUMBER_FONT: ("SimSun", "Noto Serif CJK SC"),
}

SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = 22.0, 16.0, 14.0, 12.0  # 二号, 三号, 四号, 小四, in points
LINE = 28.0
TITLE_LINE = 34.0
TEXT_WIDTH = 156  # mm between the margins
# The dash of the page number, half-way up its 14-point line, is 7 mm below the text area.
FOOTER_DISTANCE = Mm(35 - 7 - SIZE_4 / 2 / 72 * 25.4)
# Twentieths of a point: 28 characters of 16 points in 156 mm. A character grid says the same, but
# programs other than Word give each character two of its cells.
CHARACTER_SPACE = -5


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: font, size in points, line in points, and how it stands."""

    font: str
    size: float = SIZE_3
    line: float = LINE
    indent: int = 200  # first line, in hundredths of a character
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    keep_with_next: bool = False


CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
LOOKS = {
    "Normal": Look(BODY_FONT),
    "Title": Look(TITLE_FONT, SIZE_2, TITLE_LINE, 0, CENTRE, keep_with_next=True),
    "Heading 1": Look(FIRST_FONT, keep_with_next=True),
    "Heading 2": Look(SECOND_FONT, keep_with_next=True),
    "Heading 3": Look(BODY_FONT, keep_with_next=True),
    "Heading 4": Look(BODY_FONT, keep_with_next=True),
    "Addressee": Look(BODY_FONT, indent=0),
    "Signature": Look(BODY_FONT, indent=0, align=RIGHT),
    "Table Cell": Look(BODY_FONT, SIZE_SMALL_4, 20.0, 0, LEFT),
    "Table Head": Look(FIRST_FONT, SIZE_SMALL_4, 20.0, 0, CENTRE),
    "Paper Foot": Look(NUMBER_FONT, SIZE_4, SIZE_4, 0),
}


def set_page(document: Document) -> None:
    """A4, the margins of the standard, and different feet on odd and even pages."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), FOOTER_DISTANCE
    # No grid: lines are exactly 28 points, and a grid would stretch them in some programs.
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    document.settings.odd_and_even_pages_header_footer = True


def set_styles(document: Document) -> None:
    """Give the styles their looks, and the text its language."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for name, look in LOOKS.items():
        _set_style(document, name, look)


def _set_style(document: Document, name: str, look: Look) -> None:
    known = {style.name for style in document.styles}
    if name not in known:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[
            "Normal"
        ]
    style: Any = document.styles[name]
    for old in (style.element.rPr, style.element.pPr):  # the template's colours and borders
        if old is not None:
            outline = old.findall(qn("w:outlineLvl"))
            old.clear()
            old.extend(outline)
    style.font.size = Pt(look.size)
    style.font.bold = False
    set_font(style.element.get_or_add_rPr(), look.font)
    if look.size == SIZE_3:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(CHARACTER_SPACE))
        style.element.rPr.insert_element_before(spacing, "w:sz", "w:szCs")
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    form.space_before = form.space_after = Pt(0)
    form.alignment, form.keep_with_next = look.align, look.keep_with_next
    form.widow_control = True
    indent(style.element.get_or_add_pPr(), first=look.indent, size=look.size)


def set_font(properties: Element, font: str) -> None:
    """One font for every script: figures in a paper are set in the font of its text."""
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def indent(
    properties: Element, *, first: int = 0, left: int = 0, right: int = 0, size: float = SIZE_3
) -> None:
    """Indents in hundredths of a character, with the same in twips for programs that need it."""
    found = properties.get_or_add_ind()
    for name, amount in (("firstLine", first), ("left", left), ("right", right)):
        found.set(qn(f"w:{name}Chars"), str(amount))
        found.set(qn(f"w:{name}"), str(round(amount / 100 * size * 20)))


def font_table() -> bytes:
    """The font table part, where Word looks for other names of a font it does not have."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{rows}</w:fonts>'.encode()
