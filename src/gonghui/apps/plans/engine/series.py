"""Which signs are numbering and where their items hang: continuity decides, not style."""

from __future__ import annotations

from .drafts import Branch, Draft
from .lookahead import Ahead
from .markers import Candidate

_GAP = 3
_DEEP = 12  # no plan nests deeper; a garbled text might without end
_NEEDS_A_SECOND = ("letter", "lettera", "letter()", "letter()a", "roman", "cn)", "part")


def is_numbering(sign: Candidate, place: int, branch: Branch, ahead: Ahead) -> bool:
    """A sign counts when it continues its series or opens one that goes on."""
    if sign.weak and (place, sign.style) not in ahead.trusted:
        return False
    if sign.leads:
        return _leads_an_item(sign, place, branch, ahead)
    before = branch.continued_by(sign)
    if before is not None and _continues_inline(sign, place, before, ahead):
        return True
    return sign.ordinal == 1 and _opens_inline(sign, place, branch, ahead)


def _leads_an_item(sign: Candidate, place: int, branch: Branch, ahead: Ahead) -> bool:
    continues = branch.continued_by(sign) is not None
    if sign.months:  # 4、5月份 begins a month row unless the series says otherwise
        return continues or (sign.ordinal == 1 and _comes_second(sign, place, ahead))
    if continues or sign.weak or "@" in sign.style or sign.style.startswith("bullet"):
        return True
    if sign.floating or sign.style in _NEEDS_A_SECOND:
        return _floats(sign, place, branch, ahead)
    if sign.ordinal == 1:
        return True
    open_one = branch.deepest(sign.style)
    if open_one is not None or branch.last.get(sign.style) == sign.ordinal - 1:
        return True
    return ahead.next_lead_of(sign.style, place) is not None or sign.style in branch.last


def _comes_second(sign: Candidate, place: int, ahead: Ahead) -> bool:
    following = ahead.next_lead_of(sign.style, place)
    return following is not None and following.ordinal == 2


def _floats(sign: Candidate, place: int, branch: Branch, ahead: Ahead) -> bool:
    if sign.ordinal == 1:
        return ahead.has_next(sign, place, 2)
    open_one = branch.deepest(sign.style)
    return open_one is not None and open_one.ordinal < sign.ordinal <= open_one.ordinal + _GAP


def _continues_inline(sign: Candidate, place: int, before: Draft, ahead: Ahead) -> bool:
    if before.place != place:  # a list over several paragraphs goes on after a sentence only
        return sign.firm >= 3
    text = ahead.paras[place].text
    if not text[before.cut : sign.start].strip(" 、,，."):  # 一、二、三产业
        return False
    least = 2 if sign.floating or sign.style.startswith("cn") else 1
    return sign.firm >= least or (sign.style == "stage" and "阶段" in text[sign.start : sign.end])


def _opens_inline(sign: Candidate, place: int, branch: Branch, ahead: Ahead) -> bool:
    if sign.months or (sign.style in ("letter", "lettera", "roman") and sign.firm < 3):
        return False
    if sign.firm < sign.needed:
        return False
    return ahead.has_next(sign, place, 2 if sign.floating or sign.firm >= 3 else 1)


def hang(sign: Candidate, place: int, branch: Branch, ahead: Ahead) -> tuple[Draft | None, str]:
    """The parent of an accepted item, and a doubt if its place could be another."""
    para = ahead.paras[place]
    before = branch.continued_by(sign)
    if sign.leads and para.heading is not None:
        return _below_heading(sign, para.heading, before, branch)
    if sign.leads and para.level is not None and (para.label or para.is_bullet):
        return _below_level(sign, para.level, before, branch)
    if before is not None:
        return before.parent, ""
    if sign.prefix:
        return _below_prefix(sign, branch)
    open_one = branch.deepest(sign.style)
    if sign.ordinal > 1 and open_one is not None:
        return open_one.parent, _broken(open_one.ordinal, sign.ordinal)
    return _open_series(sign, place, branch, ahead)


def _broken(last: int, now: int) -> str:
    if now == last:
        return f"编号 {now} 出现了两次，请核对层级。"
    return f"编号从 {last} 跳到 {now}，可能缺了一项，请核对。"


