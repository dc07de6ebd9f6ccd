"""Reads a Word file into blocks: paragraphs with their headings and numbers, tables, furniture."""

from __future__ import annotations

from collections.abc import Iterable

from gonghui.core.documents.inbound import refusals
from gonghui.core.documents.inbound.package import Element, Package
from gonghui.core.documents.inbound.refusals import MOST_TEXT, Unreadable
from gonghui.core.documents.inbound.word_numbering import Numbering
from gonghui.core.documents.inbound.word_runs import Words, gather
from gonghui.core.documents.inbound.word_styles import Style, Styles, outline_level
from gonghui.core.documents.inbound.word_tables import WRAPPERS, Grid, unwrapped
from gonghui.core.documents.inbound.word_xml import W, is_on, number_of, value_of
from gonghui.kit.blocks import Block, Furniture, Paragraph, text_of

MOST_PARAGRAPHS = 100_000  # those in cells and boxes included
TYPES = "[Content_Types].xml"
OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_word(data: bytes) -> tuple[Block, ...]:
    """All blocks of the file, page headers first and footers last; refused if it has no text."""
    package = Package(data)
    main = _main_part(package)
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise Unreadable(refusals.CORRUPT_WORD)
    if next(body.iter(W + "altChunk"), None) is not None:
        raise Unreadable(refusals.EMBEDDED)
    related = package.relations(main)
    blocks = _reader(package, related).blocks(body)
    if not any(_says_something(block) for block in blocks):
        raise Unreadable(refusals.NO_TEXT)
    return (
        *_furniture(package, related, "header"),
        *blocks,
        *_furniture(package, related, "footer"),
    )


def _says_something(block: Block) -> bool:
    return not isinstance(block, Furniture) and bool(text_of((block,)).strip())


def _main_part(package: Package) -> str:
    """The main part's name, after making sure that it is a Word document without macros."""
    names = package.names()
    types = package.xml(TYPES)
    if types is None:
        raise Unreadable(_other_zip(names))
    kinds = {
        o.get("PartName", "").lstrip("/").lower(): o.get("ContentType", "")
        for o in types.iter(OVERRIDE)
    }
    if any(n.endswith("vbaproject.bin") for n in names):
        raise Unreadable(refusals.MACROS)
    main = next((p for kind, p in package.relations("") if kind == "officeDocument"), "")
    _refuse_other_office(kinds.get(main.lower(), ""))
    if main.lower() not in names:
        raise Unreadable(refusals.CORRUPT_WORD)
    return main


def _refuse_other_office(kind: str) -> None:
    kind = kind.lower()
    for word, sentence in (
        ("spreadsheet", refusals.SPREADSHEET),
        ("excel", refusals.SPREADSHEET),
        ("presentation", refusals.SLIDES),
        ("macroenabled", refusals.MACROS),
    ):
        if word in kind:
            raise Unreadable(sentence)


def _other_zip(names: set[str]) -> str:
    if "ofd.xml" in names or "meta-inf/manifest.xml" in names:
        return refusals.OPEN_DOCUMENT
    return refusals.CORRUPT_WORD if "word/document.xml" in names else refusals.ARCHIVE


def _part(package: Package, related: list[tuple[str, str]], kind: str) -> Element | None:
    name = next((part for k, part in related if k == kind), None)
    return None if name is None else package.xml(name)


def _reader(package: Package, related: list[tuple[str, str]]) -> _Reader:
    styles = Styles(_part(package, related, "styles"))
    numbering = Numbering(_part(package, related, "numbering"), styles.list_styles)
    notes: dict[tuple[str, str], Element] = {}
    for kind in ("footnotes", "endnotes"):
        root = _part(package, related, kind)
        for note in [] if root is None else root:
            if note.get(W + "type", "") not in SEPARATORS:
                notes[kind, note.get(W + "id", "")] = note
    return _Reader(styles, numbering, notes)


def _furniture(package: Package, related: list[tuple[str, str]], kind: str) -> Iterable[Furniture]:
    """Each different line of the page headers (or footers), once."""
    seen: dict[str, None] = {}
    for name in (part for k, part in related if k == kind):
        root = package.xml(name)
        if root is not None:
            lines = text_of(_Reader(Styles(None), Numbering(None), {}).blocks(root)).splitlines()
            seen.update(dict.fromkeys(line.strip() for line in lines if line.strip()))
    return [Furniture(line) for line in seen]


