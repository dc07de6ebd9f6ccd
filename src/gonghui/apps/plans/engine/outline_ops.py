"""One change to an outline as the screen sends it: checked, then applied to give a new outline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from gonghui.apps.plans.engine import outline_checks as checks
from gonghui.apps.plans.engine import outline_facts as facts
from gonghui.apps.plans.engine import outline_shape as shape
from gonghui.apps.plans.engine.outline_nodes import Impossible, Node, Outline, end_of_subtree

BATCH_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Op:
    """How one kind of change is made: the function, what it must be told, what it may be told."""

    make: Callable[..., Outline]
    needs: Mapping[str, checks.Check]
    takes: Mapping[str, checks.Check]
    moves: bool = False  # the node's place changes, so that what is below it is touched too


def _place(value: object) -> str:
    if value not in shape.PLACES:
        raise Impossible("只能移到某一条之前、之后或之下。")
    return str(value)


def _optional(check: checks.Check, value: object) -> Any:
    return None if value is None else check(value)


NODE = {"node": checks.number}
OPS: dict[str, Op] = {
    "indent": Op(shape.indent, NODE, {}, moves=True),
    "outdent": Op(shape.outdent, NODE, {}, moves=True),
    "move_up": Op(shape.move_up, NODE, {}, moves=True),
    "move_down": Op(shape.move_down, NODE, {}, moves=True),
    "move_to": Op(
        shape.move_to, {**NODE, "target": checks.number, "place": _place}, {}, moves=True
    ),
    "split": Op(shape.split, {**NODE, "at": checks.offset}, {"marker": checks.line}, moves=True),
    "merge": Op(shape.merge, NODE, {}, moves=True),
    "delete": Op(shape.delete, NODE, {}, moves=True),
    "restore_furniture": Op(
        shape.restore_furniture, {"id": checks.number}, {"after": checks.number_or_none}
    ),
    "add": Op(
        shape.add,
        {"after": checks.number_or_none, "text": checks.text},
        {"kind": checks.kind},
    ),
    "retype": Op(facts.retype, {**NODE, "kind": checks.kind}, {}),
    "set_text": Op(facts.set_text, {**NODE, "text": checks.text}, {}),
    "set_marker": Op(facts.set_marker, {**NODE, "marker": checks.line}, {}),
    "set_months": Op(facts.set_months, {**NODE, "months": checks.months}, {}),
    "set_due": Op(facts.set_due, {**NODE, "due": checks.due}, {}),
    "set_every": Op(facts.set_every, {**NODE, "every": checks.every}, {}),
    "set_targets": Op(facts.set_targets, {**NODE, "targets": checks.targets}, {}),
    "set_owner": Op(
        facts.set_owner,
        {**NODE, "owner": checks.line},
        {"owner_person": checks.number_or_none, "owner_org": checks.number_or_none},
    ),
    "set_area": Op(facts.set_area, {**NODE, "area": checks.line}, {}),
    "set_continues": Op(facts.set_continues, {**NODE, "continues": checks.number_or_none}, {}),
    "settle": Op(facts.settle, NODE, {"doubt": partial(_optional, checks.text)}),
    "fill_blank": Op(
        facts.fill_blank, {**NODE, "value": checks.line}, {"at": partial(_optional, checks.offset)}
    ),
}


def apply(outline: Outline, op: object) -> Outline:
    """The outline after one change; ``{"op": "all", "ops": […]}`` makes several or none.

    A change that names ``settles`` (a doubt's sentence) answers that doubt as well.
    """
    given = checks.mapping(op, "改动")
    if given.get("op") == "all":
        return _apply_all(outline, given)
    change = _known(given)
    doubt = given.get("settles")
    after = change.make(outline, **_arguments(change, given))
    if doubt is None or "node" not in change.needs:
        return after
    return _settled(after, checks.number(given["node"]), checks.text(doubt))


def _settled(outline: Outline, node: int, doubt: str) -> Outline:
    """A node that a merge or a removal took away has no doubt left to answer."""
    found = next((n for n in outline.nodes if n.id == node), None)
    return facts.settle(outline, node, doubt) if found and doubt in found.doubts else outline


def _apply_all(outline: Outline, given: Mapping[str, Any]) -> Outline:
    for op in _several(given):
        outline = apply(outline, op)
    return outline


def _several(given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    ops = [checks.mapping(op, "改动") for op in checks.items(given.get("ops"))]
    if len(ops) > BATCH_LIMIT or any(op.get("op") == "all" for op in ops):
        raise Impossible(f"一次最多做 {BATCH_LIMIT} 处改动。")
    return ops


def _known(given: Mapping[str, Any]) -> Op:
    name = given.get("op")
    change = OPS.get(name) if isinstance(name, str) else None
    if change is None:
        raise Impossible("不认识这种改动，没有改。请刷新后再试。")
    return change


def _arguments(change: Op, given: Mapping[str, Any]) -> dict[str, Any]:
    missing = [name for name in change.needs if name not in given]
    allowed = {"op", "settles", *change.needs, *change.takes}
    if missing or any(name not in allowed for name in given):
        raise Impossible("这处改动少了或多了内容，没有改。请刷新后再试。")
    known = {**change.needs, **change.takes}
    return {name: check(given[name]) for name, check in known.items() if name in given}


def concerns(outline: Outline, op: object) -> frozenset[int]:
    """The nodes a change rests on: those it names and, when it moves one, what moves along."""
    given = checks.mapping(op, "改动")
    if given.get("op") == "all":
        return frozenset().union(*(concerns(outline, one) for one in _several(given)))
    change, arguments = _known(given), _arguments(_known(given), given)
    named = {arguments.get(name) for name in ("node", "target", "after", "continues", "id")}
    if change.moves:
        named |= _around(outline.nodes, arguments["node"], given["op"])
    return frozenset(n for n in named if isinstance(n, int))


def _around(nodes: tuple[Node, ...], node: int, name: str) -> set[int]:
    place = next((i for i, n in enumerate(nodes) if n.id == node), None)
    if place is None:
        return set()
    above = {nodes[place - 1].id} if name == "merge" and place else set()
    return above | {n.id for n in nodes[place : end_of_subtree(nodes, place)]}
