"""Rhythms a text states (每周一次, 每学期一到两篇, 每两年一届); 定期 and 经常 are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .dates import month_numbers
from .numerals import number_of
from .reading import Every

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_UNITS: tuple[tuple[str, str], ...] = (
    ("halfyear", r"每(?:个|一)?半年(?:度)?|半年(?=[1一]次|一[评考检小总通调例])"),
    (
        "year",
        r"每(?:一)?(?:学年|年度?)|(?<![去今本明前])年年(?![初底末终度中])|一年(?=[一二两三四12]次|一度|一届|一评)",
    ),
    (
        "quarter",
        r"每(?:个|一)?季度?|按季度?(?!节)|(?<![第])一季度?(?=[1一]次|一[评考检期报通调例小总公])|季季",
    ),
    ("term", r"每(?:个|一)?学期|一学期(?=[一二两1-9])"),
    (
        "month",
        r"每(?:个|一)?月(?:份)?|月月|按月|一个?月(?=[一二两三四1-4][次期]|一[报评考检调例通小总公])",
    ),
    (
        "week",
        r"每(?:个|一)?(?:星期|周|礼拜)(?!年|岁)|周周|一周(?=[一二两三1-3]次|一[报评考检调例通小总公学])",
    ),
    ("tenday", r"每(?:个|一)?旬"),
    ("day", r"每(?:一)?[天日](?!子)|天天"),
)
_SEVERAL = re.compile(
    rf"(?:每(?:隔)?(?P<n>{_N})(?:个)?(?P<u>年|学期|季度|月|星期|周|天)"
    rf"|(?P<m>[两二三四五])(?P<v>年)(?=[一1][次届度])|(?P<w>隔)(?P<x>年|月|周|天))(?!来|内|间|以)"
)
_SEVERAL_UNIT = {"年": "year", "学期": "term", "季度": "quarter", "月": "month"}
_SEVERAL_UNIT |= {"星期": "week", "周": "week", "天": "day"}
_ONE = re.compile("|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS))
_MEASURES = (
    "次|期|场|回|届|遍|轮|讲|堂|课|篇|本|件|份|条|项|个|节|批|"
    "评|考|报|检|度|例|封|则|幅|部|台|类|种"
)
_LEAST = r"(?:至少|不少于|不低于|最少|不得少于|保证|确保|原则上)?"
_COUNT = re.compile(
    rf"{_LEAST}(?<!\d)(?P<a>{_N})(?!\d)(?:(?:-{{1,2}}|~|至|到|、)?(?P<b>{_N})(?!\d))?"
    rf"(?P<m>{_MEASURES})(?!月|季|学|实事求|人|多)"
)
_FEW = re.compile(r"几(?:次|期|件|场|个|篇)")
_BARE = re.compile(rf"\s?{_LEAST}{_N}(?:{_MEASURES})(?:以上|左右)?[,。;、)]?")
# 每周一学 is once a week and not on Mondays.
_WEEKDAY = re.compile(
    rf"(?:(?!一[学讲题练读查会])[一二三四五六日天](?!{_MEASURES}))"
    r"(?:[、和](?:周|星期)?[一二三四五六日天])*"
)
_EVERY_WEEK = re.compile(r"每(?:个|一)?(?:星期|周|礼拜)")
# 3月、9月各一次, 期初和期末各召开一次, 一线职工、劳模各慰问一次: as often as what is listed.
_EACH = re.compile(
    r"[^各]{1,24}?(?=各(?:自|召开|举办|举行|组织|开展|进行|安排|检查|评比|评选|慰问|走访|报送|上报|"
    rf"公布|通报|培训|演练|办|开|搞|评|查|访)?{_LEAST}{_N}(?:{_MEASURES}))"
)
_AND = re.compile("[、和及与]")
_DAYS = re.compile("[一二三四五六日天]")
_MONTHS = re.compile(rf"(?:的|在|于)?{_N}月?(?:份)?(?:[、和及与]{_N}月?(?:份)?)+(?<=[月份])")
_DAY = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号]"
_DAYS_OF = {
    "month": re.compile(rf"每(?:个|一)?月(?:份)?的?(?P<days>{_DAY}(?:[、和及与]{_DAY})*)"),
    "quarter": re.compile(
        rf"每(?:个|一)?季度?的?(?P<which>首月|末月?|最后一个?月|第[一二三]个?月)的?(?P<days>{_DAY})"
    ),
}
_MONTH_OF = {"首": 1, "第一": 1, "第二": 2}
# 每月工作安排: a heading over a year by months, whose rhythm is nobody's.
_HEADING = re.compile(
    r"(?:份)?的?(?:具体|重点|主要)?(?:工作|活动|学习)?(?:安排|计划|要点|重点|任务|内容)表?(?:如下)?:?\s*$"
)
_CLAUSE_END = re.compile(r"[,。;:!?]")
_CLAUSE = re.compile(r"[^。;!?]*?(?=[。;!?]|每|$)")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A cadence and where the text states it, up to the end of its count."""

    start: int
    end: int
    every: Every


