"""Reads a union's plan: blocks or text in, plans of nodes and the furniture out; deterministic."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from gonghui.kit.blocks import Block, plain_blocks

from .attributes import attributes_of
from .drafts import Draft
from .furniture import set_aside
from .numerals import fold
from .outline import drafts_of
from .paragraphs import paras_of, rejoined
from .pasted import gridded
from .reading import Node, PlanText, Reading
from .suggestions import area_of, continuations, kind_of, owner_of
from .titles import Section, sections_of

_QUOTED_TITLE = re.compile(r"\s*《([^《》]{2,40})》\s*$")


def read_text(text: str) -> Reading:
    """Read what a person pasted."""
    return read(plain_blocks(text))


def read(blocks: Sequence[Block], *, years: Collection[int] = ()) -> Reading:
    """Read a document; ``years`` are the plan's own where its title names no others."""
    paras, furniture = paras_of(blocks)
    kept, aside = set_aside(gridded(paras))
    furniture += aside
    plans = [_plan(section, frozenset(years), furniture) for section in sections_of(kept)]
    return Reading(tuple(plans), tuple(furniture))


def _plan(section: Section, given: frozenset[int], furniture: list[str]) -> PlanText:
    years = given if section.years <= given else section.years
    drafts = drafts_of(rejoined(section.body))
    _drop_quoted_title(drafts, section.heading, furniture)
    return PlanText(section.heading, section.year, _nodes(drafts, years))


def _drop_quoted_title(drafts: list[Draft], title: str, furniture: list[str]) -> None:
    """The site's own name for the text behind the last item (…表彰《工会工作计划》)."""
    last = next((d for d in reversed(drafts) if d.parts), None)
    if last is None:
        return
    words = last.parts[-1]
    match = _QUOTED_TITLE.search(words)
    if match is None or not match.start() or match[1] not in title:
        return
    furniture.append(match[0].strip())
    last.parts[-1] = words[: match.start()]


def _nodes(drafts: list[Draft], years: frozenset[int]) -> tuple[Node, ...]:
    ids = {id(draft): number for number, draft in enumerate(drafts, 1)}
    texts = [draft.text for draft in drafts]
    earlier = continuations(
        [
            t if d.role not in ("intro", "closing") else ""
            for t, d in zip(texts, drafts, strict=True)
        ]
    )
    nodes = []
    for draft, text, before in zip(drafts, texts, earlier, strict=True):
        parent = ids[id(draft.parent)] if draft.parent else None
        continued = None if before is None else before + 1
        nodes.append(_node(draft, text, ids[id(draft)], parent, continued, years))
    return tuple(nodes)


def _node(
    draft: Draft,
    text: str,
    number: int,
    parent: int | None,
    continued: int | None,
    years: frozenset[int],
) -> Node:
    stated = attributes_of(draft, years)
    owner = owner_of(draft, text)
    marks = stated.marks
    if owner and owner[2]:
        marks = tuple(sorted((*marks, (owner[1], owner[2], "owner"))))
    return Node(
        number,
        parent,
        draft.marker,
        text,
        stated.months,
        stated.due,
        stated.every,
        stated.targets,
        stated.blank,
        stated.when,
        (*draft.doubts, *stated.doubts, *_doubts(draft, text, stated.blank)),
        owner[0] if owner else None,
        area_of(text) if draft.role not in ("heads", "signature") else None,
        continued,
        kind_of(
            draft,
            text,
            is_timed=bool(stated.months or stated.due or stated.every),
            is_counted=bool(stated.targets),
        ),
        marks,
        stated.years if len(years) > 1 else (),
    )


def _doubts(draft: Draft, text: str, blank: bool) -> list[str]:
    doubts = []
    if blank:
        doubts.append("原文这里缺少数字或名称，请补填。")
    if not text and not draft.children:
        doubts.append("只有编号，没有内容，请核对。")
    if len(text) > 80 and fold(text)[-1] not in "。;:!?…”)》】.,":
        doubts.append("最后一句似乎没有写完，请对照原文。")
    if re.search(r"\*\*", fold(text)):
        doubts.append("原文有被遮盖的字，请核对。")
    return doubts
