"""What changed between two outlines, and whether a change made on the older one still fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Any

from gonghui.apps.plans.engine.outline_nodes import Node, Outline, parents
from gonghui.apps.plans.engine.outline_ops import concerns


def diff(before: Outline, after: Outline) -> frozenset[int]:
    """The ids of nodes and asides that came, went, say something else, or stand elsewhere."""
    old, new = _state(before), _state(after)
    changed = {i for i in old.keys() | new.keys() if old.get(i) != new.get(i)}
    stood = [node.id for node in before.nodes]
    shared = set(stood).intersection(node.id for node in after.nodes)
    return frozenset(changed | _moved(stood, [n.id for n in after.nodes if n.id in shared]))


def conflicts(op: object, outline: Outline, changed: Collection[int]) -> bool:
    """Does a change made on an older outline rest on what has changed in the newer one since?"""
    return not concerns(outline, op).isdisjoint(changed)


def _state(outline: Outline) -> dict[int, Any]:
    """What a node says and below which node it stands; depth follows from that."""
    nodes: dict[int, Any] = {
        node.id: (_said(node), above.id if above else None)
        for node, above in parents(outline.nodes)
    }
    return {**nodes, **{a.id: (a.text, "aside") for a in outline.furniture}}


def _said(node: Node) -> tuple[Any, ...]:
    return tuple(getattr(node, name) for name in _FIELDS)


_FIELDS = tuple(name for name in Node.__slots__ if name not in ("id", "depth"))


def _moved(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """Of the shared nodes, those outside the longest run that kept its order."""
    place = {node_id: i for i, node_id in enumerate(before)}
    tails: list[int] = []
    line: list[int] = []
    for node_id in after:
        at = bisect_left(tails, place[node_id])
        tails[at : at + 1] = [place[node_id]]
        line.append(at)
    kept, want = set(), len(tails) - 1
    for node_id, rank in zip(reversed(after), reversed(line), strict=True):
        if rank == want:
            kept.add(node_id)
            want -= 1
    return set(after) - kept
