"""Where one plan of a paste ends and the next begins, and which lines are a plan's title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .columns import are_heads
from .dates import begins_with_date
from .markers import Candidate, candidates
from .numerals import fold, number_of
from .paragraphs import Para

_N = r"[\d一二三四五六七八九十]{1,3}"
_HEAD = re.compile(
    rf"第\s?{_N}\s?篇\s*[::].{{0,60}}"
    rf"|.{{0,40}}(?:篇|范文|模板|范本)\s?[(]?{_N}[)]?"
    rf"|[【(\[]?篇\s?{_N}[】)\]]?\s*[::]?.{{0,40}}"
)
_GENRE = (
    "计划|总结|方案|要点|安排|规划|报告|讲话|意见|办法|思路|材料|体会|认识|汇报|通知|纲要|细则|清单|"
    "任务书|发言|措施|配档表|一览表|工作表|行事历|预案"
)
_ENDS_AS_TITLE = re.compile(rf".{{2,60}}(?:{_GENRE}|总结表|计划表)(?:[((].{{1,30}}[))])?")
_LATER_TITLE = re.compile(
    r"(?=.*(?:工会|年|学期)).{4,50}(?:计划|总结|方案|要点|工作安排|报告|办法)(?:通用|范文|模板|精选)?(?:[((].{1,30}[))])?"
)
_GOES_ON = re.compile(
    rf"(?:.*(?:{_GENRE}|论坛|会议|大会).{{0,8}})"
    r"|.{2,30}(?:工会|委员会|公司|总公司|分公司|中心|医院|学校|大学|学院|小学|中学|幼儿园|集团|处|局|厅|部|科|组|办公室|车间|党支部|党委)"
    r"|.*(?:书记|主席|局长|校长|经理|主任|主持人|报告人|讲话人|单位)[\s::]?.{0,8}"
    r"|[((【\[].{1,40}[))】\]]"
    r"|(?:(?:19|20)[\dxX×*_]{2}|二[〇○零].{2})\s?年.{0,12}"
    r"|--.{2,30}"
)
_HEADING = re.compile(r"【(?!.*(?:篇|年|稿|版|范文|模板)).*】")  # 【工作目标】
_FACT = re.compile(r"(?:时间|地点|参加|参会|对象|内容|主题|目的|主办|承办|组长|成员).{0,4}:")
_SALUTE = re.compile(r"(?:各位|尊敬的|同志们|各[^,。]{1,12}[::]).*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|(二[〇○零][〇○零一二三四五六七八九]{2})")
_PLANNED = re.compile(r"(?<![-\d])(20\d\d)年?度?[^\d-]{0,14}?(?:计划|要点|打算|安排|思路|设想)")
_SPAN = re.compile(r"(?<!\d)(20\d\d)年?\s?(?:-{1,2}|~|至|到)\s?(20\d\d)(?!\d)")
_GLUED = re.compile(rf"(.{{4,40}}?(?:工作|活动|实施)?(?:{_GENRE}))\s+(?=\S{{8,}})")
_BODY = re.compile(
    r"(?:发展|计划|方案|总结|水平|报告|要点|意见|材料)"
    r"(?=[市县区省我全本]{0,2}(?:总工会|工会|局|公司|工委)|近年来|一年来|今年|为了|为)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One plan: the lines of its title and the paragraphs below."""

    title: tuple[str, ...]
    body: tuple[Para, ...]

    @property
    def heading(self) -> str:
        return "\n".join(line.strip() for line in self.title)

    @property
    def year(self) -> int | None:
        """The one year the title names; ``20xx`` is none."""
        heading = fold(self.heading)
        planned = _PLANNED.findall(heading)
        if len(set(planned)) == 1:
            return int(planned[0])
        years = {_year(m) for m in _YEAR.finditer(heading)}
        return years.pop() if len(years) == 1 else None

    @property
    def years(self) -> frozenset[int]:
        """The years the title names as the plan's own: 2026年, 2026—2028年."""
        span = _SPAN.search(fold(self.heading))
        if span and self.year is None:
            return frozenset(range(int(span[1]), int(span[2]) + 1))
        return frozenset({self.year} if self.year else ())


def calendar_years(title: str) -> frozenset[int]:
    """The whole years a title names; a school year or a term begins within one."""
    return frozenset() if re.search("学年|学期", title) else Section((title,), ()).years


def _year(match: re.Match[str]) -> int:
    words = match[1] or match[2]
    return number_of(words.replace("○", "〇")) or 0


def sections_of(paras: Sequence[Para]) -> list[Section]:
    """The plans of a paste, each with its title set apart from its text."""
    starts = [0, *(i for i in range(1, len(paras)) if _opens_a_plan(paras, i))]
    parts = [list(paras[a:b]) for a, b in zip(starts, [*starts[1:], len(paras)], strict=True)]
    several = len(parts) > 1
    sections = [_section(p, several) for p in parts if any(not para.is_empty for para in p)]
    return _with_lonely_titles(sections)


