"""Where the officer's eye should rest after a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gonghui.apps.plans.engine.outline_nodes import Outline


def focus_after(op: Mapping[str, Any], before: Outline, after: Outline) -> int | None:
    """The node that is new, else the one named, else the one that now stands where it stood."""
    known = {node.id for node in after.nodes}
    old = {node.id for node in before.nodes}
    fresh = [node.id for node in after.nodes if node.id not in old]
    if fresh:
        return fresh[0]
    named = op.get("node") or next((o.get("node") for o in op.get("ops", ())), None)
    if named in known or not after.nodes:
        return named if named in known else None
    place = next((i for i, node in enumerate(before.nodes) if node.id == named), 0)
    # A merged node's words are in the one above it; what was set aside gives way to the next.
    place -= "merge" in {op.get("op"), *(o.get("op") for o in op.get("ops", ()))}
    return after.nodes[max(0, min(place, len(after.nodes) - 1))].id
