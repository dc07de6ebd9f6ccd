"""Paragraphs as the reader works on them, rejoined where a page break tore them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gonghui.kit.blocks import Block, Furniture, Paragraph, Table

from .markers import candidates
from .numerals import fold

_ENDS = '。;:!?…”’"』」》】'
_ENDED = re.compile(r"[。;:!?…”’\"'」》】]$|(?<=[\u4e00-\u9fff%])\.$")
_TAIL = re.compile(r"[^\s,。;、:()0-9]{1,4}[。;]")
# Words of the genre that a page break cuts in two.
_CUT_WORDS = frozenset(
    [
        "工会",
        "工作",
        "工人",
        "职工",
        "活动",
        "学习",
        "组织",
        "会员",
        "竞赛",
        "管理",
        "培训",
        "教育",
        "发展",
        "建设",
        "服务",
        "制度",
    ]
)
_BEGINS_ANEW = re.compile(
    r"我们|同志们|各位|今年|今后|下一步|同时|此外|另外|总之|综上|总结|回顾|最后|为此|因此|一年来|附件?[:：]"
)
_OPEN_END = re.compile(r"[,、(“《第和与及把将]$|(?<!目)的$")
_SIGNED = re.compile(r".{2,30}(?:工会|委员会|公司|办公室|局|部)$|(?:20\d\d|二[〇○零])\S{0,12}日$")


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph or one table of the document."""

    text: str
    label: str = ""
    heading: int | None = None
    level: int | None = None
    table: Table | None = None

    def but(self, text: str) -> Para:
        return replace(self, text=text)

    @property
    def whole(self) -> str:
        return self.label + self.text

    @property
    def is_bullet(self) -> bool:
        """An item of a list that the file draws with a sign and not with a number."""
        return self.level is not None and not self.label.strip() and self.heading is None

    @property
    def is_empty(self) -> bool:
        return self.table is None and not self.whole.strip()


def paras_of(blocks: Sequence[Block]) -> tuple[list[Para], list[str]]:
    """The paragraphs of a document, and what its file already says is page furniture."""
    paras: list[Para] = []
    furniture: list[str] = []
    for block in blocks:
        if isinstance(block, Furniture):
            furniture.append(block.text)
        elif isinstance(block, Paragraph):
            paras += _lines_of(block)
        else:
            paras.append(Para("", table=block))
    return paras, [f for f in furniture if f.strip()]


def _lines_of(block: Paragraph) -> list[Para]:
    """A paragraph; a line break within it (Shift+Enter in Word) begins another."""
    first, *rest = block.text.splitlines() or [""]
    lines = [Para(first, block.label, block.heading, block.list_level)]
    return lines + [Para(line) for line in rest]


def rejoined(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs without empty ones, and with those made whole that a break tore."""
    width = _wrap_width(paras)
    whole: list[Para] = []
    for para in paras:
        if para.is_empty:
            continue
        if whole and _is_torn(whole[-1], para, width):
            whole[-1] = whole[-1].but(whole[-1].text.rstrip() + para.text.lstrip())
        else:
            whole.append(para)
    return whole


def _wrap_width(paras: Sequence[Para]) -> int:
    """The line length of a text whose lines were cut at one width (a PDF), else 0."""
    lengths = [len(p.text.rstrip()) for p in paras if p.text.strip() and not p.table]
    if len(lengths) < 8:
        return 0
    widest = max(lengths)
    full = sum(n >= widest - 3 for n in lengths)
    return widest - 3 if 20 <= widest <= 70 and full >= 0.3 * len(lengths) else 0


def _is_torn(before: Para, after: Para, width: int) -> bool:
    if before.table or after.table or after.label or before.heading or after.heading:
        return False
    if after.is_bullet:
        return False
    head, tail = fold(before.text).rstrip(), fold(after.text).lstrip()
    if _ENDED.search(head) and not (width and len(head) >= width and not _is_indented(after)):
        return False
    if _begins_an_item(head, tail):
        return False
    return _breaks_a_sentence(head, tail, width)


def _is_indented(para: Para) -> bool:
    return para.text[:1].isspace()


def _begins_an_item(head: str, tail: str) -> bool:
    """A numbered line opens an item, except for ``第`` + ``一要务``, torn inside the word."""
    leads = [c for c in candidates(tail) if c.leads]
    if head.endswith("第") and all(c.floating or c.weak for c in leads):
        return False
    return any(c.weak < 3 for c in leads) or _is_bare_heading(tail, leads != [])


def _is_bare_heading(tail: str, numbered: bool) -> bool:
    return numbered and tail[-1] not in _ENDS and len(tail) < 60


def _breaks_a_sentence(head: str, tail: str, width: int) -> bool:
    if not head or not tail or _SIGNED.fullmatch(tail):
        return False
    if _BEGINS_ANEW.match(tail) and head[-1] not in ",、(" and not width:
        return False
    if _OPEN_END.search(head) or tail[0] in ",。;、)”》":
        return True
    if (_TAIL.match(tail) and len(head) > 20) or head[-1] + tail[0] in _CUT_WORDS:
        return True
    if width:
        return len(head) >= width
    return len(head) > 60 and "。" in head