def _with_lonely_titles(sections: list[Section]) -> list[Section]:
    """A heading without text (the collection's own title) goes to the plan that follows."""
    whole: list[Section] = []
    waiting: tuple[str, ...] = ()
    for section in sections:
        if not section.body and section is not sections[-1]:
            waiting += section.title
            continue
        whole.append(Section(waiting + section.title, section.body))
        waiting = ()
    return whole


def _opens_a_plan(paras: Sequence[Para], index: int) -> bool:
    para = paras[index]
    words = fold(para.text).strip()
    if para.table or para.label or not words or len(words) > 70:
        return False
    if _HEAD.fullmatch(words):
        return True
    if not _LATER_TITLE.fullmatch(words) or any(c.leads for c in candidates(para.text)):
        return False
    return _numbering_restarts(paras, index)


def _lead(para: Para) -> Candidate | None:
    return next((c for c in candidates(para.text) if c.leads and c.weak == 0), None)


def _numbering_restarts(paras: Sequence[Para], index: int) -> bool:
    """The outermost style stood at two or more above the line and begins again below it."""
    above = [c for p in paras[:index] if (c := _lead(p))]
    below = [c for p in paras[index + 1 :] if (c := _lead(p))]
    if not above or not below or below[0].ordinal != 1:
        return False
    outer = above[0].style
    return below[0].style == outer and max(c.ordinal for c in above if c.style == outer) >= 3


def _section(part: list[Para], several: bool) -> Section:
    lines: list[str] = []
    rest = part
    while rest and (rest[0].is_empty or _is_title(rest, lines, several)):
        lines += [rest[0].whole] if not rest[0].is_empty else []
        rest = rest[1:]
    return _unglued(lines, rest)


def _is_title(rest: list[Para], lines: list[str], several: bool) -> bool:
    para = rest[0]
    words = fold(para.text).strip()
    if para.table or para.label or not 0 < len(words) <= 70:
        return False
    if not lines:
        return bool(_HEAD.fullmatch(words)) or _may_begin_a_title(rest, words, several)
    if _lead(para) or _SALUTE.fullmatch(words) or words[-1] in "。;:!?,、":
        return False
    if _FACT.match(words) or _HEADING.fullmatch(words):
        return False
    if para.heading is not None and para.heading > 1:
        return False
    return bool(_GOES_ON.fullmatch(words)) or _repeats(words, lines)


def _may_begin_a_title(rest: list[Para], words: str, several: bool) -> bool:
    if _lead(rest[0]) or _SALUTE.fullmatch(words) or words[-1] in "。;:!,、":
        return False
    if are_heads(words):
        return False
    if begins_with_date(words):
        return bool(_ENDS_AS_TITLE.fullmatch(words))
    return several or any(not p.is_empty for p in rest[1:])


def _repeats(words: str, lines: list[str]) -> bool:
    """The line says again what the title says."""
    if any(_shared(words, fold(line)) >= 6 for line in lines):
        return True
    said = set(fold("".join(lines)))
    return len(words) >= 6 and sum(c in said for c in words) >= 0.6 * len(words)


def _shared(words: str, line: str) -> int:
    """How many characters the line and the name in the title begin with alike."""
    name = re.sub(rf"第\s?{_N}\s?篇\s*[::]", "", line).strip()
    same = 0
    while same < min(len(words), len(name)) and words[same] == name[same]:
        same += 1
    return same


def _unglued(lines: list[str], rest: list[Para]) -> Section:
    """A title that stands at the head of the first paragraph is cut off there."""
    if lines or not rest or rest[0].table or _lead(rest[0]):
        return Section(tuple(lines), tuple(rest))
    first = rest[0]
    cut = _repeated_head(first.text)
    if not cut:
        match = _GLUED.match(fold(first.text))
        cut = match.end() if match and len(first.text) > 60 else 0
    if not cut:
        return Section((), tuple(rest))
    return Section((first.text[:cut],), (first.but(first.text[cut:]), *rest[1:]))


def _repeated_head(text: str) -> int:
    """Where the text goes on after a title that was pasted several times at its head, else 0."""
    for size in range(min(40, len(text) // 2), 5, -1):
        head = text[:size]
        if text.startswith(head, size):
            end = size
            while text.startswith(head, end):
                end += size
            return _end_of_variant(text, end, head)
    return 0


def _end_of_variant(text: str, end: int, head: str) -> int:
    """The last repeat is often the full title: same beginning, other end, glued to the text."""
    same = 0
    while same < len(head) and text[end + same : end + same + 1] == head[same]:
        same += 1
    match = _BODY.search(text, end, end + 80) if same >= 4 else None
    return match.end() if match else end