class _Reader:
    """Walks a story (body, header, box, note, cell) in reading order, counting lists as it goes."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], Element]
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._carried = ""  # text whose paragraph mark was deleted: it joins the next paragraph
        self._count = 0
        self._length = 0

    def blocks(self, story: Element) -> list[Block]:
        found: list[Block] = []
        for child in story:
            if child.tag == W + "p":
                found += self._paragraph(child)
            elif child.tag == W + "tbl":
                found += self._table(child)
            elif child.tag == W + "sdt" and _is_contents(child):
                found += [Furniture(line) for line in text_of(self.blocks(child)).splitlines()]
            elif child.tag in WRAPPERS:
                found += self.blocks(child)
        if self._carried:  # the last mark of a story cannot join anything
            found.append(Paragraph(self._carried))
            self._carried = ""
        return found

    def _paragraph(self, p: Element) -> list[Block]:
        words = Words()
        gather(p, words)
        self._count += 1
        self._length += sum(map(len, words.text))
        if self._length > MOST_TEXT or self._count > MOST_PARAGRAPHS:
            raise Unreadable(refusals.TOO_LONG)
        properties = p.find(W + "pPr")
        mark = None if properties is None else properties.find(W + "rPr")
        if is_on(mark, "del") or is_on(mark, "moveFrom"):
            self._carried += "".join(words.text)
            return self._asides(words)
        words.text.insert(0, self._carried)
        self._carried = ""
        return [*self._lines(properties, words), *self._asides(words)]

    def _lines(self, properties: Element | None, words: Words) -> list[Block]:
        style = self._styles.of(value_of(properties, "pStyle"))
        first, *rest = words.lines()
        if style.is_contents or style.is_hidden:
            return [Furniture(line) for line in (first, *rest) if line.strip()]
        own = outline_level(properties)
        heading = style.heading if own is None else own or None
        label, level = self._label(properties, style)
        return [
            Paragraph(first, label=label, heading=heading, list_level=level),
            *(Paragraph(line) for line in rest),
        ]

    def _label(self, properties: Element | None, style: Style) -> tuple[str, int | None]:
        direct = None if properties is None else properties.find(W + "numPr")
        num_id = value_of(direct, "numId")
        if num_id:
            found = None if direct is None else direct.find(W + "ilvl")
            level = 0 if found is None else number_of(found, "val")
        else:
            num_id = style.num_id
            level = self._style_level(style)
        label = self._numbering.label(num_id, level)
        return ("", None) if label is None else (label, level)

    def _style_level(self, style: Style) -> int:
        if style.num_level is not None:
            return style.num_level
        return self._numbering.level_for_style(style.num_id, style.numbered_by)

    def _asides(self, words: Words) -> list[Block]:
        """What hangs on a paragraph follows it: boxes, notes, and hidden words as furniture."""
        found: list[Block] = []
        for box in words.boxes:
            found += self.blocks(box)
        for reference in words.notes:
            note = self._notes.pop(reference, None)
            found += [] if note is None else [b for b in self.blocks(note) if _says_something(b)]
        hidden = "".join(words.hidden).strip()
        return [*found, Furniture(hidden)] if hidden else found

    def _table(self, tbl: Element) -> list[Block]:
        rows = list(unwrapped(tbl, W + "tr"))
        only = list(unwrapped(rows[0], W + "tc")) if len(rows) == 1 else []
        if len(only) == 1:  # a frame drawn around text, not a table
            return self.blocks(only[0])
        asides: list[Block] = []

        def text_of_cell(tc: Element) -> str:
            inside = self.blocks(tc)
            asides.extend(b for b in inside if isinstance(b, Furniture))
            return text_of([b for b in inside if not isinstance(b, Furniture)]).strip()

        grid = Grid(text_of_cell)
        for row in rows:
            grid.add_row(row)
        table = grid.table()
        return [*([] if table is None else [table]), *asides]


def _is_contents(sdt: Element) -> bool:
    """Word's own table of contents repeats every heading with a page number."""
    part = sdt.find(f"{W}sdtPr/{W}docPartObj")
    return value_of(part, "docPartGallery") == "Table of Contents"
