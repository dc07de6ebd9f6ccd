"""Checks of terms: due, overdue, of a wrong length, extended too far, not on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gonghui.core.orgs.models import UNIT, UPPER
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.kit.dates import full_day
from gonghui.kit.deadlines import add_months
from gonghui.kit.prepared import about_all

from ..models import Term

AREA = "换届选举"
TERM_LAW = "工会法第十六条：基层工会委员会每届任期三年或者五年，地方和产业工会五年"
LINK = "elections.term"
TOUCHED = ("elections.term", "elections.election")


def _ending(sight: Sight, when: Q) -> list[tuple[Any, ...]]:
    """Running terms that end so: union, path, number of the row, which term, its last day."""
    rows = Term.objects.open().with_end().filter(when, sight.within(), org__until=None)
    return columns(rows, "org_id", "org__path", "pk", "number", "ends_by")


def due(sight: Sight) -> Iterable[Hit]:
    """Within the longest of the days of reminder; within the shortest it presses."""
    remind = sight.values("term_remind_days")
    longest = max(max(value.value) for value in remind.distinct)
    latest = sight.day + timedelta(days=longest)
    for org, path, pk, number, end in _ending(sight, Q(ends_by__range=(sight.day, latest))):
        value = remind.at(path)
        left = (end - sight.day).days
        if value is None or left > max(value.value):
            continue
        severity = "warn" if left <= min(value.value) else "info"
        words = f"第 {number} 届任期到 {full_day(end)}届满，请准备换届。"
        yield Hit(org, words, pk, values=(value,), severity=severity)


def _ended_before(day: date, where: Q) -> QuerySet[Any]:
    rows: Any = Term.objects.open().with_end()
    found: QuerySet[Any] = rows.filter(where, ends_by__lt=day, org__until=None)
    return found.order_by().values_list("org_id", "pk", "number", "ends_by")


def overdue(sight: Sight) -> Iterable[Hit]:
    """Over the whole tree, as every night, the question is one whose SQL is kept."""
    if sight.path or sight.only:
        rows = _ended_before(sight.day, sight.within())
    else:
        rows = about_all((sight.day,), "elections.overdue", lambda day: _ended_before(day, Q()))
    for org, pk, number, end in rows:
        words = f"第 {number} 届任期已于 {full_day(end)}届满，还没有换届。"
        yield Hit(org, words, pk)


def length(sight: Sight) -> Iterable[Hit]:
    rows = Term.objects.open().filter(sight.within(), org__until=None).order_by()
    for org, pk, path, kind, years in columns(
        rows, "org_id", "pk", "org__path", "org__kind", "years"
    ):
        if kind not in UNIT | UPPER:
            continue
        value = sight.at("upper_terms" if kind in UPPER else "grassroots_terms", path)
        if value is not None and years not in value.value:
            words = f"本届任期登记为 {years} 年，规定的任期是 {value.words}。"
            yield Hit(org, words, pk, values=(value,))


def extended(sight: Sight) -> Iterable[Hit]:
    """Longer than may be, or without the permission of the union above."""
    rows = Term.objects.open().filter(sight.within(), org__until=None, extended_to__isnull=False)
    for org, pk, path, due_on, until, paper in columns(
        rows, "org_id", "pk", "org__path", "due_on", "extended_to", "extension"
    ):
        value = sight.at("term_extension_max_months", path)
        if not paper:
            words = f"换届延期到 {full_day(until)}，没有登记上级的批复文号。"
            yield Hit(org, words, pk, "paper")
        if value is not None and until > add_months(due_on, value.value):
            words = f"应在 {full_day(due_on)}换届，延期到 {full_day(until)}，超过 {value.words}。"
            yield Hit(org, words, pk, "long", (value,))


def missing(sight: Sight) -> Iterable[Hit]:
    running = Term.objects.open().filter(org=OuterRef("pk"))
    rows = sight.unions().filter(~Exists(running), kind__in=UNIT | UPPER)
    for (org,) in columns(rows, "pk"):
        yield Hit(org, "没有登记现在是第几届、哪天届满，系统无法提醒换届。")


declare(
    Check(
        "R-447",
        "超期没有换届",
        AREA,
        "block",
        "请尽快研究换届；确有困难的，向上一级工会申请延期，批准后登记批复文号。",
        overdue,
        LINK,
        basis=TERM_LAW,
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "ORG-06",
        "任期将满",
        AREA,
        "info",
        "请拟定换届方案，征得党组织同意后报上一级工会，再按步骤办理选举。",
        due,
        LINK,
        basis=TERM_LAW,
        needs=("term_remind_days",),
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "ORG-05",
        "任期年限不合规定",
        AREA,
        "block",
        "请核对批复文件；登记错了就改正，确实定成别的年限的，请与上一级工会商量。",
        length,
        LINK,
        basis=TERM_LAW,
        needs=("grassroots_terms", "upper_terms"),
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "ELE-15",
        "延期换届过长或没有批复",
        AREA,
        "block",
        "延期须经上一级工会批准；请补登批复文号，到期前完成换届。",
        extended,
        LINK,
        basis="延期换届须经上一级工会批准，一般不超过半年",
        uses=("term_extension_max_months",),
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "TERM-0",
        "没有登记届次",
        AREA,
        "info",
        "请登记本届的届次、选举日期和任期，系统会在届满前提醒。",
        missing,
        "orgs.org",
        basis=TERM_LAW,
        touched_by=(*TOUCHED, "orgs.org"),
    )
)
