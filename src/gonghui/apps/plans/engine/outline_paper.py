"""The source beside the tree: which words of the document became which node, mark or aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gonghui.apps.plans.engine.outline_nodes import Node, Outline
from gonghui.apps.plans.engine.outline_reading import bare


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one line that belong together."""

    text: str
    node: int | None = None
    aside: int | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the source, in runs."""

    runs: tuple[Run, ...]

    @property
    def nodes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(run.node for run in self.runs if run.node is not None))


Owner = tuple[int | None, int | None, bool]
Claim = tuple[str, list[Owner]]
NOBODY: Owner = (None, None, False)
LONG = 3
ALIKE = 0.5


def paper(source: str, outline: Outline) -> tuple[Line, ...]:
    """The source in lines; words rewritten beyond likeness belong to no node."""
    owners = _owners(bare(source), outline)
    lines, at = [], 0
    for text in source.splitlines():
        used = len(bare(text))
        if used:
            lines.append(Line(tuple(_runs(text, owners[at : at + used]))))
        at += used
    return tuple(lines)


def _owners(text: str, outline: Outline) -> list[Owner]:
    """For every character that is no blank: its node, its aside, and whether it is marked."""
    sheet = _Sheet(text)
    nodes = [(bare(node.marker + node.text), _claims(node)) for node in outline.nodes]
    asides: list[tuple[str, list[Owner]]] = [
        (w, [(None, a.id, False)] * len(w)) for a in outline.furniture if (w := bare(a.text))
    ]
    torn = sheet.claim(nodes)
    # A page number could be found anywhere, so that short asides wait until the nodes are placed.
    short = sheet.claim([(w, claims) for w, claims in asides if len(w) > LONG])
    torn = sheet.claim(torn, whole=False)
    sheet.claim([*short, *((w, claims) for w, claims in asides if len(w) <= LONG)])
    sheet.guess(sheet.claim(torn, whole=False))
    return sheet.owners


class _Sheet:
    """The text without blanks, and who has claimed which of its characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.owners: list[Owner] = [NOBODY] * len(text)

    def claim(self, wanted: list[Claim], *, whole: bool = True) -> list[Claim]:
        """Place words in their order, each where it is free; gives back what found no place.

        Not ``whole``: words that an aside tore in two are looked for around it.
        """
        left, cursor = [], 0
        for words, claims in wanted:
            spots = self._free(words, cursor) if whole else self._torn(words)
            for spot, owner in zip(spots, claims, strict=False):
                self.owners[spot] = owner
            cursor = spots[-1] + 1 if spots else cursor
            if not spots:
                left.append((words, claims))
        return left

    def guess(self, rewritten: list[Claim]) -> None:
        """Show words the officer has changed where most of their characters still stand free."""
        for words, claims in rewritten:
            gap = max(self._gaps(), key=lambda gap: self._likeness(gap, words), default=())
            if words and self._likeness(gap, words) >= ALIKE:
                for spot in gap:
                    self.owners[spot] = (claims[0][0], claims[0][1], False)

    def _likeness(self, gap: Sequence[int], words: str) -> float:
        there = Counter(self.text[spot] for spot in gap)
        return (there & Counter(words)).total() / max(len(gap), len(words))

    def _gaps(self) -> list[list[int]]:
        """Free places in runs; another node between two words parts them."""
        owned = groupby(enumerate(self.owners), key=lambda pair: pair[1] == NOBODY)
        return [[spot for spot, _ in run] for free, run in owned if free]

    def _free(self, words: str, cursor: int) -> Sequence[int]:
        """Behind the cursor first, as documents go on; then anywhere, for what was moved."""
        for start in (cursor, 0):
            at = self.text.find(words, start) if words else -1
            while at >= 0 and any(o != NOBODY for o in self.owners[at : at + len(words)]):
                at = self.text.find(words, at + 1)
            if at >= 0:
                return range(at, at + len(words))
        return ()

    def _torn(self, words: str) -> Sequence[int]:
        free = [i for i, owner in enumerate(self.owners) if owner == NOBODY]
        at = "".join(self.text[i] for i in free).find(words) if words else -1
        return free[at : at + len(words)] if at >= 0 else ()


def _claims(node: Node) -> list[Owner]:
    marked = {i for m in node.marks for i in range(m.start, m.end)}
    shown = [(c, False) for c in node.marker]
    shown += [(c, i in marked) for i, c in enumerate(node.text)]
    return [(node.id, None, mark) for c, mark in shown if not c.isspace()]


def _runs(text: str, owners: list[Owner]) -> Iterator[Run]:
    rest = iter(owners)
    owner = owners[0]
    owned = []
    for char in text:
        owner = owner if char.isspace() else next(rest)
        owned.append((owner, char))
    for (node, aside, mark), group in groupby(owned, key=lambda pair: pair[0]):
        yield Run("".join(char for _, char in group), node, aside, mark)
