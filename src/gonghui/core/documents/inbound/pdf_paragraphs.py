"""Joins the lines of a printed page into the paragraphs they were broken from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gonghui.kit.blocks import Paragraph

SENTENCE_ENDS = tuple("。！？；：!?;:…”」）)")
MARKER = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]+|\d{1,3}|[a-zA-Z])[、.．）):：](?!\d)"
    r"|第[一二三四五六七八九十百\d]+[章节条篇编部阶]|[⒈-⒛①-⑳㈠-㈩●■◆★▪•]|[一二三四五六七八九十]+[是要]"
    r"|[一二三四五六七八九十\d]{1,3}月(?:份|[:：])"
)
INDENTED = 0.8  # ems to the right of the margin
SHORT_OF_EDGE = 2.6  # ems: punctuation that may not open a line and long words leave that much
USUAL_LEFT = 0.04  # share of lines that makes a left edge a margin


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: page, left and right end, height, letter size."""

    page: int
    left: float
    right: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class _Page:
    """What is usual in this document."""

    left: float
    right: float
    size: float
    leading: float
    has_gaps: bool  # paragraphs are set apart by white space


def width_of(text: str) -> float:
    """The width in ems, near enough: Chinese characters are one wide, others half, blanks less."""
    wide = sum(1 for char in text if char > "\u2e7f" or char in "—…“”‘’")
    blanks = text.count(" ")
    return wide + 0.25 * blanks + 0.5 * (len(text) - wide - blanks)


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Lines joined where the first runs to the margin and the second goes on from it."""
    if not lines:
        return []
    usual = _usual(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(_joined(group)) for group in groups]


def _usual(lines: Sequence[Line]) -> _Page:
    written = [line for line in lines if not _is_row(line)] or list(lines)
    size = Counter(line.size for line in written for _ in line.text).most_common(1)[0][0]
    body = [line for line in written if line.size == size]
    lefts = Counter(round(line.left) for line in body)
    floor = max(1, int(len(body) * USUAL_LEFT))
    left = min(edge for edge, count in lefts.items() if count >= floor)
    rights = sorted(line.right for line in body)
    steps = [s for a, b in pairwise(body) if (s := _step(a, b)) is not None]
    small = sorted(step for step in steps if step < 3 * size)
    leading = small[len(small) // 4] if small else 1.5 * size
    gaps = sum(1 for step in small if step > 1.3 * leading)
    right = rights[int(len(rights) * 0.9)]
    return _Page(float(left), right, size, leading, gaps > len(body) * 0.1)


def _step(above: Line, below: Line) -> float | None:
    """How far apart two lines of one page are."""
    return above.y - below.y if above.page == below.page else None


def _goes_on(group: list[Line], line: Line, usual: _Page) -> bool:
    """Whether ``line`` continues the paragraph that ``group`` holds so far."""
    last = group[-1]
    if abs(last.size - line.size) > 0.8 or _is_row(last) or _is_row(line):
        return False
    if last.size > 1.15 * usual.size:
        return _is_title_broken(last, line, usual)
    if last.right < usual.right - SHORT_OF_EDGE * usual.size or _is_apart(last, line, usual):
        return False
    if line.left > usual.left + INDENTED * usual.size:
        return _hangs(group, line)
    return _flows(group, line, usual)


def _is_row(line: Line) -> bool:
    """A row of columns; a gap after a short number alone makes none."""
    head, tab, rest = line.text.strip().partition("\t")
    return bool(tab) and (len(head) > 6 or "\t" in rest or not MARKER.match(head))


def _is_title_broken(last: Line, line: Line, usual: _Page) -> bool:
    """A long title set over two lines, each in the middle."""
    below = _step(last, line)
    near = below is not None and below < 2.2 * last.size
    middle = min(last.left, line.left) > usual.left + usual.size
    ends = last.text.endswith(SENTENCE_ENDS)
    return near and middle and not ends and not MARKER.match(line.text)


def _is_apart(last: Line, line: Line, usual: _Page) -> bool:
    below = _step(last, line)
    return usual.has_gaps and below is not None and below > 1.3 * usual.leading


def _hangs(group: list[Line], line: Line) -> bool:
    """A list item whose later lines stand under its text, right of its number."""
    if MARKER.match(line.text):
        return False
    if len(group) > 1:
        return abs(group[-1].left - line.left) < 0.5 * line.size
    inset = (line.left - group[0].left) / line.size
    return INDENTED < inset < 4.5 and MARKER.match(group[0].text) is not None


def _flows(group: list[Line], line: Line, usual: _Page) -> bool:
    """The line stands at the margin: new only where a sentence has ended and something opens."""
    ended = group[-1].text.endswith(SENTENCE_ENDS)
    opens = MARKER.match(line.text) is not None
    if group[0].left > usual.left + INDENTED * usual.size:
        return not (ended and opens)
    if opens:
        return False
    return usual.has_gaps or not ended


def _joined(group: list[Line]) -> str:
    text = group[0].text.strip()
    for line in group[1:]:
        more = line.text.strip()
        words = text[-1:].isascii() and text[-1:].isalnum() and more[:1].isascii()
        text += (" " if words and more[:1].isalpha() else "") + more
    return text
