"""Cutting one node in two: which fact goes with which part, judged by the words that stated it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from gonghui.apps.plans.engine.outline_nodes import Mark, Node

NOTHING: dict[str, Any] = {
    "months": (),
    "due": None,
    "owner": "",
    "owner_person": None,
    "owner_org": None,
}
STATED_BY = {"months": "date", "due": "date"} | dict.fromkeys(
    ("owner", "owner_person", "owner_org"), "owner"
)
LISTED_BY = {"every": "cadence", "targets": "target"}


def halves(whole: Node, at: int, new_id: int, marker: str) -> tuple[Node, Node]:
    """A fact whose words all stand in the second part goes there; any other stays with the first.

    A second part that opens with ``marker`` gives it up as its own number.
    """
    head, tail = whole.text[:at], whole.text[at:]
    if marker and tail.lstrip().startswith(marker):
        tail = tail.replace(marker, "", 1)
    lost = len(whole.text) - at - len(tail)
    early, late = _facts(whole, at)
    early_words, late_words = _words(whole, head, tail)
    marks = tuple(m for m in whole.marks if m.end <= at)
    first = replace(whole, text=head, marks=marks, **early, **early_words)
    behind = (m for m in whole.marks if m.start >= at + lost)
    second = Node(
        id=new_id,
        depth=whole.depth,
        marker=marker,
        text=tail,
        kind=whole.kind,
        area=whole.area,
        settled=whole.settled,
        marks=moved_marks(behind, -at - lost, tail),
        **late,
        **late_words,
    )
    return first, second


def moved_marks(marks: Iterable[Mark], by: int, words: str) -> tuple[Mark, ...]:
    """The marks shifted along with their words; one that would leave the text is dropped."""
    shifted = (replace(m, start=m.start + by, end=m.end + by) for m in marks)
    return tuple(m for m in shifted if 0 <= m.start <= m.end <= len(words))


def _facts(whole: Node, at: int) -> tuple[dict[str, Any], dict[str, Any]]:
    early: dict[str, Any] = {}
    late: dict[str, Any] = {}
    for name, kind in STATED_BY.items():
        value, none = getattr(whole, name), NOTHING[name]
        second = _sides(whole, kind, at) == {True}
        early[name], late[name] = (none, value) if second else (value, none)
    for name, kind in LISTED_BY.items():
        early[name], late[name] = _dealt(getattr(whole, name), _marks(whole, kind), at)
    sides = _sides(whole, "blank", at)
    early["blank"] = whole.blank and sides != {True}
    late["blank"] = whole.blank and True in sides
    return early, late


def _dealt(
    values: tuple[Any, ...], marks: list[Mark], at: int
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Values and marks come in the same order; where their numbers differ nothing is dealt."""
    if len(values) != len(marks):
        return values, ()
    pairs = list(zip(values, marks, strict=True))
    return (
        tuple(value for value, mark in pairs if mark.start < at),
        tuple(value for value, mark in pairs if mark.start >= at),
    )


def _marks(whole: Node, kind: str) -> list[Mark]:
    return [mark for mark in whole.marks if mark.word == kind]


def _sides(whole: Node, kind: str, at: int) -> set[bool]:
    return {mark.start >= at for mark in _marks(whole, kind)}


def _words(whole: Node, head: str, tail: str) -> tuple[dict[str, Any], dict[str, Any]]:
    when = tuple(w for w in whole.when if w in tail and w not in head)
    doubts = tuple(d for d in whole.doubts if _quotes_only(d, tail, head))
    early = {
        "when": tuple(w for w in whole.when if w not in when),
        "doubts": tuple(d for d in whole.doubts if d not in doubts),
    }
    return early, {"when": when, "doubts": doubts}


def _quotes_only(doubt: str, tail: str, head: str) -> bool:
    """Does the sentence quote (「…」) words that stand in the second part alone?"""
    quoted = [piece.partition("」")[0] for piece in doubt.split("「")[1:]]
    return any(q and q in tail and q not in head for q in quoted)
