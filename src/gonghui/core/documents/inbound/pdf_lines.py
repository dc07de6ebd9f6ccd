"""Puts the pieces of PDF pages together: lines, page furniture, and paragraphs over both."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gonghui.core.documents.inbound.pdf_paragraphs import Line, paragraphs_of, width_of
from gonghui.kit.blocks import Block, Furniture


class Piece(NamedTuple):
    """Text at a place on a page, measured in points from the lower left corner."""

    x: float
    y: float
    size: float
    text: str


Page = Sequence[Piece]
WIDE = "[\u2e80-\u9fff\uff01-\uff60\u3000-\u303f]"
# Blanks that only the typesetting made: between Chinese and figures, and after full-width signs.
LOOSE = re.compile(
    f"(?<={WIDE}) (?=[0-9A-Za-z%])|(?<=[0-9A-Za-z%]) (?={WIDE})"
    f"|(?<=[、，。；：！？）》”]) (?={WIDE})"
)
SPACED_OUT = re.compile(f"(?<={WIDE}) (?={WIDE})")
ODD = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")
EDGE = 3  # so many lines at the top and at the bottom of a page may be furniture
NUMBER = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-—–－―•·]+\s*\d{1,4}\s*[-—–－―•·]+"
    r"|第\s*\d{1,4}\s*页(\s*[,，/／]?\s*(共|总)\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
    # What browsers print above and below a page.
    r"|(file|https?)://\S+\s+\d+/\d+|\d{1,4}/\d{1,2}/\d{1,4},?\s+\d{1,2}:\d\d(\s[AP]M)?(\s.*)?"
    r"|page\s*\d{1,4}(\s*(of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
# Radicals that browsers write for the whole character; NFKC knows only the Kangxi ones.
RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


def blocks_of(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Repeated page headers, the paragraphs, then footers and page numbers."""
    sheets = [_lines(number, page) for number, page in enumerate(pages)]
    repeated = _repeated(sheets)
    leading = _leading(sheets)
    top: dict[str, None] = {}
    bottom: dict[str, None] = {}
    body: list[Line] = []
    for lines in sheets:
        head = _outer(lines, repeated, leading)
        foot = _outer(lines[head:][::-1], repeated, leading)
        rest = len(lines) - foot
        top.update(dict.fromkeys(line.text.strip() for line in lines[:head]))
        body += lines[head:rest]
        bottom.update(dict.fromkeys(line.text.strip() for line in lines[rest:]))
    return (*map(Furniture, top), *paragraphs_of(body), *map(Furniture, bottom))


def _lines(number: int, page: Page) -> list[Line]:
    """Pieces of one height, left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(page, key=lambda p: -p.y):
        if rows and abs(rows[-1][0].y - piece.y) < 0.4 * max(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line for row in rows if (line := _line(number, row)).text.strip()]


def _line(number: int, row: list[Piece]) -> Line:
    row.sort(key=lambda p: p.x)
    text = ""
    end = row[0].x
    for piece in row:
        gap = _between(text, piece, end)
        text = text.rstrip() + gap + piece.text.lstrip() if gap == "\t" else text + gap + piece.text
        end = max(end, piece.x + width_of(piece.text) * piece.size)
    text = LOOSE.sub("", _whole(text).rstrip())
    if len(SPACED_OUT.findall(text)) > 0.4 * len(text.replace(" ", "")):  # s p a c e d  o u t
        text = SPACED_OUT.sub("", text)
    size = Counter(p.size for p in row for _ in p.text).most_common(1)[0][0]
    return Line(number, row[0].x, end, row[0].y, size or 1.0, text)


def _between(before: str, piece: Piece, end: float) -> str:
    """What the white space in front of a piece stands for: a column, a word's end, or nothing."""
    gap = (piece.x - end) / (piece.size or 1.0)
    if not before or before[-1].isspace() or piece.text[:1].isspace():
        return "\t" if before and gap > 1.5 else ""
    if gap > 1.5:
        return "\t"
    return " " if gap > 0.2 and before[-1].isascii() and piece.text[:1].isascii() else ""


def _whole(text: str) -> str:
    """Radicals and ligatures (⼯, ⻓, ﬁ) that a font's tables name in place of 工, 长, fi."""
    return ODD.sub(lambda m: unicodedata.normalize("NFKC", RADICALS.get(m[0], m[0])), text)


def _leading(sheets: list[list[Line]]) -> float:
    """The usual distance of two lines that belong together."""
    steps = sorted(above.y - below.y for lines in sheets for above, below in pairwise(lines))
    return steps[len(steps) // 4] if steps else 0.0


def _repeated(sheets: list[list[Line]]) -> set[int]:
    """Lines at the edges that the file repeats from page to page, by identity."""
    groups: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for lines in sheets:
        for line in {id(x): x for x in (*lines[:EDGE], *lines[-EDGE:])}.values():
            groups[NUMBER.sub("#", line.text.strip()), round(line.y / 4)].append(line)
    everywhere = Counter(line.text.strip() for lines in sheets for line in lines)
    return {
        id(line)
        for group in groups.values()
        if _is_furniture(group, len(sheets), everywhere[group[0].text.strip()])
        for line in group
    }


def _is_furniture(group: list[Line], pages: int, everywhere: int) -> bool:
    """The same words at the same height on many pages, where numbers only count the pages."""
    if len({line.page for line in group}) < max(2, 0.3 * pages):
        return False
    if len({line.text.strip() for line in group}) == 1:
        return everywhere < 1.5 * len(group)  # a sentence that also stands elsewhere is text
    numbers = [NUMBER.search(line.text) for line in group]
    counts = {int(n[0][:9]) - x.page for n, x in zip(numbers, group, strict=True) if n}
    return len(counts) == 1 and all(numbers)


def _outer(lines: list[Line], repeated: set[int], leading: float) -> int:
    """How many lines, from the page's edge inwards, are furniture: set apart from what follows."""
    count = 0
    for index, line in enumerate(lines[:EDGE]):
        number = PAGE_NUMBER.fullmatch(line.text.strip()) is not None
        if not (number or id(line) in repeated):
            break
        if number or _is_set_apart(lines, index, leading):
            count = index + 1
    return count


def _is_set_apart(lines: list[Line], index: int, leading: float) -> bool:
    if index + 1 == len(lines):
        return True
    line, inner = lines[index], lines[index + 1]
    return abs(line.y - inner.y) > 1.2 * leading or abs(line.size - inner.size) > 0.8
