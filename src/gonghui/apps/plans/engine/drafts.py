"""The tree while it is being built: drafts of nodes and the branch that is open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .markers import Candidate
from .numerals import fold

_COLON = re.compile(
    r"(?::|如下[。.;]?|以下(?:几个?|[一二三四五六七八九十])?(?:方面|项|点|工作)[。.]?)$"
)
_OPEN_END = re.compile(r"[;,、:]$")
_LOOKS_BACK = re.compile(
    r"回顾(?!党史|历史|征程)|去年|(?<!年终)工作总结|取得的?成[绩效]|主要成绩|存在的?(?:主要)?问题|(?:当前|面临的?|今年的?)形势|"
    r"总则|附则"
)
# 报送全年工作总结 is a thing to do, not a look back.
_SUMS_UP = re.compile(
    r"(?:报送|上报|提交|上交|撰写|完成|做好|写好|形成|召开|开好)[^,。;]{0,10}工作总结"
)
ENCLOSED = re.compile(r"附件?\s?:")
_SHORT = 46


@dataclass(eq=False, slots=True)
class Draft:
    """A node in the making; ``role`` says why it is one, ``leads`` that it began its paragraph."""

    parent: Draft | None
    marker: str = ""
    style: str = ""
    ordinal: int = 0
    role: str = "item"  # item intro bare dated look closing signature heads row cell
    leads: bool = True
    floating: bool = False
    prefix: str = ""
    place: int = -1
    cut: int = 0  # where in its paragraph its own words begin
    heading: int | None = None
    level: int | None = None
    parts: list[str] = field(default_factory=list)
    bodies: int = 0
    children: int = 0
    doubts: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The parts a line each; the cells of a table's row side by side."""
        words = ""
        for part in self.parts:
            if part.strip():
                words += ("" if not words else "\t" if part[0] == "\t" else "\n") + part.strip()
        return words

    @property
    def line(self) -> list[Draft]:
        """The draft and all above it."""
        line = [self]
        while line[-1].parent is not None:
            line.append(line[-1].parent)
        return line

    @property
    def looks_back(self) -> bool:
        """It, or a chapter above it, tells of what was, not of what is planned."""
        heads = [fold(above.text)[:24] for above in self.line]
        return any(_LOOKS_BACK.search(_SUMS_UP.sub("", head)) for head in heads)

    @property
    def ends_open(self) -> bool:
        """The last words announce what follows: a colon, 如下."""
        return bool(_COLON.search(self._tail)) if self.parts else self.style != ""

    @property
    def encloses(self) -> bool:
        """``附件:``, below which the enclosures are listed."""
        return bool(self.parts) and bool(ENCLOSED.match(fold(self.parts[0]).strip()))

    @property
    def ends_unfinished(self) -> bool:
        return bool(_OPEN_END.search(self._tail))

    @property
    def _tail(self) -> str:
        return fold(self.parts[-1]).rstrip()[-12:] if self.parts else ""

    @property
    def is_sentence(self) -> bool:
        return bool(self.parts) and fold(self.parts[0]).rstrip()[-1:] in ("。", ";", "!", ".")

    @property
    def is_heading_like(self) -> bool:
        """Its own first paragraph is a short phrase that still wants a text below it."""
        words = fold(self.parts[0]).strip() if self.parts else ""
        return len(words) <= _SHORT and not re.search(r"[。;!?].", words)


@dataclass(slots=True)
class Branch:
    """All drafts so far in document order and the open branch from the root to the last."""

    drafts: list[Draft] = field(default_factory=list)
    open: list[Draft] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)

    @property
    def top(self) -> Draft | None:
        return self.open[-1] if self.open else None

    def add(self, draft: Draft) -> Draft:
        """Hang a draft below its parent, which must be open, and open it."""
        self.open = [*self._up_to(draft.parent), draft]
        self.drafts.append(draft)
        if draft.parent:
            draft.parent.children += 1
        if draft.style:
            self.last[draft.style] = draft.ordinal
        return draft

    def _up_to(self, draft: Draft | None) -> list[Draft]:
        return self.open[: self.open.index(draft) + 1] if draft else []

    def deepest(self, style: str) -> Draft | None:
        return next((d for d in reversed(self.open) if d.style == style), None)

    def with_role(self, role: str) -> Draft | None:
        return next((d for d in reversed(self.open) if d.role == role), None)

    def continued_by(self, sign: Candidate) -> Draft | None:
        """The open item that the sign is the next of; the deepest where two series fit."""
        for draft in reversed(self.open):
            if draft.style == sign.style and _follows(sign, draft):
                return draft
        return None

    def item_of(self, draft: Draft) -> Draft:
        """The item that began the paragraph in which an inline item stands."""
        while not draft.leads and draft.parent:
            draft = draft.parent
        return draft


def _follows(sign: Candidate, draft: Draft) -> bool:
    if sign.style.startswith("bullet"):
        return True
    if sign.style == "order":
        return sign.ordinal > draft.ordinal
    return sign.ordinal == draft.ordinal + 1 and sign.prefix == draft.prefix