def _below_heading(
    sign: Candidate, level: int, before: Draft | None, branch: Branch
) -> tuple[Draft | None, str]:
    """Word's own heading levels decide; one level used for two styles is nested with a doubt."""
    if before is not None and before.heading == level:
        return before.parent, ""
    for draft in reversed(branch.open):
        if draft.heading is None or draft.role == "intro" or draft.heading > level:
            continue
        if draft.heading == level:
            nested = sign.ordinal == 1 and draft.style not in ("", sign.style)
            doubt = "文件里这两级标题用了同一样式，层级请核对。"
            return (draft, doubt) if nested else (draft.parent, "")
        return draft, ""
    return None, ""


def _below_level(
    sign: Candidate, level: int, before: Draft | None, branch: Branch
) -> tuple[Draft | None, str]:
    """Generated numbering says its own depth; typed headings stay above it.

    Bullets behind a numbered item of the same depth tell its details.
    """
    if before is not None and before.level == level:
        return before.parent, ""
    for draft in reversed(branch.open):
        if draft.role == "intro" or (draft.level is not None and draft.level > level):
            continue
        if draft.level == level and not _details(sign, draft):
            return draft.parent, ""
        return draft, ""
    return None, ""


def _details(sign: Candidate, draft: Draft) -> bool:
    return sign.style.startswith("bullet") and not draft.style.startswith("bullet")


def _below_prefix(sign: Candidate, branch: Branch) -> tuple[Draft | None, str]:
    """``2.1`` hangs below ``2.`` where there is one, else beside the ``1.x`` before it."""
    whole = sign.prefix.split(".")[-1]
    for draft in reversed(branch.open):
        if (
            draft.style.startswith("ar")
            and str(draft.ordinal) == whole
            and draft.style != sign.style
        ):
            return draft, ""
    beside = branch.deepest(sign.style)
    if beside is not None:
        return beside.parent, ""
    return _base(sign, branch), ""


def _open_series(
    sign: Candidate, place: int, branch: Branch, ahead: Ahead
) -> tuple[Draft | None, str]:
    base = _base(sign, branch)
    doubt = "" if sign.ordinal == 1 or _runs_on(sign, branch) else "编号不是从一开始，请核对。"
    if sign.style.startswith("bullet"):
        return base, ""
    same = branch.deepest(sign.style)
    if same is not None and len(branch.open) > _DEEP:
        return same.parent, "层级太深，请核对。"
    if same is None or base is None or same not in base.line:
        return base, doubt
    if base.ends_open and not (base is same and _turns_over(sign, place, same, ahead)):
        return base, doubt
    goes_on = _comes_second(sign, place, ahead) or ahead.has_second_inside(sign, place)
    if base is same and sign.leads and goes_on:
        return base, "同一种编号嵌在自身之内，层级请核对。"
    return same.parent, "编号在这里重新从一开始，层级请核对。"


def _turns_over(sign: Candidate, place: int, same: Draft, ahead: Ahead) -> bool:
    """The list goes on with the outer number at once, so that the inner one is a slip."""
    following = ahead.next_lead(place)
    return (
        following is not None
        and following.style == sign.style
        and following.ordinal == same.ordinal + 1 != 2
    )


def _runs_on(sign: Candidate, branch: Branch) -> bool:
    """Numbers that run on across chapters (001-1 style: 5、 | 二、 | 6、)."""
    return branch.last.get(sign.style) == sign.ordinal - 1


def _base(sign: Candidate, branch: Branch) -> Draft | None:
    """The deepest open node that may own a new list; a thought's own list ends with it."""
    base = branch.top
    while base is not None and _is_closed(base, sign):
        base = base.parent
    return base


def _is_closed(base: Draft, sign: Candidate) -> bool:
    if base.role in ("intro", "closing", "signature"):
        return not base.encloses and (sign.leads or not sign.floating)
    if base.role == "look":
        return sign.leads and not base.ends_open
    structural = base.style == "stage" and base.leads
    return sign.leads and base.floating and not (structural or base.ends_open or sign.floating)
