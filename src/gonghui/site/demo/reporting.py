"""The city's own words for its reports, and a month's report that was written out."""

from __future__ import annotations

from gonghui.core.reports.actions import keep_wording
from gonghui.core.reports.codes import write_out
from gonghui.core.reports.writing import compose
from gonghui.kit.dates import Period

from .lives import Lives

OPENING = (
    "{期间}，{单位}围绕“进万家门、知万家情”的思路，把组织建起来、活动搞起来、职工带起来，"
    "现将工作情况总结如下。"
)
LESSONS = (
    "工作到班组：任务、指标和责任人都写进计划，每月对一次数。\n"
    "学习靠身边人：请岗位上的能手讲，比请外面的老师来得管用。"
)


def report(lives: Lives) -> None:
    """The texts of the city, which hold for all below, and last month's report of it."""
    city, by, today = lives.seed.orgs["city"], lives.writer("city"), lives.today
    keep_wording(city, "opening", OPENING, by=by)
    keep_wording(city, "lessons", LESSONS, by=by)
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    period = Period.of_month(year, month)
    found = compose("monthly", city, period, by, today)
    write_out(found, sort="monthly", org=city, period=period, by=by)
