"""Where an unnumbered paragraph belongs: to the item above, to the chapter, or to itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .columns import are_heads
from .dates import begins_with_date, is_within_a_month, moments
from .drafts import ENCLOSED, Branch, Draft
from .lookahead import Ahead
from .numerals import fold
from .paragraphs import Para

_LOOKS_BACK = re.compile(
    r".{0,3}(?:总结|回顾|综上|总之|纵观|总的来?[看说]|以上|上述|通过以上|我们(?:深深)?(?:体会|感到|认识)|"
    r"一年来的|过去的?一年|成绩的?取得|在肯定成绩|在看到成绩|存在的?(?:问题|不足))"
)
_CLOSES = re.compile(
    r"同志们|各位|总之|综上|让我们|新的一年|展望|为(?:了)?(?:圆满|确保|实现)|希望|以上(?:计划|工作|各项)|本计划|特此|此计划"
)
_SCHEDULE = re.compile(
    r".{0,8}(?:(?:工作|活动|时间|进度|月度|日程|节点)(?:安排|计划|表)|(?:时间|进度)节点|工作进度):?"
)
_NOTES = re.compile(
    r"(?:几点|有关|相关|工作|具体|活动)?(?:说明|备注|要求|注意事项|有关事项|保障措施):?"
)
_DAY_ALONE = re.compile(r"20\d\d\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?")
_BRACKETED = re.compile(r"【[^【】]{2,16}】|〖[^〖〗]{2,16}〗")
_SIGNATURE = re.compile(
    r".{2,30}(?:工会(?:委员会)?|委员会|公司|办公室|集团|局|总工会|中心|学校|分会)(?:\([^()]{1,8}\))?"
    r"|(?:(?:19|20)[\dxX×*_]{2}|二[〇○零][〇○零一二三四五六七八九]{2})\s?年\s?\S{1,3}\s?月(?:\s?\S{1,3}\s?日)?"
    r"|(?:工会主席|主席|主席签字|签发人|撰稿人|报送|抄送|抄报)\s?:.{0,40}"
    r"|附件?\s?:.{0,60}"
)


def column_heads(paras: Sequence[Para]) -> set[int]:
    """Paragraphs that are the column heads of a table pasted as lines."""
    found: set[int] = set()
    run: list[int] = []
    for place, para in enumerate([*paras, Para("。")]):
        if not para.table and are_heads(para.text):
            run.append(place)
            continue
        if sum(are_heads(paras[i].text) for i in run) >= 2:
            found |= set(run)
        run = []
    return found


def bare_headings(paras: Sequence[Para], ahead: Ahead, heads: set[int]) -> set[int]:
    """Short unnumbered lines above a text or a list, where the document has several of them.

    The head of a timetable is one also alone.
    """
    found = [i for i in range(len(paras) - 1) if i not in heads and _may_head(paras, ahead, i)]
    if len(found) > 1:
        return set(found)
    return {i for i in found if _SCHEDULE.fullmatch(fold(paras[i].text).strip())}


def _may_head(paras: Sequence[Para], ahead: Ahead, place: int) -> bool:
    words = fold(paras[place].text).strip()
    if paras[place].table or ahead.leading[place] or not 2 <= len(words) <= 20:
        return False
    if re.search(r"[。;!?,、:]", words.rstrip(":")) or begins_with_date(words):
        return False
    if _BRACKETED.fullmatch(words):
        return True
    if _SIGNATURE.fullmatch(words) and not ahead.next_lead(place):
        return False
    below = paras[place + 1]
    text = fold(below.text).strip()
    longer = len(text) >= 2 * len(words) and text[-1:] in "。;:"
    dated = bool(_SCHEDULE.fullmatch(words)) and begins_with_date(text)
    return bool(below.table) or longer or dated or (ahead.leading[place + 1] is not None)


def is_signature(words: str) -> bool:
    return len(words) <= 44 and words[-1:] not in "。;!?" and bool(_SIGNATURE.fullmatch(words))


class Prose:
    """Decides for one plan; asks the open branch and what lies ahead."""

    def __init__(self, ahead: Ahead, branch: Branch) -> None:
        self.ahead = ahead
        self.branch = branch
        self.paras = ahead.paras
        self.heads = column_heads(self.paras)
        self.bare = bare_headings(self.paras, ahead, self.heads)
        self.tail = self._tails()

    def _tails(self) -> list[bool]:
        """For each paragraph: no numbered or dated one follows before the end or a table."""
        tails = [True] * len(self.paras)
        tail = True
        for place in range(len(self.paras) - 1, -1, -1):
            tails[place] = tail
            if place in self.heads or self.paras[place].table:
                tail = True
            elif self.ahead.leading[place] or self._is_dated(place):
                tail = False
        return tails

    def _is_dated(self, place: int) -> bool:
        words = fold(self.paras[place].text).strip()
        return begins_with_date(words) and not is_signature(words)

    def _is_dated_item(self, place: int, words: str) -> bool:
        """A day alone on its line is that of the signature above it, never of an item."""
        if not begins_with_date(words) or _DAY_ALONE.fullmatch(words):
            return False
        return not (self.tail[place] and is_signature(words))

    def home(self, place: int, opens_list: bool) -> Draft:
        """The draft, old or new, that the unnumbered beginning of a paragraph belongs to."""
        para = self.paras[place]
        words = fold(para.text).strip()
        top = self.branch.top
        if place in self.heads:
            return self._below_heads(place)
        if para.heading is not None:
            return self._word_heading(para.heading, place)
        if self._is_dated_item(place, words):
            return self._dated(place)
        if top is None or top.role == "intro":
            return self._before_the_first_item(place)
        grid = self._grid_above(place)
        if grid is not None:
            return self._new("look" if grid.parent else "closing", grid.parent, place)
        if place in self.bare and not (
            self._is_row(top) and self.ahead.next_lead_at(place) is None
        ):
            return self._bare(place)
        if self.tail[place]:
            # 3月份 / 内容:1.…2.…: the month's own list
            own = opens_list and top.role == "dated"
            return top if own else self._after_the_last_item(place, words)
        return self._between(place, words, opens_list)

    def _grid_above(self, place: int) -> Draft | None:
        """The outermost node of a table just above: a text below it is none of its rows."""
        rows = [d for d in self.branch.open if d.role in ("heads", "row")]
        return rows[0] if rows and self.paras[rows[-1].place].table else None

    def _new(self, role: str, parent: Draft | None, place: int) -> Draft:
        return self.branch.add(Draft(parent, role=role, place=place))

    def _below_heads(self, place: int) -> Draft:
        top = self.branch.top
        if top is not None and top.role == "heads":
            return top
        return self._new("heads", self.table_owner(), place)

    def table_owner(self) -> Draft | None:
        """The heading a table stands below; a table after the last item stands on its own."""
        top = self.branch.top
        item = self.branch.item_of(top) if top else None
        if item is None or item.role not in ("item", "bare", "look"):
            return None
        return item if (item.is_heading_like and not item.children) or item.ends_open else None

    def _word_heading(self, level: int, place: int) -> Draft:
        above = [d for d in self.branch.open if d.heading is not None and d.heading < level]
        draft = self._new("bare", above[-1] if above else None, place)
        draft.heading = level
        return draft

    def _dated(self, place: int) -> Draft:
        """A paragraph that begins with its date is a child of the heading above it."""
        above = [d for d in self.branch.open if d.role == "dated"]
        wider = next((d for d in reversed(above) if self._is_finer(place, d)), None)
        if above:
            return self._new("dated", wider or above[0].parent, place)
        return self._new("dated", self.branch.with_role("heads") or self._heading_above(), place)

    def _is_finer(self, place: int, beside: Draft) -> bool:
        """A month within the quarter or half-year above it, a day within the month."""
        wide, narrow = self._span(beside.text), self._span(self.paras[place].text)
        if is_within_a_month(fold(self.paras[place].text)):
            return len(wide) == 1
        return bool(narrow) and narrow < wide

    @staticmethod
    def _span(text: str) -> set[int]:
        first = next((m for m in moments(fold(text)[:24]) if m.months), None)
        return set(first.months) if first else set()

    def _heading_above(self) -> Draft | None:
        draft = self.branch.top
        while draft is not None and not self._is_heading(draft):
            draft = draft.parent
        return draft

    @staticmethod
    def _is_heading(draft: Draft) -> bool:
        if draft.role in ("intro", "closing", "signature", "look"):
            return False
        return draft.is_heading_like or draft.ends_open or draft.role == "bare"

    def _before_the_first_item(self, place: int) -> Draft:
        if place in self.bare:
            return self._new("bare", None, place)
        if self.branch.top is not None and self.branch.top.role == "intro":
            return self.branch.top
        return self._new("intro", None, place)

    def _bare(self, place: int) -> Draft:
        beside = self.branch.with_role("bare")
        if beside is not None:
            return self._new("bare", beside.parent, place)
        following = self.ahead.next_lead(place)
        same = self.branch.deepest(following.style) if following else None
        if following and following.ordinal == 1 and same is not None:
            return self._new("bare", same.parent, place)
        return self._new("bare", self._heading_above(), place)

    def _after_the_last_item(self, place: int, words: str) -> Draft:
        top = self.branch.top
        assert top is not None  # noqa: S101 - home() has handled the empty branch
        if is_signature(words) and top.role != "dated":
            return top if top.role == "signature" else self._new("signature", None, place)
        if top.role in ("closing", "signature"):
            return top
        item = self.branch.item_of(top)
        if _CLOSES.match(words):
            return self._new("closing", None, place)
        if top.ends_unfinished or top.ends_open or words.endswith(":"):
            return top
        if self._is_row(top):
            return top if len(words) <= 30 and "。" not in words else self._closing(place)
        if top.leads and self._wants_text(item):
            return top
        if top.leads and item.bodies and item.is_heading_like and not self._is_last(place):
            return top
        return self._closing(place)

    def _closing(self, place: int) -> Draft:
        return self._new("closing", None, place)

    @staticmethod
    def _is_row(top: Draft) -> bool:
        """A row of a table that was pasted a cell a line; only a short line is one more cell."""
        return top.parent is not None and top.parent.role == "heads"

    def _wants_text(self, item: Draft) -> bool:
        """A heading without text; a short sentence only where its siblings have texts below."""
        if not item.is_heading_like or item.bodies:
            return False
        siblings = [d for d in self.branch.drafts if d.style == item.style and d is not item]
        return not item.is_sentence or not siblings or any(d.bodies for d in siblings)

    def _is_last(self, place: int) -> bool:
        """Nothing but a signature or a table follows."""
        for at in range(place + 1, len(self.paras)):
            para = self.paras[at]
            if para.table:
                return True
            if not is_signature(fold(para.text).strip()):
                return at in self.heads
        return True

    def _between(self, place: int, words: str, opens_list: bool) -> Draft:
        top = self.branch.top
        assert top is not None  # noqa: S101 - home() has handled the empty branch
        if top.role in ("closing", "signature"):
            return top
        if ENCLOSED.match(words):
            return self._closing(place)
        item = self.branch.item_of(top)
        if item.role == "look":
            return self._new("look", item.parent, place)
        chapter = self._ending_chapter(place)
        ends = chapter is not None and chapter is not top
        if ends and (_LOOKS_BACK.match(words) or self._opens_own(words, item, opens_list)):
            return self._new("look", chapter, place)
        if top.role == "dated" and _NOTES.fullmatch(words) and self.ahead.next_lead_at(place):
            return self._new("bare", top.parent, place)
        restarted = self._restarted(place, words)
        if restarted is not None:
            return self._new("bare", restarted.parent, place)
        if self._ended_with_its_paragraph(top) and not top.ends_unfinished:
            return self._new("look", item, place)
        return top

    @staticmethod
    def _ended_with_its_paragraph(top: Draft) -> bool:
        """The last item of a list that ran within one paragraph."""
        inside = top.parent is not None and top.parent.place == top.place
        return not top.leads and (top.floating or inside)

    @staticmethod
    def _opens_own(words: str, item: Draft, opens_list: bool) -> bool:
        wants_text = item.is_heading_like and not item.bodies and not item.children
        return (opens_list or words.endswith(":")) and not wants_text

    def _ending_chapter(self, place: int) -> Draft | None:
        """The open item whose successor is the next numbered paragraph: all below it has ended."""
        following = self.ahead.next_lead(place)
        return self.branch.continued_by(following) if following else None

    def _restarted(self, place: int, words: str) -> Draft | None:
        """The open series that the very next paragraph begins anew: this one is its heading."""
        if place + 1 >= len(self.paras) or len(words) > 60:
            return None
        following = self.ahead.leading[place + 1]
        if following is None or following.ordinal != 1:
            return None
        same = self.branch.deepest(following.style)
        if same is None or (same is self.branch.top and same.is_heading_like and words[-1:] == ":"):
            return None
        while same.parent is not None and same.parent.role == "bare":
            same = same.parent
        return same
