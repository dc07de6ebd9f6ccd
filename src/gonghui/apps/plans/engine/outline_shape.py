"""Changes to the shape of an outline; each keeps it a forest and loses no character of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gonghui.apps.plans.engine.outline_halves import halves, moved_marks
from gonghui.apps.plans.engine.outline_nodes import (
    Aside,
    Impossible,
    Node,
    Outline,
    end_of_subtree,
    next_sibling,
    previous_sibling,
)

PLACES = ("before", "after", "under")


def indent(outline: Outline, node: int) -> Outline:
    """One level in, below the item above it; what is below the node comes along."""
    place = outline.index(node)
    if previous_sibling(outline.nodes, place) is None:
        raise Impossible("上面没有同级的条目，不能再往里缩。")
    return _shift(outline, place, 1)


def outdent(outline: Outline, node: int) -> Outline:
    """One level out; items that followed it become its own, so that the order of the text stays."""
    place = outline.index(node)
    if outline.nodes[place].depth == 0:
        raise Impossible("已经是最外一层，不能再往外提。")
    return _shift(outline, place, -1)


def _shift(outline: Outline, place: int, by: int) -> Outline:
    end = end_of_subtree(outline.nodes, place)
    nodes = outline.nodes
    return _with_nodes(outline, (*nodes[:place], *_shifted(nodes[place:end], by), *nodes[end:]))


def move_up(outline: Outline, node: int) -> Outline:
    place = outline.index(node)
    above = previous_sibling(outline.nodes, place)
    if above is None:
        raise Impossible("已经是这一组的第一条，不能再往上移。")
    return _swap(outline, above, place)


def move_down(outline: Outline, node: int) -> Outline:
    place = outline.index(node)
    below = next_sibling(outline.nodes, place)
    if below is None:
        raise Impossible("已经是这一组的最后一条，不能再往下移。")
    return _swap(outline, place, below)


def _swap(outline: Outline, first: int, second: int) -> Outline:
    """Exchange two neighbouring siblings with all that is below them."""
    nodes, end = outline.nodes, end_of_subtree(outline.nodes, second)
    return _with_nodes(
        outline, (*nodes[:first], *nodes[second:end], *nodes[first:second], *nodes[end:])
    )


def move_to(outline: Outline, node: int, target: int, place: str) -> Outline:
    """Take a node with all below it before, after or (as the last item) under another."""
    start = outline.index(node)
    end = end_of_subtree(outline.nodes, start)
    if start <= outline.index(target) < end:
        raise Impossible("不能把一条移到它自己里面。")
    moved, rest = outline.nodes[start:end], (*outline.nodes[:start], *outline.nodes[end:])
    goal = next(i for i, other in enumerate(rest) if other.id == target)
    at = goal if place == "before" else end_of_subtree(rest, goal)
    by = rest[goal].depth + (place == "under") - moved[0].depth
    return _with_nodes(outline, (*rest[:at], *_shifted(moved, by), *rest[at:]))


def split(outline: Outline, node: int, at: int, marker: str = "") -> Outline:
    """Cut a node in two; what was below it stays below the second part, whose words it follows."""
    place = outline.index(node)
    whole = outline.nodes[place]
    if not whole.text[:at].strip() or not whole.text[at:].strip():
        raise Impossible("请把光标放在要拆开的两部分中间。")
    parts = halves(whole, at, outline.next_id, marker)
    nodes = (*outline.nodes[:place], *parts, *outline.nodes[place + 1 :])
    return replace(outline, nodes=nodes, next_id=outline.next_id + 1)


def merge(outline: Outline, node: int) -> Outline:
    """Put a node's words behind those of the item above it, and what is below it below that one."""
    place = outline.index(node)
    if place == 0:
        raise Impossible("这是第一条，上面没有可以合并的条目。")
    above, gone = outline.nodes[place - 1], outline.nodes[place]
    end = end_of_subtree(outline.nodes, place)
    below = _shifted(outline.nodes[place + 1 : end], above.depth - gone.depth)
    nodes = (
        *outline.nodes[: place - 1],
        _joined(above, gone),
        *below,
        *outline.nodes[end:],
    )
    merged = _repointed(replace(outline, nodes=nodes), {gone.id: above.id})
    joined = merged.node(above.id)
    if not follows_itself(merged, above.id):
        return merged
    return merged.with_node(replace(joined, continues=None))


def follows_itself(outline: Outline, node_id: int) -> bool:
    """Does the chain of what a node continues lead back to it?"""
    before = {n.id: n.continues for n in outline.nodes}
    seen, at = {node_id}, before[node_id]
    while at is not None and at not in seen:
        seen.add(at)
        at = before.get(at)
    return at == node_id


