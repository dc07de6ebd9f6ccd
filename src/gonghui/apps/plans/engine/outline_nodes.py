"""What a draft outline is made of: nodes in document order with a depth, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gonghui.kit.errors import DomainError

KINDS = ("section", "goal", "measure", "task", "note")


class Impossible(DomainError):
    """The outline cannot be changed in this way, or what was sent is not an outline or a change."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """A stated rhythm: so many times in each week, month, term or run of years."""

    unit: str
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A stated figure to be reached: comparison, number, unit."""

    op: str
    value: int | float
    unit: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What ``text[start:end]`` told the reader: date, cadence, target, vague, blank, owner."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Node:
    """One item of a plan as read so far; its parent is the nearest earlier node of less depth."""

    id: int
    depth: int
    marker: str
    text: str
    kind: str = "task"
    months: tuple[int, ...] = ()
    due: str | None = None
    every: tuple[Cadence, ...] = ()
    since_year: int | None = None  # from which a rhythm over several years counts
    targets: tuple[Goal, ...] = ()
    blank: bool = False
    when: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    owner: str = ""
    owner_person: int | None = None
    owner_org: int | None = None
    area: str = ""
    continues: int | None = None
    marks: tuple[Mark, ...] = ()
    settled: bool = False

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubts) and not self.settled


@dataclass(frozen=True, slots=True)
class Aside:
    """Text set aside; ``was`` is the node it used to be, so that bringing it back loses nothing."""

    id: int
    text: str
    after: int | None
    was: Node | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A draft plan's text; ``next_id`` is the number the next node or aside will carry."""

    nodes: tuple[Node, ...] = ()
    furniture: tuple[Aside, ...] = ()
    title: str = ""
    next_id: int = 1

    def index(self, node_id: int | None) -> int:
        """Where a node stands in document order."""
        for place, node in enumerate(self.nodes):
            if node.id == node_id:
                return place
        raise Impossible("这一条已经不在了，可能刚被合并或移走。请刷新后再看。")

    def node(self, node_id: int | None) -> Node:
        return self.nodes[self.index(node_id)]

    def with_node(self, node: Node) -> Outline:
        """The same outline with the node of that id replaced."""
        place = self.index(node.id)
        return replace(self, nodes=(*self.nodes[:place], node, *self.nodes[place + 1 :]))


@dataclass(frozen=True, slots=True)
class Summary:
    """What the head of the review screen counts."""

    chapters: int
    items: int
    doubts: int
    blanks: int
    aside: int


def end_of_subtree(nodes: Sequence[Node], place: int) -> int:
    """The place after the last node below ``nodes[place]``."""
    end = place + 1
    while end < len(nodes) and nodes[end].depth > nodes[place].depth:
        end += 1
    return end


def previous_sibling(nodes: Sequence[Node], place: int) -> int | None:
    for earlier in range(place - 1, -1, -1):
        if nodes[earlier].depth <= nodes[place].depth:
            return earlier if nodes[earlier].depth == nodes[place].depth else None
    return None


def next_sibling(nodes: Sequence[Node], place: int) -> int | None:
    end = end_of_subtree(nodes, place)
    return end if end < len(nodes) and nodes[end].depth == nodes[place].depth else None


def parents(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node | None]]:
    """Every node with its parent, in one pass."""
    line: list[Node] = []
    for node in nodes:
        del line[node.depth :]
        yield node, line[-1] if line else None
        line.append(node)


def is_forest(nodes: Sequence[Node]) -> bool:
    """Depth starts at 0 and never grows by more than one."""
    depths = [-1, *(node.depth for node in nodes)]
    return all(0 <= below <= above + 1 for above, below in pairwise(depths))


def doubtful(outline: Outline) -> tuple[Node, ...]:
    """What the officer should look at first, in document order."""
    return tuple(node for node in outline.nodes if node.is_doubtful)


def summary(outline: Outline) -> Summary:
    sections = [n for n in outline.nodes if n.kind == "section"]
    return Summary(
        chapters=sum(1 for n in sections if n.depth == 0),
        items=sum(1 for n in outline.nodes if n.kind in ("goal", "measure", "task")),
        doubts=len(doubtful(outline)),
        blanks=sum(1 for n in outline.nodes if n.blank),
        aside=len(outline.furniture),
    )
