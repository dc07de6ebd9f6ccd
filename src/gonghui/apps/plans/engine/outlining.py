"""The outline machine's front door; the engine's files named ``outline_…`` lie behind it."""

from __future__ import annotations

from gonghui.apps.plans.engine.outline_change import conflicts, diff
from gonghui.apps.plans.engine.outline_checks import FIELDS
from gonghui.apps.plans.engine.outline_json import (
    node_to_json,
    outline_from_json,
    outline_to_json,
)
from gonghui.apps.plans.engine.outline_nodes import (
    KINDS,
    Aside,
    Cadence,
    Goal,
    Impossible,
    Mark,
    Node,
    Outline,
    Summary,
    doubtful,
    parents,
    summary,
)
from gonghui.apps.plans.engine.outline_ops import OPS, apply, concerns
from gonghui.apps.plans.engine.outline_paper import Line, Run, paper
from gonghui.apps.plans.engine.outline_reading import from_reading

__all__ = [
    "FIELDS",
    "KINDS",
    "OPS",
    "Aside",
    "Cadence",
    "Goal",
    "Impossible",
    "Line",
    "Mark",
    "Node",
    "Outline",
    "Run",
    "Summary",
    "apply",
    "concerns",
    "conflicts",
    "diff",
    "doubtful",
    "from_reading",
    "node_to_json",
    "outline_from_json",
    "outline_to_json",
    "paper",
    "parents",
    "summary",
]
