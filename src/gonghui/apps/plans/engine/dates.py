"""Months, last days and words of time that a node's own text states; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from .festivals import begins_with_named_day, named_days
from .numerals import number_of

_CN = "十[一二]|[一二三四五六七八九十]"
_M = rf"(?:1[0-2]|0?[1-9](?!\d)|{_CN}|(?<![万亿千百单])元(?=月(?![薪均供])))"
_LIST = rf"{_M}(?:\s?月?\s?份?\s?[、,和及与]\s?{_M}){{0,11}}"
_WITHIN = "(?:[上中下]旬|初|底|末)?"  # 8月初至10月中旬 reaches from August to October
_RANGE = rf"{_M}\s?月?\s?份?\s?{_WITHIN}(?:-{{1,2}}|~|至|到)\s?{_M}"
_D = "[一二三四五六七八九十]"
_FREE = rf"(?<![\d个第每几\-./])(?<!{_D}(?={_D}))"  # not the tail of another number
_WHOLE = rf"{_FREE}(?P<months>{_RANGE}|{_LIST})\s?月份?"
_BY = r"(?:以前|之前|前)"
_DONE = r"(?:前|以前|之前|内|中)?(?:[^,。;]{0,6}?)(?:完成|结束|到位|报送|上报|完毕|办结|建成)"
_MONTH = re.compile(
    _WHOLE + r"(?:(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号])?"
    r"(?:\s?(?:-{1,2}|~|至|到)\s?(?:(?P<m2>1[0-2]|[1-9])月)?(?P<d2>\d{1,2})[日号])?"
    r"(?P<part>底|末|初|上旬|中旬|下旬|中)?"
    rf"(?P<by>{_BY}|(?=(?:份)?(?:结束|完成|截止|截至)))?"
)
_YEAR_END = re.compile(r"(?<!前)(?:今年|本年|年度|当年|每)?(?:年底|年末|岁末)(?P<by>前|以前|之前)?")
_Q = "[一二三四1-4]"
_QUARTER = re.compile(
    rf"(?<![每上前])(?:第?(?P<q>{_Q}(?:[、,和及与]第?{_Q}){{0,3}})季度?|[Qq](?P<r>[1-4]))(?![度]?[一每])(?P<by>末|底)?(?P<b2>前|之前)?"
)
_HALF = re.compile(rf"(?<!近)(?P<h>[上下])半年(?:(?P<by>{_BY}|底|末)|(?P<done>(?={_DONE})))?")
_IN_A_MONTH = (
    r"(?:[上中下]旬\s?[:,]|(?:[12]\d|3[01]|[1-9])[日号](?:前|以前|之前)?(?=[\u4e00-\u9fff:,]))"
)
_BEGIN = re.compile(
    rf"(?:【[^【】]{{2,10}}】)?[【\[(<“]?\s?(?:在|于)?(?:(?:20\d\d|今|本|次|翌)年)?"
    rf"(?:{_WHOLE}|第?[一二三四1-4]季度|[Qq][1-4]|[上下]半年|{_IN_A_MONTH}|全年:?$)"
)
_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_OTHER_YEAR = re.compile(
    r"(?:去年|上年|前年|上一年|往年|(?P<next>次年|翌年|明年|来年|下一?年)|(?P<year>(?:19|20)\d\d)年)度?的?\s?$"
)
# 11月至次年3月, 2025年12月至2026年2月: of such a range only this year's months are the plan's.
_TO = r"\s?(?:-{1,2}|~|至|到)\s?"
_INTO_NEXT = re.compile(rf"{_TO}(?:次年|翌年|明年|来年|下一?年|(?P<year>20\d\d)年)\s?{_M}\s?月")
_FROM_LAST = re.compile(
    rf"(?:去年|上年|上一年|(?P<year>20\d\d)年)\s?{_M}\s?月份?{_TO}(?:今年|本年|20\d\d年)\s?$"
)
_YEAR_BEFORE = re.compile(r"(?:去|上|往|((?:19|20)\d\d))$")
_PART = re.compile(r"(?:[上中]旬|初|(?<=月)中)$")
_DAY = re.compile(r"^(\d{1,2})[日号]|(?<![\d月.\-~至到])(\d{1,2})[日号](?:以前|之前|前)")
_DOTTED = re.compile(
    r"(?<![\d.·/-])(?P<month>1[0-2]|[1-9])[.·](?P<day>[12]\d|3[01]|[1-9])(?!\d)"
    r"(?=[”\"’]?[\u4e00-\u9fff]{1,8}[节日](?![约目常省程]))"
)
# 2026.3-2026.10, 2026/3-10 at the beginning of a line of a timetable.
_YEARLY = re.compile(
    r"\s*[(【\[]?(?P<year>20\d\d)[./](?P<a>1[0-2]|0?[1-9])"
    r"(?:\s?(?:-{1,2}|~|至|到)\s?(?:20\d\d[./])?(?P<b>1[0-2]|0?[1-9]))?(?![\d./])"
)
_PART_DAYS = {"上旬": 10, "中旬": 20, "初": 10, "中": 15}
VAGUE = re.compile(
    r"不定期|定期|经常|适时|及时|随时|逐步|逐年|长期|常年|平时|近期|日常|年初|年中|年后|年终|(?<![春宵明午秋阳庆一])节前(?!后)|(?<![春宵明午秋阳庆一])节后|节日期间|"
    r"寒假|暑[假期]|春季|夏季|秋季|冬季|开学初|开学前后?|期中|期末|学期末|汛期|高温季节|岁末年初|按时|按期|尽快|近年"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One statement of time: the months it names, the last day it sets, and where it stands."""

    start: int
    end: int
    months: tuple[int, ...] = ()
    due: str | None = None
    firm: bool = True  # an explicit day or month end outweighs the day of a festival
    year: int | None = None  # where the words name it