def rhythms(text: str) -> list[Rhythm]:
    """The cadences of a folded text, in order; one that only repeats the first is left out."""
    found: list[Rhythm] = []
    for start, end, unit in _units(text):
        if found and (start < found[-1].end or _only_repeats(text, end, found[-1], start)):
            continue
        low, high, stop = _count(text, end, unit)
        found.append(Rhythm(start, stop, Every(unit, low, high)))
    return _distinct(found)


def days_within(text: str, unit: str) -> list[tuple[int, int]]:
    """The days a folded text names within each turn, as month of the turn and day.

    ``每月10日前`` is (1, 10), ``每季度末月25日前`` (3, 25), ``每月5日、20日`` two of them.
    The days of a week count from Monday: ``每周五`` is (1, 5).
    """
    if unit == "week":
        return [(1, day) for day in _weekdays(text)]
    match = _DAYS_OF[unit].search(text) if unit in _DAYS_OF else None
    if match is None:
        return []
    month = 1 if unit == "month" else _MONTH_OF.get(match["which"].rstrip("月个"), 3)
    days = [number_of(day.rstrip("日号").strip()) or 0 for day in re.findall(_DAY, match["days"])]
    return [(month, day) for day in days if 1 <= day <= 31]


def _weekdays(text: str) -> list[int]:
    week = _EVERY_WEEK.search(text)
    named = _WEEKDAY.match(text, week.end()) if week else None
    days = _DAYS.findall(named[0]) if named else []
    return [min("一二三四五六日天".index(day) + 1, 7) for day in days]


def _units(text: str) -> list[tuple[int, int, str]]:
    found = []
    for match in _SEVERAL.finditer(text):
        number = 2 if match["w"] else number_of(match["n"] or match["m"] or "") or 0
        word = match["u"] or match["v"] or match["x"]
        name = _SEVERAL_UNIT[word]
        if 1 <= number <= 9:
            unit = name if number == 1 else f"{number}{name}s"
            found.append((match.start(), match.end(), unit))
    for match in _ONE.finditer(text):
        is_heading = not text[: match.start()].strip() and _HEADING.match(text, match.end())
        if not is_heading and not any(a <= match.start() < b for a, b, _ in found):
            found.append((match.start(), match.end(), str(match.lastgroup)))
    return sorted(found)


def _only_repeats(text: str, end: int, first: Rhythm, start: int) -> bool:
    """``每星期举办一期,每月四期``: number and measure alone say the first rhythm again."""
    between = text[first.end : start]
    bare = _BARE.fullmatch(text[end : end + 12].split("。")[0].split(";")[0].split(",")[0])
    return bool(bare) and not re.search(r"[。;]", between) and len(between) < 16


def _count(text: str, end: int, unit: str) -> tuple[int, int, int]:
    """How many times in the unit, and where the count ends; 1 where no number is said."""
    shared = _EACH.match(_clause(text, end))
    each = 1 + len(_AND.findall(shared[0])) if shared else 1
    named, end = _named(text, end, unit)
    clause = _clause(text, end)
    if _FEW.search(clause):
        return 1, 1, end
    for match in _COUNT.finditer(clause):
        if clause[max(0, match.start() - 1) : match.start()] in tuple("第每届"):
            continue
        low = number_of(match["a"]) or 1
        high = number_of(match["b"] or "") or low
        if match["b"] is None and len(match["a"]) == 2 and match["a"] in _RUNS:
            low, high = _RUNS[match["a"]]
        return each * low, each * max(low, high), end + match.end()
    return named, named, end


def _named(text: str, end: int, unit: str) -> tuple[int, int]:
    """How many days or months a rhythm names: 每周二、四开放, 每年3月和9月公开; where they end."""
    if unit == "week" and (days := _WEEKDAY.match(text, end)):
        return len(_DAYS.findall(days[0])), days.end()
    if unit == "year" and (months := _MONTHS.match(text, end)):
        numbers = sorted(month_numbers(months[0]))
        apart = all(later - one > 1 for one, later in pairwise(numbers))
        return (len(numbers) if apart and numbers else 1), end
    return 1, end


_RUNS = {"一二": (1, 2), "一两": (1, 2), "二三": (2, 3), "两三": (2, 3)}
_RUNS |= {"三四": (3, 4), "四五": (4, 5), "五六": (5, 6)}


def _clause(text: str, start: int) -> str:
    """From the unit to the end of its clause, at most forty characters."""
    stop = _CLAUSE_END.search(text, start)
    end = stop.start() if stop else len(text)
    return text[start : min(end, start + 40)]


def _distinct(found: list[Rhythm]) -> list[Rhythm]:
    seen: set[Every] = set()
    kept = []
    for rhythm in found:
        if rhythm.every not in seen:
            seen.add(rhythm.every)
            kept.append(rhythm)
    return kept
