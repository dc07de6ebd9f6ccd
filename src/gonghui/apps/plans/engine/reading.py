"""What the plan reader returns: plans of nodes in document order, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("section", "goal", "measure", "task", "note")
AREAS = (
    "学习创争",
    "活动",
    "竞赛",
    "建议创新",
    "评优",
    "关爱帮扶",
    "民主管理",
    "经费",
    "宣传",
    "统计",
    "组织会员",
)


@dataclass(frozen=True, slots=True)
class Every:
    """A stated rhythm: from ``min`` to ``max`` times in each ``unit`` (week, month, 2years …)."""

    unit: str
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Target:
    """A stated figure to be reached; ``start`` and ``end`` are where the node's text says it."""

    op: str  # >= <= > < = ~
    value: int | float
    unit: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """One item of a plan; all but the suggestions is what its own words state.

    ``owner``, ``area``, ``continues`` and ``kind`` are suggestions for the officer. ``marks`` are
    spans of ``text`` with what was seen there: date, cadence, target, vague, blank, owner.
    """

    id: int
    parent: int | None
    marker: str
    text: str
    months: tuple[int, ...] = ()
    due: str | None = None
    every: tuple[Every, ...] = ()
    targets: tuple[Target, ...] = ()
    blank: bool = False
    when: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    owner: str | None = None
    area: str | None = None
    continues: int | None = None
    kind: str = "task"
    marks: tuple[tuple[int, int, str], ...] = ()
    years: tuple[int, ...] = ()  # named beside months in a plan over years; the last is the day's


@dataclass(frozen=True, slots=True)
class PlanText:
    """One plan of a document: its title as written, the year the title names, its nodes."""

    title: str
    year: int | None
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document: every character of it is in a title, a marker, a text or the furniture."""

    plans: tuple[PlanText, ...]
    furniture: tuple[str, ...]