def moments(text: str, years: Collection[int] = ()) -> list[Moment]:
    """All statements of time in a folded text, in order; ``years`` are the plan's own."""
    found = [
        *_months(text, years),
        *_yearly(text, years),
        *_year_ends(text, years),
        *_quarters(text, years),
        *_halves(text, years),
    ]
    found += [Moment(d.start, d.end, (), d.due or None, False) for d in named_days(text)]
    found += _dotted_days(text)
    return sorted(found, key=lambda m: m.start)


def last_day(words: str, years: Collection[int] = ()) -> str | None:
    """The last day of what a deadline's column names: 12月中旬, 6月."""
    stated = moments(f"{words}前" if _PART.search(words) else words, years)
    ends = [m.due or end_of_month(m.months[-1]) for m in stated if m.due or m.months]
    return max(ends, default=None)


def day_within(words: str, month: int) -> str | None:
    """``5日前``, said below the heading of a month."""
    match = _DAY.search(words)
    day = int(match[1] or match[2]) if match else 0
    return f"{month:02d}-{day:02d}" if 1 <= day <= _LAST_DAY[month - 1] else None


def begins_with_date(text: str) -> bool:
    """A month, a quarter, a half-year or a named day opens the (folded) paragraph."""
    words = text.lstrip()
    return bool(_BEGIN.match(words) or _YEARLY.match(words)) or begins_with_named_day(words)


def is_within_a_month(text: str) -> bool:
    """``上旬:`` or ``19日前`` opens the (folded) paragraph, whatever month it stands below."""
    return bool(re.match(_IN_A_MONTH, text.lstrip()))


def vague_words(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m[0]) for m in VAGUE.finditer(text)]


def month_numbers(words: str) -> tuple[int, ...]:
    """``4、5`` → 4, 5; ``3-5`` and ``三至五`` → 3, 4, 5; ``11-2`` goes over the year's end."""
    numbers = [1 if n == "元" else number_of(n) or 0 for n in re.findall(f"{_M}|元", words)]
    if any(not 1 <= n <= 12 for n in numbers):
        return ()
    if re.search(r"-|~|至|到", words) and len(numbers) == 2:
        first, last = numbers
        last += 12 if last < first else 0
        return tuple((n - 1) % 12 + 1 for n in range(first, last + 1))
    return tuple(dict.fromkeys(numbers))


def _months(text: str, years: Collection[int]) -> Iterator[Moment]:
    for match in _MONTH.finditer(text):
        months, said = month_numbers(match["months"]), _year_before(match, text)
        if months and not _is_other(said, years, text):
            moment = replace(_moment(match, months), year=_year_in(said))
            yield replace(moment, months=_within_the_year(moment, text, years))


def _within_the_year(moment: Moment, text: str, years: Collection[int]) -> tuple[int, ...]:
    """The months up to the year's end, or from its beginning, of a range that crosses it."""
    if len(years) != 1 or moment.due or len(moment.months) != 1:
        return moment.months
    on = _INTO_NEXT.match(text, moment.end)
    if on and not (on["year"] and int(on["year"]) in years):
        return tuple(range(moment.months[0], 13))
    since = _FROM_LAST.search(text, 0, moment.start)
    if since and not (since["year"] and int(since["year"]) in years):
        return tuple(range(1, moment.months[0] + 1))
    return moment.months


