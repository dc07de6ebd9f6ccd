"""Changes to what a node says: words, kind, dates, rhythm, figures, owner, answered doubts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from gonghui.apps.plans.engine.outline_halves import moved_marks
from gonghui.apps.plans.engine.outline_nodes import (
    Cadence,
    Goal,
    Impossible,
    Mark,
    Node,
    Outline,
)
from gonghui.apps.plans.engine.outline_shape import follows_itself

# How a scrubbed figure looks: crosses or lines where digits stood, empty quotes, a hole of blanks.
HOLE = re.compile(
    r"[×＿_]{2,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|(?<=[“\"])(?=[”\"])|(?<=\S)\s+(?=\S)"
)
# 共有个代表团: a measure word straight behind a word that calls for a number.
BARE = re.compile(r"(?<=[有达到在为约近各共发展建])(?=[个名人次户件项篇份万元家所支场条座%％])")


def set_text(outline: Outline, node: int, text: str) -> Outline:
    """The officer's own wording; marks that still fit their words move along, the others go."""
    old = outline.node(node)
    if not (old.marker + text).strip():
        raise Impossible("条目不能没有内容；不要这一条，可以把它放到一边。")
    return outline.with_node(replace(old, text=text, marks=_found_again(old, text)))


def _found_again(old: Node, text: str) -> tuple[Mark, ...]:
    kept = []
    for mark in old.marks:
        words = old.text[mark.start : mark.end]
        at = text.find(words) if words else -1
        if at >= 0:
            kept.append(replace(mark, start=at, end=at + len(words)))
    return tuple(kept)


def set_marker(outline: Outline, node: int, marker: str) -> Outline:
    old = outline.node(node)
    if not (marker + old.text).strip():
        raise Impossible("条目不能没有内容；不要这一条，可以把它放到一边。")
    return outline.with_node(replace(old, marker=marker))


def retype(outline: Outline, node: int, kind: str) -> Outline:
    return _set(outline, node, kind=kind)


def set_months(outline: Outline, node: int, months: tuple[int, ...]) -> Outline:
    return _set(outline, node, months=months)


def set_due(outline: Outline, node: int, due: str | None) -> Outline:
    return _set(outline, node, due=due)


def set_every(outline: Outline, node: int, every: tuple[Cadence, ...]) -> Outline:
    """A rhythm said anew counts from the plan's own year."""
    return _set(outline, node, every=every, since_year=None)


def set_targets(outline: Outline, node: int, targets: tuple[Goal, ...]) -> Outline:
    return _set(outline, node, targets=targets)


def set_area(outline: Outline, node: int, area: str) -> Outline:
    return _set(outline, node, area=area)


def set_owner(
    outline: Outline,
    node: int,
    owner: str = "",
    owner_person: int | None = None,
    owner_org: int | None = None,
) -> Outline:
    """Who answers for it: the words as written, and the person or body they were found to mean."""
    if owner_person is not None and owner_org is not None:
        raise Impossible("负责的只能是一个人或一个组织，其余的可以写进协办。")
    return _set(outline, node, owner=owner, owner_person=owner_person, owner_org=owner_org)


def set_continues(outline: Outline, node: int, continues: int | None) -> Outline:
    """Link a later phase to the item it continues; never in a circle."""
    if continues is not None:
        outline.index(continues)
    linked = _set(outline, node, continues=continues)
    if follows_itself(linked, node):
        raise Impossible("这样会首尾相接：那一条已经是接着这一条的。")
    return linked


def settle(outline: Outline, node: int, doubt: str | None = None) -> Outline:
    """Answer one doubt, or all of a node's; the officer's word stands."""
    old = outline.node(node)
    left = tuple(d for d in old.doubts if doubt is not None and d != doubt)
    return outline.with_node(replace(old, doubts=left, settled=not left))


def fill_blank(outline: Outline, node: int, value: str, at: int | None = None) -> Outline:
    """Write a scrubbed figure into the text, at ``at`` or where the hole is seen."""
    old = outline.node(node)
    start, end = hole(old) if at is None else (at, at)
    if not value or end > len(old.text):
        raise Impossible("请填写数字，并指明填在哪里；不知道可以先留空。")
    text = old.text[:start] + value + old.text[end:]
    filled_in = [m for m in _blank_marks(old) if m.start <= end and m.end >= start]
    left = [m for m in old.marks if m not in filled_in]
    before = tuple(m for m in left if m.end <= start)
    behind = (m for m in left if m.start >= end and m not in before)
    marks = before + moved_marks(behind, len(value) - (end - start), text)
    filled = replace(old, text=text, marks=marks)
    return outline.with_node(replace(filled, blank=bool(_blank_marks(filled))))


def hole(node: Node) -> tuple[int, int]:
    """Where a scrubbed figure stood."""
    found = next((span for span in _holes(node)), None)
    if found is None:
        raise Impossible("看不出数字空在哪里，请直接改这一条的文字。")
    return found


def _holes(node: Node) -> list[tuple[int, int]]:
    """Where the reader marked a blank that counts; elsewhere a space may be just a space."""
    marked = [_hole_in(node.text, m.start, m.end) for m in _blank_marks(node)]
    anywhere = [] if marked else [_hole_in(node.text, 0, len(node.text))]
    return [span for span in (*marked, *anywhere) if span]


def _blank_marks(node: Node) -> list[Mark]:
    return [mark for mark in node.marks if mark.word == "blank"]


def _hole_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    for pattern in (HOLE, BARE):
        found = pattern.search(text, start, end)
        if found:
            return found.span()
    return None


def _set(outline: Outline, node: int, **fields: Any) -> Outline:
    return outline.with_node(replace(outline.node(node), **fields))
