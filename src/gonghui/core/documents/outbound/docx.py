"""Writes a paper as a Word file in the official layout (GB/T 9704-2012)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gonghui.core.documents.outbound import official
from gonghui.kit import numerals

DEEPEST_HEADING = 4
TABLE_WIDTH = round(official.TEXT_WIDTH / 25.4 * 1440)  # twips
# Words between these two signs of nobody's language are set raised, as marks behind a figure are.
RAISED = re.compile("\ue000([^\ue000\ue001]*)\ue001")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = Any  # lxml ships no types


def numeral(level: int, number: int) -> str:
    """The number of a heading at its level: 一、 （一） 1. （1）."""
    chinese = numerals.write(number, "chineseCounting")
    return (f"{chinese}、", f"（{chinese}）", f"{number}.", f"（{number}）")[level - 1]


def raised(text: str) -> str:
    """Words that a paper sets small and high."""
    return f"\ue000{text}\ue001"


class OfficialPaper:
    """A paper put together from top to bottom; numbers of headings are part of their text."""

    def __init__(self, title: str) -> None:
        self._document = docx.Document()
        official.set_styles(self._document)
        official.set_page(self._document)
        self._set_fallbacks()
        self._set_feet()
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = _clean(title), "", ""
        for line in title.split("\n"):
            self._add(line, "Title")
        self._add("", "Addressee")  # an empty line stands below the title

    def addressee(self, names: str) -> None:
        """主送: whom the paper is for, flush left with a full-width colon."""
        self._add(f"{names.rstrip('：:')}：", "Addressee")

    def heading(self, text: str, level: int) -> None:
        self._add(text, f"Heading {max(1, min(level, DEEPEST_HEADING))}")

    def paragraph(self, text: str) -> None:
        """Text; a line break in it opens a new paragraph."""
        for line in text.split("\n"):
            self._add(line, "Normal")

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float] | None = None,
    ) -> None:
        """A table as wide as the text; ``widths`` are shares, the head repeats on each page."""
        shares = list(widths or [1.0] * len(head))
        twips = [round(TABLE_WIDTH * share / sum(shares)) for share in shares]
        table = _table(twips)
        table.append(_row(head, twips, "TableHead", is_head=True))
        for row in rows:
            cells = [*row, *[""] * (len(head) - len(row))][: len(head)]
            table.append(_row(cells, twips, "TableCell"))
        body = self._document.element.body
        body.insert(list(body).index(body.sectPr), table)

    def signature(self, name: str, day: date) -> None:
        """署名, two characters from the right, and 成文日期, beginning two after the name does."""
        written = f"{day.year}年{day.month}月{day.day}日"
        name_width, day_width = _width(name), _width(written)
        name_free, day_free = 2.0, name_width - day_width
        if day_width > name_width:  # a longer date keeps the two characters, the name moves
            name_free, day_free = 4.0 + day_width - name_width, 2.0
        self._add("", "Normal")
        for text, free in ((name, name_free), (written, day_free)):
            paragraph = self._add(text, "Signature")
            official.indent(paragraph.get_or_add_pPr(), right=round(free * 100))

    def to_bytes(self) -> bytes:
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _add(self, text: str, style: str) -> Element:
        if not RAISED.search(text):
            return self._document.add_paragraph(_clean(text), style=style)._p
        paragraph = self._document.add_paragraph(style=style)._p
        paragraph.extend(_runs(_clean(text)))
        return paragraph

    def _set_fallbacks(self) -> None:
        part = self._document.part
        for key, relation in list(part.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
                part.rels.pop(key)
        name = PackURI("/word/fontTable.xml")
        package = part.package
        fonts = Part(name, CONTENT_TYPE.WML_FONT_TABLE, official.font_table(), package)
        part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)

    def _set_feet(self) -> None:
        """— 1 —: on odd pages right with a character free, on even pages left."""
        section = self._document.sections[0]
        for foot, align, side in (
            (section.footer, official.RIGHT, "right"),
            (section.even_page_footer, official.LEFT, "left"),
        ):
            foot.is_linked_to_previous = False
            paragraph = foot.paragraphs[0]
            paragraph.style = self._document.styles["Paper Foot"]
            paragraph.alignment = align
            properties = paragraph._p.get_or_add_pPr()
            official.indent(properties, **{side: 100}, size=official.SIZE_4)
            paragraph.add_run("— ")
            paragraph._p.append(_element("w:fldSimple", {"w:instr": "PAGE"}, _run("1")))
            paragraph.add_run(" —")


def _clean(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return NOT_XML.sub("", text)


def _width(text: str) -> float:
    """In characters of the text: figures are half as wide."""
    return sum(1.0 if char > "\u2e7f" else 0.5 for char in text)


def _element(tag: str, attributes: dict[str, str], *children: Element) -> Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    element.extend(children)
    return element


def _runs(text: str) -> list[Element]:
    """Runs of a text, those between the signs raised."""
    parts = RAISED.split(text)
    return [_run(part, is_raised=at % 2 == 1) for at, part in enumerate(parts) if part]


def _run(text: str, *, is_raised: bool = False) -> Element:
    words = OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    look = [_element("w:rPr", {}, _element("w:vertAlign", {"w:val": "superscript"}))]
    return _element("w:r", {}, *(look if is_raised else []), words)


def _table(twips: list[int]) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "000000"}
    return _element(
        "w:tbl",
        {},
        _element(
            "w:tblPr",
            {},
            _element("w:tblW", {"w:w": str(sum(twips)), "w:type": "dxa"}),
            _element("w:jc", {"w:val": "center"}),
            _element("w:tblBorders", {}, *(_element(f"w:{side}", line) for side in sides)),
            _element("w:tblLayout", {"w:type": "fixed"}),
        ),
        _element("w:tblGrid", {}, *(_element("w:gridCol", {"w:w": str(w)}) for w in twips)),
    )


def _row(cells: Sequence[str], twips: list[int], style: str, *, is_head: bool = False) -> Element:
    marks = [_element("w:cantSplit", {})] + ([_element("w:tblHeader", {})] if is_head else [])
    pairs = zip(cells, twips, strict=True)
    return _element(
        "w:tr", {}, _element("w:trPr", {}, *marks), *(_cell(t, w, style) for t, w in pairs)
    )


def _cell(text: str, width: int, style: str) -> Element:
    look = [
        _element("w:tcW", {"w:w": str(width), "w:type": "dxa"}),
        _element("w:vAlign", {"w:val": "center"}),
    ]
    paragraphs = [
        _element(
            "w:p",
            {},
            _element("w:pPr", {}, _element("w:pStyle", {"w:val": style})),
            *_runs(line),
        )
        for line in _clean(text).split("\n")
    ]
    return _element("w:tc", {}, _element("w:tcPr", {}, *look), *paragraphs)
