"""A node's facts in the officer's words, and what an officer types back into facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonghui.apps.plans.engine.festivals import FESTIVALS, TITLES
from gonghui.apps.plans.engine.outline_checks import due as checked_due
from gonghui.apps.plans.engine.outline_nodes import Cadence, Goal, Impossible

LUNAR = {title: due for due, title in TITLES.items() if not due[0].isdigit()}
UNIT_WORDS = {
    "day": "天",
    "week": "周",
    "tenday": "旬",
    "month": "月",
    "quarter": "季度",
    "halfyear": "半年",
    "term": "学期",
    "year": "年",
}
SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "", "~": "约"}
SAID = {
    "≥": ">=",
    ">=": ">=",
    "不少于": ">=",
    "至少": ">=",
    ">": ">",
    "超": ">",
    "≤": "<=",
    "<=": "<=",
    "不超过": "<=",
    "<": "<",
    "约": "~",
    "~": "~",
    "=": "=",
    "": "=",
}
_DAY = re.compile(r"(?:(20\d{2})\s*[-./年－—]\s*)?(\d{1,2})\s*(?:[-./月－—])\s*(\d{1,2})\s*日?")
_GOAL = re.compile(
    r"(≥|>=|不少于|至少|>|超|≤|<=|不超过|<|约|~|=)?\s*(-?\d+(?:\.\d+)?)\s*([^\d\s以]{0,20}?)(以上)?"
)


def month_words(months: Sequence[int]) -> str:
    """4 月、5 月 as 4–5 月; months that do not follow one another stay apart."""
    if not months:
        return ""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return "、".join(parts) + " 月"


def due_words(due: str | None) -> str:
    if not due:
        return ""
    if due[0].isdigit():
        *year, month, day = due.split("-")
        return "".join(f"{y} 年 " for y in year) + f"{int(month)} 月 {int(day)} 日"
    return TITLES.get(due, due)


def due_from_words(words: str) -> str | None:
    """``5-31``, ``5月31日``, ``2028年5月31日`` or a festival's name; empty is no date."""
    words = words.strip()
    day = _DAY.fullmatch(words)
    if day:
        year = f"{day[1]}-" if day[1] else ""
        return checked_due(f"{year}{int(day[2]):02}-{int(day[3]):02}")
    if not words or words in LUNAR:
        return LUNAR.get(words)
    for festival in FESTIVALS:
        if words == festival.title or re.fullmatch(festival.words, words):
            return festival.due
    raise Impossible("看不懂这个日期。请写成“5-31”“5月31日”或节日名，如“端午节”。")


def cadence_words(cadence: Cadence) -> str:
    """每周 1 次, 每两年 1 次, 每月 1–2 次."""
    count = str(cadence.min) if cadence.min == cadence.max else f"{cadence.min}–{cadence.max}"
    return f"每{unit_words(cadence.unit)} {count} 次"


def unit_words(unit: str) -> str:
    number, name = re.fullmatch(r"(\d?)([a-z]+?)s?", unit).groups()  # type: ignore[union-attr]
    word = UNIT_WORDS.get(name, name)
    if not number:
        return word
    several = "两三四五六七八九"[int(number) - 2]
    return several + {"月": "个月", "学期": "个学期", "季度": "个季度"}.get(word, word)


def goal_words(goal: Goal) -> str:
    whole = int(goal.value) if goal.value == int(goal.value) else goal.value
    number = f"{whole:,}"
    return " ".join(part for part in (SIGNS[goal.op], f"{number}{goal.unit}") if part)


def goals_from_words(words: str) -> tuple[Goal, ...]:
    """``≥80%；约 10 名`` as two figures."""
    pieces = [piece.strip() for piece in re.split(r"[；;、\n]", words)]
    return tuple(_goal(piece) for piece in pieces if piece)


def _goal(piece: str) -> Goal:
    found = _GOAL.fullmatch(piece.replace(",", "").replace("，", ""))
    if not found:
        raise Impossible(f"看不懂指标“{piece[:20]}”。请写成“≥80%”“20人以上”或“约10名”。")
    sign, number, unit, above = found.groups()
    op = ">=" if above else SAID[sign or ""]
    return Goal(op, float(number) if "." in number else int(number), unit)
