"""What a node's field may hold, checked alike for stored outlines and officers' changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from gonghui.apps.plans.engine.outline_nodes import KINDS, Cadence, Goal, Impossible, Mark

TEXT_LIMIT = 50_000
WORD_LIMIT = 60
LIST_LIMIT = 200
UNITS = re.compile(r"[2-9]?(day|week|tenday|month|quarter|halfyear|term|year)s?")
FESTIVAL = re.compile(r"[a-z]+(-[a-z]+)*")
DAY = re.compile(r"(?:20\d{2}-)?(\d{2})-(\d{2})")
COMPARISONS = (">=", ">", "<=", "<", "=", "~")
LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Impossible(f"{what}的格式不对，没有改动。请刷新后再试。")
    return value


def number(value: object, what: str = "编号") -> int:
    """A positive whole number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        raise Impossible(f"{what}应当是一个正整数。")
    return value


def number_or_none(value: object) -> int | None:
    return None if value is None else number(value)


def depth(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1000:
        raise Impossible("层级应当是 0 或正整数。")
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Impossible("这里只能是“是”或“否”。")
    return value


def text(value: object, limit: int = TEXT_LIMIT) -> str:
    """A string PostgreSQL can store too, hence no NUL and no lone surrogates."""
    if not isinstance(value, str):
        raise Impossible("这里应当是文字。")
    if len(value) > limit:
        raise Impossible(f"文字太长：最多 {limit} 字，这里有 {len(value)} 字。")
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise Impossible("文字里有无法保存的字符，请删去后再试。")
    return value


def word(value: object) -> str:
    return text(value, WORD_LIMIT)


def line(value: object) -> str:
    """One line of words a person typed, blanks around it removed."""
    return " ".join(word(value).split())


def items(value: object) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > LIST_LIMIT:
        raise Impossible(f"这里应当是一个列表，最多 {LIST_LIMIT} 项。")
    return list(value)


def texts(value: object) -> tuple[str, ...]:
    return tuple(text(item, 2_000) for item in items(value))


def kind(value: object) -> str:
    if value not in KINDS:
        raise Impossible("条目的种类只能是章节、目标、措施、任务或说明。")
    return str(value)


def months(value: object) -> tuple[int, ...]:
    """Months as the words name them: in their order, each once."""
    found = [number(item, "月份") for item in items(value)]
    if any(month > 12 for month in found):
        raise Impossible("月份只能是 1 到 12。")
    return tuple(dict.fromkeys(found))


def due(value: object) -> str | None:
    """``MM-DD`` or the name of a festival that the calendar resolves for the plan's year.

    In a plan over several years ``YYYY-MM-DD`` says which.
    """
    if value is None or value == "":
        return None
    given = word(value)
    day = DAY.fullmatch(given)
    if day:
        month, date = int(day[1]), int(day[2])
        if 1 <= month <= 12 and 1 <= date <= LAST_DAYS[month - 1]:
            return given
    elif FESTIVAL.fullmatch(given):
        return given
    raise Impossible("日期应当是“月-日”（如 05-31）或一个节日，请改一下。")


def every(value: object) -> tuple[Cadence, ...]:
    return tuple(_cadence(mapping(item, "周期")) for item in items(value))


def _cadence(given: Mapping[str, Any]) -> Cadence:
    unit = word(given.get("unit"))
    if not UNITS.fullmatch(unit):
        raise Impossible("周期只能按日、周、旬、月、季、半年、学期或年。")
    least, most = number(given.get("min"), "次数"), number(given.get("max"), "次数")
    if least > most or most > 1000:
        raise Impossible("周期的次数要从少到多，最多 1000 次。")
    return Cadence(unit, least, most)


def targets(value: object) -> tuple[Goal, ...]:
    return tuple(_target(mapping(item, "指标")) for item in items(value))


def _target(given: Mapping[str, Any]) -> Goal:
    op, value, unit = given.get("op"), given.get("value"), given.get("unit", "")
    if op not in COMPARISONS:
        raise Impossible("指标的比较只能是 ≥、>、≤、<、= 或“约”。")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise Impossible("指标的数值应当是一个数字。")
    return Goal(str(op), value, line(unit))


def marks(value: object) -> tuple[Mark, ...]:
    found = []
    for item in items(value):
        if not isinstance(item, list | tuple) or len(item) != 3:
            raise Impossible("标出的文字格式不对，请刷新后再试。")
        start, end = offset(item[0]), offset(item[1])
        if start > end:
            raise Impossible("标出的文字起止颠倒了，请刷新后再试。")
        found.append(Mark(start, end, text(item[2], 2_000)))
    return tuple(found)


def offset(value: object) -> int:
    """An offset into a text."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= TEXT_LIMIT:
        raise Impossible("文字的位置不对，请刷新后再试。")
    return value


Check = Callable[[object], Any]

FIELDS: dict[str, Check] = {
    "id": number,
    "depth": depth,
    "marker": word,
    "text": text,
    "kind": kind,
    "months": months,
    "due": due,
    "every": every,
    "since_year": number_or_none,
    "targets": targets,
    "blank": flag,
    "when": texts,
    "doubts": texts,
    "owner": word,
    "owner_person": number_or_none,
    "owner_org": number_or_none,
    "area": word,
    "continues": number_or_none,
    "marks": marks,
    "settled": flag,
}
