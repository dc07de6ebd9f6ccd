"""The arithmetic of a verdict as sentences for the person it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from gonghui.kit.dates import full_day

from .asking import Asked, Step, Why
from .facts import WHOLE, Item, Rounding, Rule
from .judging import State, Verdict
from .slots import Every

EACH = {
    Every.WEEK: "每周",
    Every.MONTH: "每月",
    Every.TERM: "每学期",
    Every.SCHOOL_YEAR: "每学年",
    Every.YEAR: "每年",
}
ROUNDED = {
    Rounding.UP: "有零头就进一",
    Rounding.HALF: "满一半进一",
    Rounding.DOWN: "零头舍去",
}
STATES = {
    State.MET: "已完成",
    State.OPEN: "还差",
    State.LATE: "逾期未完成",
    State.EXCUSED: "本期免",
    State.UNKNOWN: "资料不全",
}
TONES = {
    State.MET: "done",
    State.OPEN: "wait",
    State.LATE: "late",
    State.EXCUSED: "plain",
    State.UNKNOWN: "plain",
}


def amount(hundredths: int) -> str:
    """2, 1.5, 0.25: without idle noughts."""
    whole, rest = divmod(hundredths, WHOLE)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def asked_words(item: Item) -> str:
    """每月 1–2 篇, 入职 12 个月内 1 项."""
    each = f"入职 {item.months} 个月内" if item.every == Every.ONCE else EACH[item.every]
    upper = f"–{amount(item.most)}" if item.most else ""
    return f"{each} {amount(item.least)}{upper} {item.unit}"


def arithmetic(
    rule: Rule, verdict: Verdict, leaves: Mapping[str, str], *, plainly: bool = False
) -> list[str]:
    """How it came to what is asked, step by step; ``plainly`` leaves out which leave it was."""
    item, asked = verdict.item, verdict.asked
    if verdict.state == State.UNKNOWN:
        return ["这一项按入职时间算，入职日期还没有登记，请联系工会补上。"]
    if item.every == Every.ONCE:
        lines = _once(item, asked)
    else:
        unit = "个工作日" if rule.by_workdays else "天"
        period = asked.slot.period
        days = f"{full_day(period.start)}至{full_day(period.end)}，共 {asked.base} {unit}"
        lines = [f"{asked_words(item)}。{asked.slot.name}：{days}。"]
    said = {} if plainly else leaves
    lines += [_step(step, rule, said, item) for step in asked.steps]
    if (item.every != Every.ONCE and asked.required != asked.exact) or asked.weight != _all(asked):
        lines.append(_cut(rule, item, asked))
    return [*lines, _standing(verdict)]


def _all(asked: Asked) -> int:
    return asked.base * WHOLE


def _once(item: Item, asked: Asked) -> list[str]:
    start = full_day(asked.slot.period.start)
    return [f"{asked_words(item)}。从 {start}算起，{full_day(asked.due)}前完成。"]


def _step(step: Step, rule: Rule, leaves: Mapping[str, str], item: Item) -> str:
    unit = "个工作日" if rule.by_workdays and item.every != Every.ONCE else "天"
    days = f"{step.days} {unit}"
    if step.why == Why.PART:
        return f"其中 {days}按 {step.of}% 的工作量折算。"
    where = "、".join(f"{_short(one.start)} 至 {_short(one.end)}" for one in step.spans)
    if step.why == Why.LEAVE:
        name = leaves.get(step.of, "请假")
        if item.every == Every.ONCE:
            return f"{name} {where}，期限顺延 {step.days} 天。"
        return f"{name} {where}，{days}不算。"
    reason = {
        Why.RULE: "制度不在施行期",
        Why.STAY: "不在本制度的单位在册",
        Why.POST: "没有担任所要求的职务",
        Why.TENURE: "任职年限不在规定范围",
        Why.TERM: "不在学期内",
    }[step.why]
    return f"{where} {reason}，{days}不算。"


def _cut(rule: Rule, item: Item, asked: Asked) -> str:
    """1 × 47 ÷ 153 = 0.31，满一半进一，要求 0 本."""
    if not asked.base:
        return "这一期没有工作日，不要求。"
    days = amount(asked.weight)
    sum_ = f"{amount(item.least)} × {days} ÷ {asked.base} {_about(asked.exact / WHOLE)}"
    if asked.exact == item.least:
        return f"应完成：{sum_}。"
    return f"应完成：{sum_}，{ROUNDED[rule.rounding]}，要求 {amount(asked.required)} {item.unit}。"


def _about(value: Fraction) -> str:
    """= 0.5, ≈ 0.31: two places, cut at the third."""
    hundredths = int(value * WHOLE)
    sign = "=" if value * WHOLE == hundredths else "≈"
    return f"{sign} {amount(hundredths)}"


def _standing(verdict: Verdict) -> str:
    unit = verdict.item.unit
    done = f"已完成 {amount(verdict.done)} {unit}"
    if verdict.carried:
        done += f"，上期结转 {amount(verdict.carried)} {unit}"
    if verdict.missing:
        return f"{done}，还差 {amount(verdict.missing)} {unit}。"
    if verdict.over:
        return f"{done}，可以结转下期 {amount(verdict.over)} {unit}。"
    beyond = verdict.item.most or verdict.required
    if verdict.done > beyond > 0:
        return f"{done}，超过要求的也都记下了。"
    return f"{done}。"


def _short(day: date) -> str:
    return f"{day:%Y-%m-%d}"