def _joined(above: Node, gone: Node) -> Node:
    text = above.text + gone.marker + gone.text
    shift = len(above.text) + len(gone.marker)
    return replace(
        above,
        text=text,
        months=tuple(dict.fromkeys(above.months + gone.months)),
        due=above.due or gone.due,
        every=above.every or gone.every,
        since_year=above.since_year if above.every else gone.since_year,
        targets=above.targets + gone.targets,
        blank=above.blank or gone.blank,
        when=tuple(dict.fromkeys(above.when + gone.when)),
        doubts=_open_doubts(above) + _open_doubts(gone),
        settled=False if above.is_doubtful or gone.is_doubtful else above.settled,
        owner=above.owner or gone.owner,
        owner_person=above.owner_person or (None if above.owner else gone.owner_person),
        owner_org=above.owner_org or (None if above.owner else gone.owner_org),
        area=above.area or gone.area,
        continues=above.continues or gone.continues,
        marks=above.marks + moved_marks(gone.marks, shift, text),
    )


def _open_doubts(node: Node) -> tuple[str, ...]:
    return node.doubts if node.is_doubtful else ()


def delete(outline: Outline, node: int) -> Outline:
    """Set a node and all below it aside, one entry each, waiting to be brought back."""
    start = outline.index(node)
    end = end_of_subtree(outline.nodes, start)
    gone = outline.nodes[start:end]
    anchor = outline.nodes[start - 1].id if start else None
    aside = tuple(
        Aside(outline.next_id + i, n.marker + n.text, anchor, replace(n, continues=None))
        for i, n in enumerate(gone)
    )
    kept = replace(
        outline,
        nodes=(*outline.nodes[:start], *outline.nodes[end:]),
        furniture=_in_order(outline, aside, start),
        next_id=outline.next_id + len(gone),
    )
    return _repointed(kept, {n.id: None for n in gone}, anchor=anchor)


def _in_order(outline: Outline, added: tuple[Aside, ...], start: int) -> tuple[Aside, ...]:
    """All asides in the order of the document, each new one where its node stood."""
    places: dict[int | None, float] = {n.id: i for i, n in enumerate(outline.nodes)}
    places[None] = -1
    old = [(places[aside.after] + 0.5, aside) for aside in outline.furniture]
    new = [(float(start + i), aside) for i, aside in enumerate(added)]
    return tuple(aside for _, aside in sorted(old + new, key=lambda pair: pair[0]))


def restore_furniture(outline: Outline, id: int, after: int | None = None) -> Outline:
    """Bring set-aside words back as a node behind ``after`` (None: at the very start)."""
    aside = next((a for a in outline.furniture if a.id == id), None)
    if aside is None:
        raise Impossible("这段文字已经不在“放到一边”里了，可能刚被恢复。")
    known = {n.id for n in outline.nodes}
    node = aside.was or Node(id=aside.id, depth=0, marker="", text=aside.text, kind="note")
    back = replace(node, id=aside.id, continues=node.continues if node.continues in known else None)
    rest = _behind(outline.furniture, aside, after)
    wanted = aside.was.depth if aside.was else None
    return _insert(replace(outline, furniture=rest), back, after, wanted)


def _behind(asides: tuple[Aside, ...], back: Aside, after: int | None) -> tuple[Aside, ...]:
    """The other asides; those that followed ``back`` at the same place now hang on its node."""
    at = asides.index(back)
    if after != back.after:
        return (*asides[:at], *asides[at + 1 :])
    later = (replace(a, after=back.id) if a.after == after else a for a in asides[at + 1 :])
    return (*asides[:at], *later)


def add(outline: Outline, after: int | None, text: str, kind: str = "task") -> Outline:
    """A new item in the officer's own words, behind ``after`` and beside it."""
    if not text.strip():
        raise Impossible("请写出这一条的内容。")
    node = Node(id=outline.next_id, depth=0, marker="", text=text, kind=kind)
    return _insert(replace(outline, next_id=outline.next_id + 1), node, after, None)


def _insert(outline: Outline, node: Node, after: int | None, wanted: int | None) -> Outline:
    """Right behind ``after`` in the text, at a depth that takes no other node from its parent."""
    at = 0 if after is None else outline.index(after) + 1
    above = outline.nodes[at - 1].depth if at else -1
    below = outline.nodes[at].depth if at < len(outline.nodes) else 0
    depth = min(max(above if wanted is None else wanted, below, 0), above + 1)
    placed = replace(node, depth=depth)
    return replace(outline, nodes=(*outline.nodes[:at], placed, *outline.nodes[at:]))


def _shifted(nodes: Iterable[Node], by: int) -> tuple[Node, ...]:
    return tuple(replace(node, depth=node.depth + by) for node in nodes)


def _with_nodes(outline: Outline, nodes: tuple[Node, ...]) -> Outline:
    return replace(outline, nodes=nodes)


def _repointed(
    outline: Outline, gone: dict[int, int] | dict[int, None], anchor: int | None = None
) -> Outline:
    """Point whatever named a vanished node at the one that took its words, or at none."""

    def follow(node: Node) -> Node:
        if node.continues is None or node.continues not in gone:
            return node
        heir = gone[node.continues]
        return replace(node, continues=None if heir == node.id else heir)

    def hang(aside: Aside) -> Aside:
        if aside.after is None or aside.after not in gone:
            return aside
        heir = gone[aside.after]
        return replace(aside, after=anchor if heir is None else heir)

    return replace(
        outline,
        nodes=tuple(follow(n) for n in outline.nodes),
        furniture=tuple(hang(a) for a in outline.furniture),
    )
