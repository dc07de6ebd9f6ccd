"""From the reader's result to a first outline; nothing is decided here that the officer decides."""

from __future__ import annotations

from collections.abc import Iterable

from gonghui.apps.plans.engine import reading as read
from gonghui.apps.plans.engine.dates import end_of_month
from gonghui.apps.plans.engine.outline_checks import LIST_LIMIT
from gonghui.apps.plans.engine.outline_nodes import Aside, Cadence, Goal, Mark, Node, Outline


def from_reading(reading: read.Reading, plan_index: int = 0, source: str = "") -> Outline:
    """One plan of a document; furniture goes to the plan it stood in, as ``source`` shows."""
    plan = reading.plans[plan_index]
    nodes = _nodes(plan.nodes)
    first = max((node.id for node in nodes), default=0) + 1
    asides = [
        Aside(first + i, text, after)
        for i, (text, after) in enumerate(_furniture(reading, plan_index, source))
    ]
    return Outline(nodes, tuple(asides), plan.title, first + len(asides))


def _nodes(nodes: Iterable[read.Node]) -> tuple[Node, ...]:
    depths: dict[int | None, int] = {None: -1}
    made = []
    for node in nodes:
        depths[node.id] = depths[node.parent] + 1
        made.append(_node(node, depths[node.id]))
    return tuple(made)


def _due_of(node: read.Node) -> str | None:
    """The last day; a year that the words name stands before it, and calls for the month's end."""
    if not node.years or not (node.due or node.months):
        return node.due
    due = node.due or end_of_month(node.months[-1])
    return f"{node.years[-1]}-{due}" if due[0].isdigit() else due


def _node(node: read.Node, depth: int) -> Node:
    return Node(
        id=node.id,
        depth=depth,
        marker=node.marker,
        text=node.text,
        kind=node.kind,
        months=node.months if len(node.years) < 2 else (),  # 2026年4月至2028年9月 is no season
        due=_due_of(node),
        every=tuple(Cadence(e.unit, e.min, e.max) for e in node.every),
        targets=tuple(Goal(t.op, t.value, t.unit) for t in node.targets),
        blank=node.blank,
        when=node.when,
        doubts=node.doubts,
        owner=node.owner or "",
        area=node.area or "",
        continues=node.continues,
        marks=tuple(Mark(*mark) for mark in node.marks[:LIST_LIMIT]),  # only drawn, never lost
    )


def bare(words: str) -> str:
    """Words without any white space, as reader and source are compared."""
    return "".join(words.split())


def _furniture(reading: read.Reading, plan_index: int, source: str) -> list[tuple[str, int | None]]:
    """This plan's furniture with the node each stood behind; what is not found is the first's."""
    places = _places(reading, bare(source))
    found, cursor, text = [], 0, bare(source)
    for words in reading.furniture:
        at = text.find(bare(words), cursor)
        cursor = at + len(bare(words)) if at >= 0 else cursor
        plan, node = _standing_before(places, at)
        if plan == plan_index:
            found.append((words, node))
    return found


def _standing_before(places: list[tuple[int, int, int | None]], at: int) -> tuple[int, int | None]:
    """The plan and node that begin last before a place; an unknown place is the first plan's."""
    behind = [(plan, node) for start, plan, node in places if start <= at]
    return behind[-1] if behind else (0, None)


def _places(reading: read.Reading, text: str) -> list[tuple[int, int, int | None]]:
    """Where each plan's title and each node begin in the source: (place, plan, node)."""
    places: list[tuple[int, int, int | None]] = []
    cursor = 0
    for index, plan in enumerate(reading.plans):
        rows: list[tuple[int | None, str]] = [(None, bare(plan.title))]
        rows += [(n.id, bare(n.marker + n.text)) for n in plan.nodes]
        for node_id, words in rows:
            at = text.find(words, cursor) if words else -1
            if at >= 0:
                places.append((at, index, node_id))
                cursor = at + len(words)
    return places
