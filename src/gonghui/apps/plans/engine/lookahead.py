"""What lies ahead: the signs of all paragraphs of a plan, read once and found quickly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .markers import Candidate, candidates, label_candidate
from .numerals import fold
from .paragraphs import Para

_FAR = 200
_NEAR = 3  # a paragraph or two may belong to the item before


class Ahead:
    """The signs of all paragraphs of a plan, read once, for looking ahead."""

    def __init__(self, paras: Sequence[Para]) -> None:
        self.paras = paras
        self.signs = [self._signs_of(p) for p in paras]
        self.trusted = self._weak_series()
        self.leading = [self._lead(i) for i in range(len(paras))]
        self._of_style = self._by_style()
        self._next_leads = self._leads_after()

    @staticmethod
    def _signs_of(para: Para) -> list[Candidate]:
        if para.table:
            return []
        signs = candidates(para.text)
        # A bullet that Word draws is no text; a number somebody typed behind it says more.
        numbered = any(sign.leads and not sign.weak for sign in signs)
        if para.label.strip() or (para.is_bullet and not numbered):
            return [label_candidate(para.label, para.level), *signs]
        return signs

    def _weak_series(self) -> set[tuple[int, str]]:
        """Weak signs whose next number leads a later paragraph, as often as their style asks."""
        trusted: set[tuple[int, str]] = set()
        for style in {c.style for signs in self.signs for c in signs if c.weak}:
            runs = self._beside if style.startswith("bullet") else self._runs
            for run in runs(style):
                trusted |= {(place, style) for place in run}
        return trusted

    def _beside(self, style: str) -> Iterator[list[int]]:
        """Pairs of paragraphs that begin with the same dash, with at most text between them."""
        places = [place for place, _ in self._weak(style)]
        for one, two in pairwise(places):
            if two - one <= _NEAR and not any(map(self._is_numbered, range(one + 1, two))):
                yield [one, two]

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
                if sign.style == style and sign.leads and self._may_be_weak(place, sign):
                    yield place, sign

    def _may_be_weak(self, place: int, sign: Candidate) -> bool:
        """Numbers without punctuation lead headings only, and no firmer sign stands there."""
        if self._is_numbered(place):
            return False
        words = fold(self.paras[place].text).rstrip()
        return sign.weak < 3 or words[-1] not in "。;!?,"

    def _is_numbered(self, place: int) -> bool:
        return any(c.leads and not c.weak for c in self.signs[place])

    def _lead(self, place: int) -> Candidate | None:
        """The firm sign that begins a paragraph, if any."""
        for sign in self.signs[place]:
            if sign.leads and (not sign.weak or (place, sign.style) in self.trusted):
                return sign
        return None

    def next_lead(self, place: int) -> Candidate | None:
        """The sign that begins the next numbered paragraph after this one."""
        return self._next_leads[place]

    def next_lead_at(self, place: int) -> Candidate | None:
        """The sign that begins the very next paragraph."""
        return self.leading[place + 1] if place + 1 < len(self.leading) else None

    def next_lead_of(self, style: str, place: int) -> Candidate | None:
        """The sign of that style that begins a later paragraph first."""
        return next(
            (c for at, c in self._later(style, place + 1, 0) if c is self.leading[at]), None
        )

    def has_next(self, sign: Candidate, place: int, firm: int) -> bool:
        """The number after ``sign`` comes later in its paragraph or leads a later one."""
        for at, other in self._later(sign.style, place, sign.end):
            if at != place:
                break
            if self._is_next(other, sign) and other.firm >= firm:
                return self._is_apart(place, sign, other)
        return self._comes_later(sign, place)

    def has_second_inside(self, sign: Candidate, place: int) -> bool:
        return any(
            at == place and self._is_next(other, sign)
            for at, other in self._later(sign.style, place, sign.end)
        )

    def _by_style(self) -> dict[str, list[tuple[int, int, Candidate]]]:
        found: dict[str, list[tuple[int, int, Candidate]]] = {}
        for place, signs in enumerate(self.signs):
            for sign in signs:
                found.setdefault(sign.style, []).append((place, sign.start, sign))
        return found

    def _leads_after(self) -> list[Candidate | None]:
        after: list[Candidate | None] = [None] * len(self.paras)
        following: Candidate | None = None
        for place in range(len(self.paras) - 1, -1, -1):
            after[place] = following
            following = self.leading[place] or following
        return after

    def _later(self, style: str, place: int, start: int) -> Iterator[tuple[int, Candidate]]:
        """Signs of a style from there on, no more than a list of the genre could need."""
        signs = self._of_style.get(style, [])
        begin = bisect_left(signs, (place, start), key=lambda entry: entry[:2])
        for at, _, sign in signs[begin : begin + _FAR]:
            yield at, sign

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
        for _, other in self._later(sign.style, place + 1, 0):
            if other.firm < 3:
                continue
            if self._is_next(other, sign):
                return True
            if other.leads and other.ordinal == sign.ordinal:
                return False
        return False