def _yearly(text: str, years: Collection[int]) -> Iterator[Moment]:
    match = _YEARLY.match(text)
    if match and (not years or int(match["year"]) in years):
        words = match["a"] + (f"-{match['b']}" if match["b"] else "")
        yield Moment(*match.span(), month_numbers(words), year=int(match["year"]))


def _year_before(match: re.Match[str], text: str) -> re.Match[str] | None:
    """The word of a year that a statement of time stands behind."""
    return _OTHER_YEAR.search(text, 0, match.start())


def _year_in(before: re.Match[str] | None) -> int | None:
    return int(before["year"]) if before and before["year"] else None


def _is_other(before: re.Match[str] | None, years: Collection[int], text: str) -> bool:
    """Another year's time; where the plan's year is not known, only a leading date is its own."""
    if before is None:
        return False
    if before["next"]:
        return len(years) == 1  # a school year goes on into the next one
    if before["year"] is None:
        return True
    if not years:
        return text[: before.start()].rstrip(" ")[-1:] not in ("", "\n")
    return int(before["year"]) not in years


def _moment(match: re.Match[str], months: tuple[int, ...]) -> Moment:
    start, end = match.span()
    last = int(match["m2"]) if match["m2"] else months[-1]
    day = number_of(match["d2"] or match["day"] or "")
    by = match["by"] is not None
    if day and 1 <= day <= 31:
        due = f"{last:02d}-{min(day, _LAST_DAY[last - 1]):02d}"
        months = month_numbers(f"{months[0]}-{last}") if match["m2"] else months
        return Moment(start, end, () if by else months, due)
    part = match["part"]
    if part in ("底", "末") or (part == "下旬" and by):
        return Moment(start, end, () if by else months, end_of_month(months[-1]))
    if by:
        return Moment(start, end, (), _before(match, months, part))
    return Moment(start, end, months)


def _before(match: re.Match[str], months: tuple[int, ...], part: str | None) -> str:
    """``5月中旬前`` 5-20; ``三月份结束`` 3-31; ``5月前`` the last day of April."""
    if part in _PART_DAYS:
        return f"{months[-1]:02d}-{_PART_DAYS[part]:02d}"
    if match["by"] == "" or "份" in match[0]:
        return end_of_month(months[-1])
    return end_of_month((months[-1] - 2) % 12 + 1)


def _dotted_days(text: str) -> Iterator[Moment]:
    """``5.12护士节``: the day of a festival by its numbers, which no list of ours needs to name."""
    for match in _DOTTED.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        if day <= _LAST_DAY[month - 1]:
            yield Moment(match.start(), match.end(), (), f"{month:02d}-{day:02d}", False)


def end_of_month(month: int) -> str:
    return f"{month:02d}-{_LAST_DAY[month - 1]:02d}"


def _year_ends(text: str, years: Collection[int]) -> Iterator[Moment]:
    for match in _YEAR_END.finditer(text):
        before = _YEAR_BEFORE.search(text, 0, match.start())
        named = int(before[1]) if before and before[1] else None
        if before is None or (named and (not years or named in years)):
            yield Moment(match.start(), match.end(), (), "12-31", year=named)


def _quarters(text: str, years: Collection[int]) -> Iterator[Moment]:
    for match in _QUARTER.finditer(text):
        said = _year_before(match, text)
        if _is_other(said, years, text):
            continue
        year = _year_in(said)
        quarters = [number_of(q) or 1 for q in re.findall(_Q, match["q"] or match["r"])]
        months = tuple(m for q in quarters for m in range(q * 3 - 2, q * 3 + 1))
        if match["b2"]:
            yield Moment(match.start(), match.end(), (), end_of_month(months[-1]), year=year)
        else:
            due = end_of_month(months[-1]) if match["by"] else None
            yield Moment(match.start(), match.end(), months, due, year=year)


def _halves(text: str, years: Collection[int]) -> Iterator[Moment]:
    for match in _HALF.finditer(text):
        months = tuple(range(1, 7)) if match["h"] == "上" else tuple(range(7, 13))
        said = _year_before(match, text)
        if text[: match.start()].endswith(("去", "前", "上")) or _is_other(said, years, text):
            continue
        stated = match["by"] is not None or match["done"] is not None
        due = end_of_month(months[-1]) if stated else None
        if due and match["by"] in ("前", "以前", "之前"):
            months = ()
        yield Moment(match.start(), match.end(), months, due, year=_year_in(said))
