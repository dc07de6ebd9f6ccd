"""A report as a list of blocks, made once: the page and the Word file are drawn from the same.

A figure is cited: it gets a number and a door, and its mark stands behind it in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gonghui.core.documents.outbound.docx import RAISED, OfficialPaper, numeral, raised
from gonghui.core.indicators.counting import Figure, Number
from gonghui.core.indicators.registry import Declared
from gonghui.core.indicators.screens.asked import Doors
from gonghui.core.indicators.shown import unit_of, words
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

MISSING = "【暂无】"
TITLE, TEXT, ADDRESSEE, TABLE, SIGNATURE = "title", "text", "addressee", "table", "signature"


@dataclass(frozen=True)
class Source:
    """A figure of a report: what it is, as it is printed, and where it is read from."""

    number: int
    label: str
    words: str
    address: str
    org: Org
    indicator: str = ""
    period: Period | None = None


@dataclass(frozen=True)
class Block:
    """A heading of a level, a paragraph, or a table."""

    kind: str
    text: str = ""
    level: int = 0
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[float] | None = None
    day: date | None = None


@dataclass(frozen=True)
class Piece:
    """Some words, or the mark of a figure with its door."""

    text: str
    source: Source | None = None


@dataclass
class Composition:
    """A report that is being put together from top to bottom."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    chapters: int = 0

    def chapter(self, text: str) -> None:
        """A heading of the first level, numbered as they come."""
        self.chapters += 1
        self.heading(f"{numeral(1, self.chapters)}{text}", 1)

    def heading(self, text: str, level: int) -> None:
        self.blocks.append(Block(TITLE, text, level))

    def paragraph(self, text: str) -> None:
        self.blocks += [Block(TEXT, line) for line in text.split("\n")]

    def addressee(self, names: str) -> None:
        self.blocks.append(Block(ADDRESSEE, names))

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float] | None = None,
    ) -> None:
        self.blocks.append(Block(TABLE, head=head, rows=list(rows), widths=widths))

    def signature(self, name: str, day: date) -> None:
        self.blocks.append(Block(SIGNATURE, name, day=day))

    def cite(self, one: Declared, org: Org, period: Period, figure: Figure) -> str:
        """A figure of an indicator in words with its mark; one nobody knows has neither."""
        if figure.value is None:
            return MISSING
        address = Doors(org, period).records(one)
        said = told_words(one, figure.value)
        return self.mark(said, one.title, address, org, indicator=one.code, period=period)

    def compare(self, one: Declared, org: Org, period: Period, said: str, how: str) -> str:
        """What is worked out of several figures; its door is the page that has them together."""
        return self.mark(said, f"{one.title}（{how}）", Doors(org, period).to("one", one.code), org)

    def mark(self, said: str, label: str, address: str, org: Org, **known: Any) -> str:
        """Any other figure with the address it is read from."""
        key = (address, said, label)
        same = next((s for s in self.sources if (s.address, s.words, s.label) == key), None)
        if same is None:
            same = Source(len(self.sources) + 1, label, said, address, org, **known)
            self.sources.append(same)
        return f"{said}{raised(f'〔{same.number}〕')}"

    def pieces(self, text: str) -> Iterator[Piece]:
        """A text taken apart at its marks."""
        at = 0
        for found in RAISED.finditer(text):
            if found.start() > at:
                yield Piece(text[at : found.start()])
            yield Piece(found[1], self._named(found[1]))
            at = found.end()
        if at < len(text):
            yield Piece(text[at:])

    def _named(self, mark: str) -> Source | None:
        number = int(re.sub(r"\D", "", mark))
        return self.sources[number - 1] if 0 < number <= len(self.sources) else None

    def to_word(self, code: str) -> bytes:
        """The same as a Word file; ``code`` is what its figures are opened by."""
        paper = OfficialPaper(self.title)
        for block in self.blocks:
            if block.kind == TITLE:
                paper.heading(block.text, block.level)
            elif block.kind == TABLE:
                paper.table(block.head, block.rows, block.widths)
            elif block.kind == ADDRESSEE:
                paper.addressee(block.text)
            elif block.kind == TEXT:
                paper.paragraph(block.text)
            elif block.day is not None:
                if self.sources:
                    paper.paragraph(source_words(code))
                paper.signature(block.text, block.day)
        return paper.to_bytes()


def told_words(one: Declared, value: Number | None) -> str:
    """A figure with its unit, as a paper prints it."""
    return f"{words(value, one.unit)}{unit_of(one)}"


def source_words(code: str) -> str:
    """How a reader of the paper opens a figure."""
    return (
        f"数字出处：本文编号{code}。文中数字后〔〕内是数字的序号；在系统“统计—核对数字”里输入编号和序号"
        f"（如{code}-1），有权限的人可以看到这个数字由哪些记录数出。"
    )
