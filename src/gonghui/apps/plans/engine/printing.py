"""A reading as the JSON that ``gonghui readplan --json`` prints (the GUIDE's shape, and more)."""

from __future__ import annotations

from typing import Any

from .reading import Node, Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """Plans and furniture; the suggestions stand beside the GUIDE's keys."""
    return {
        "plans": [
            {"title": p.title, "year": p.year, "nodes": [_node(n) for n in p.nodes]}
            for p in reading.plans
        ],
        "furniture": list(reading.furniture),
    }


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "parent": node.parent,
        "marker": node.marker,
        "text": node.text,
        "months": list(node.months),
        "due": node.due,
        "every": [{"unit": e.unit, "min": e.min, "max": e.max} for e in node.every],
        "targets": [{"op": t.op, "value": t.value, "unit": t.unit} for t in node.targets],
        "blank": node.blank,
        "when": list(node.when),
        "doubts": list(node.doubts),
        "kind": node.kind,
        "owner": node.owner,
        "area": node.area,
        "continues": node.continues,
        "marks": [list(mark) for mark in node.marks],
    }
