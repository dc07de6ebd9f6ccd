"""The outline as a plan stores it: JSON in, checked strictly, and JSON out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gonghui.apps.plans.engine import outline_checks as checks
from gonghui.apps.plans.engine.outline_nodes import Aside, Impossible, Node, Outline, is_forest

NODE_LIMIT = 20_000


def outline_from_json(value: object) -> Outline:
    """Read a stored outline; anything that is not one raises ``Impossible``."""
    given = checks.mapping(value, "提纲")
    _only(given, {"nodes", "furniture", "title", "next_id"})
    outline = Outline(
        nodes=tuple(node_from_json(item) for item in _rows(given.get("nodes", []))),
        furniture=tuple(_aside_from_json(item) for item in _rows(given.get("furniture", []))),
        title=checks.text(given.get("title", "")),
        next_id=checks.number(given.get("next_id", 1)),
    )
    _check_whole(outline)
    return outline


def outline_to_json(outline: Outline) -> dict[str, Any]:
    """An outline as it is stored; ``Impossible`` where it could not be read back."""
    plain = {
        "nodes": [node_to_json(node) for node in outline.nodes],
        "furniture": [_aside_to_json(aside) for aside in outline.furniture],
        "title": outline.title,
        "next_id": outline.next_id,
    }
    outline_from_json(plain)
    return plain


def node_from_json(value: object) -> Node:
    """A field that is missing takes its empty value; an unknown field is an error."""
    given = checks.mapping(value, "条目")
    _only(given, set(checks.FIELDS))
    for needed in ("id", "depth"):
        checks.FIELDS[needed](given.get(needed))
    fields = {name: check(given[name]) for name, check in checks.FIELDS.items() if name in given}
    return Node(**{"marker": "", "text": "", **fields})


def node_to_json(node: Node) -> dict[str, Any]:
    plain = {name: getattr(node, name) for name in checks.FIELDS}
    lists = {
        "every": [asdict(cadence) for cadence in node.every],
        "targets": [asdict(goal) for goal in node.targets],
        "marks": [[mark.start, mark.end, mark.word] for mark in node.marks],
    }
    words = {name: list(plain[name]) for name in ("months", "when", "doubts")}
    return {**plain, **lists, **words}


def _aside_from_json(value: object) -> Aside:
    given = checks.mapping(value, "放到一边的文字")
    _only(given, {"id", "text", "after", "was"})
    was = given.get("was")
    return Aside(
        id=checks.number(given.get("id")),
        text=checks.text(given.get("text"), 2 * checks.TEXT_LIMIT),
        after=checks.number_or_none(given.get("after")),
        was=None if was is None else node_from_json(was),
    )


def _aside_to_json(aside: Aside) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": aside.id, "text": aside.text, "after": aside.after}
    return {**plain, "was": node_to_json(aside.was)} if aside.was else plain


def _rows(value: object) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > NODE_LIMIT:
        raise Impossible(f"提纲应当是一个列表，最多 {NODE_LIMIT} 条。")
    return list(value)


def _only(given: Any, known: set[str]) -> None:
    strange = sorted(str(name) for name in given if name not in known)
    if strange:
        raise Impossible(f"提纲里有不认识的内容：{'、'.join(strange)[:100]}。")


def _check_whole(outline: Outline) -> None:
    """What no field shows alone: a forest, each number once, no reference into the void."""
    ids = [node.id for node in outline.nodes]
    known, taken = set(ids), ids + [aside.id for aside in outline.furniture]
    if not is_forest(outline.nodes):
        raise Impossible("提纲的层级断开了：下一条最多比上一条深一层。")
    if len(taken) != len(set(taken)) or any(used >= outline.next_id for used in taken):
        raise Impossible("提纲里有重复的编号，没有保存。")
    pointed = {node.continues for node in outline.nodes} | {a.after for a in outline.furniture}
    if pointed - known - {None}:
        raise Impossible("提纲里有一处指向已经不在的条目，没有保存。")
