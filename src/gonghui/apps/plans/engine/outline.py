"""From the paragraphs of one plan to its tree of drafts: every character ends up in one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .drafts import Branch, Draft
from .grids import Grid
from .lookahead import Ahead
from .markers import Candidate
from .numerals import fold
from .paragraphs import Para
from .prose import Prose
from .series import hang, is_numbering

_DASH = re.compile(r"\s*(?:[-+*]\s+|-{1,4})")


def drafts_of(paras: Sequence[Para]) -> list[Draft]:
    """The drafts of a plan in document order."""
    ahead = Ahead(paras)
    branch = Branch()
    prose = Prose(ahead, branch)
    for place, para in enumerate(paras):
        if para.table:
            Grid(para.table, place, branch, drafts_of).hang_below(prose.table_owner())
        else:
            _add_paragraph(place, branch, ahead, prose)
    return branch.drafts


def _add_paragraph(place: int, branch: Branch, ahead: Ahead, prose: Prose) -> None:
    text = ahead.paras[place].text
    cursor = 0
    opened = False
    for sign in ahead.signs[place]:
        if sign.start < cursor or not is_numbering(sign, place, branch, ahead):
            continue
        if text[cursor : sign.start].strip():
            _add_text(text[cursor : sign.start], place, opened, branch, prose, True)
        if sign.start >= cursor:
            _open_item(sign, place, branch, ahead)
        cursor, opened = sign.end, True
    if text[cursor:].strip():
        _add_text(text[cursor:], place, opened, branch, prose, False)


def _add_text(
    text: str, place: int, opened: bool, branch: Branch, prose: Prose, opens_list: bool
) -> None:
    if opened and branch.top is not None:
        own = branch.top.parts
        own[:] = [own[0] + text] if own and _DASH.fullmatch(fold(own[-1])) else [*own, text]
        return
    draft = prose.home(place, opens_list)
    if draft.parts:
        draft.bodies += 1
    draft.parts.append(text)


def _open_item(sign: Candidate, place: int, branch: Branch, ahead: Ahead) -> None:
    para = ahead.paras[place]
    parent, doubt = hang(sign, place, branch, ahead)
    generated = sign.end == 0
    dash = fold(para.text[sign.start : sign.start + 1]) in ("-", "+", "*") and not generated
    marker = para.label.strip() if generated else "".join(para.text[sign.start : sign.end].split())
    draft = Draft(
        parent,
        "" if dash else marker,
        sign.style,
        sign.last or sign.ordinal,
        leads=sign.leads,
        floating=sign.floating,
        prefix=sign.prefix,
        place=place,
        cut=sign.end,
        heading=para.heading if sign.leads else None,
        level=para.level if generated else None,
    )
    if dash:  # a dash is no numbering: it stays with the words
        draft.parts.append(para.text[sign.start : sign.end])
    if doubt:
        draft.doubts.append(doubt)
    branch.add(draft)
