"""The source beside the tree: which words of the document became which node, mark or aside."""

from __future__ import annotations

from collections.abc import Iterator
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
NOBODY: Owner = (None, None, False)


def paper(source: str, outline: Outline) -> tuple[Line, ...]:
    """The source in lines; words the officer has rewritten belong to no node any more."""
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
    owners: list[Owner] = [NOBODY] * len(text)
    cursor = 0
    for node in outline.nodes:
        cursor = _claim(text, owners, bare(node.marker + node.text), cursor, _claims(node))
    cursor = 0
    for aside in outline.furniture:
        words = bare(aside.text)
        cursor = _claim(text, owners, words, cursor, [(None, aside.id, False)] * len(words))
    return owners


def _claims(node: Node) -> list[Owner]:
    marked = {i for m in node.marks for i in range(m.start, m.end)}
    shown = [(c, False) for c in node.marker]
    shown += [(c, i in marked) for i, c in enumerate(node.text)]
    return [(node.id, None, mark) for c, mark in shown if not c.isspace()]


def _claim(text: str, owners: list[Owner], words: str, cursor: int, claims: list[Owner]) -> int:
    """Give the words' next free place to their owner; behind the cursor first, then anywhere."""
    for start in (cursor, 0):
        at = text.find(words, start) if words else -1
        while at >= 0 and any(o != NOBODY for o in owners[at : at + len(words)]):
            at = text.find(words, at + 1)
        if at >= 0:
            owners[at : at + len(words)] = claims
            return at + len(words)
    return cursor


def _runs(text: str, owners: list[Owner]) -> Iterator[Run]:
    rest = iter(owners)
    owner = owners[0]
    owned = []
    for char in text:
        owner = owner if char.isspace() else next(rest)
        owned.append((owner, char))
    for (node, aside, mark), group in groupby(owned, key=lambda pair: pair[0]):
        yield Run("".join(char for _, char in group), node, aside, mark)
