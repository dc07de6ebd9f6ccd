"""The tree while it is being built: drafts of nodes, the branch that is open, what lies ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .markers import Candidate, candidates, label_candidate
from .numerals import fold
from .paragraphs import Para

_COLON = re.compile(
    r"(?::|如下[。.;]?|以下(?:几个?|[一二三四五六七八九十])?(?:方面|项|点|工作)[。.]?)$"
)
_OPEN_END = re.compile(r"[;,、:]$")
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
    def ends_open(self) -> bool:
        """The last words announce what follows: a colon, 如下."""
        return bool(_COLON.search(self._tail)) if self.parts else self.style != ""

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


class Ahead:
    """The signs of all paragraphs of a plan, read once, for looking ahead."""

    def __init__(self, paras: Sequence[Para]) -> None:
        self.paras = paras
        self.signs = [self._signs_of(p) for p in paras]
        self.trusted = self._weak_series()
        self.leading = [self._lead(i) for i in range(len(paras))]

    @staticmethod
    def _signs_of(para: Para) -> list[Candidate]:
        if para.table:
            return []
        signs = candidates(para.text)
        if para.label.strip():
            return [label_candidate(para.label, para.level), *signs]
        return signs

    def _weak_series(self) -> set[tuple[int, str]]:
        """Weak signs whose next number leads a later paragraph, as often as their style asks."""
        trusted: set[tuple[int, str]] = set()
        for style in {c.style for signs in self.signs for c in signs if c.weak}:
            for run in self._runs(style):
                trusted |= {(place, style) for place in run}
        return trusted

    def _runs(self, style: str) -> Iterator[list[int]]:
        run: list[int] = []
        need, expected = 3, 1
        for place, sign in self._weak(style):
            if sign.ordinal == 1 or sign.ordinal != expected:
                if len(run) >= need:
                    yield run
                run = []
            if sign.ordinal == 1 or (run and sign.ordinal == expected):
                run.append(place)
                expected, need = sign.ordinal + 1, sign.weak
        if len(run) >= need:
            yield run

    def _weak(self, style: str) -> Iterator[tuple[int, Candidate]]:
        for place, signs in enumerate(self.signs):
            for sign in signs:
                if sign.style == style and sign.leads and self._may_be_weak(place, signs, sign):
                    yield place, sign

    def _may_be_weak(self, place: int, signs: list[Candidate], sign: Candidate) -> bool:
        """Numbers without punctuation lead headings only, and no firmer sign stands there."""
        if any(c.leads and not c.weak for c in signs):
            return False
        words = fold(self.paras[place].text).rstrip()
        return sign.weak < 3 or words[-1] not in "。;!?,"

    def _lead(self, place: int) -> Candidate | None:
        """The firm sign that begins a paragraph, if any."""
        for sign in self.signs[place]:
            if sign.leads and (not sign.weak or (place, sign.style) in self.trusted):
                return sign
        return None

    def next_lead(self, place: int) -> Candidate | None:
        """The sign that begins the next numbered paragraph after this one."""
        return next((c for c in self.leading[place + 1 :] if c), None)

    def has_next(self, sign: Candidate, place: int, firm: int) -> bool:
        """The number after ``sign`` comes later in its paragraph or leads a later one."""
        for other in self.signs[place]:
            if other.start >= sign.end and self._is_next(other, sign) and other.firm >= firm:
                return self._is_apart(place, sign, other)
        return self._comes_later(sign, place)

    def has_second_inside(self, sign: Candidate, place: int) -> bool:
        return any(c.start > sign.end and self._is_next(c, sign) for c in self.signs[place])

    def _is_apart(self, place: int, sign: Candidate, other: Candidate) -> bool:
        return bool(self.paras[place].text[sign.end : other.start].strip(" 、,."))

    @staticmethod
    def _is_next(other: Candidate, sign: Candidate) -> bool:
        if other.style != sign.style or other.prefix != sign.prefix:
            return False
        if sign.style == "order":
            return other.ordinal > sign.ordinal
        return other.ordinal == (sign.last or sign.ordinal) + 1

    def _comes_later(self, sign: Candidate, place: int) -> bool:
        for signs in self.signs[place + 1 :]:
            for other in signs:
                if other.style != sign.style or other.firm < 3:
                    continue
                if self._is_next(other, sign):
                    return True
                if other.leads and other.ordinal == sign.ordinal:
                    return False
        return False
