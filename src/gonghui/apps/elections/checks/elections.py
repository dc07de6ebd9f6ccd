"""Checks of elections under way: enough candidates, notice, declarations, report and answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from gonghui.core.regulations.holidays import work_calendar
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.kit.dates import full_day
from gonghui.kit.deadlines import WorkCalendar, add_days, roll_forward, workdays_between
from gonghui.kit.law import fewest

from ..models import Candidate, Election, ElectionState, Mode, Office, Race, Step

AREA = "换届选举"
LINK = "elections.election"
TOUCHED = ("elections.election",)
CHOSEN = (ElectionState.NOMINATED, ElectionState.PUBLISHED)  # candidates stand, nobody has voted
RATES = {
    Office.MEMBER.value: "difference_member",
    Office.STANDING.value: "difference_standing",
    Office.AUDITOR.value: "difference_audit",
    Office.WOMEN.value: "difference_member",
}


def difference(sight: Sight) -> Iterable[Hit]:
    """At least one candidate more than seats, and as many more as the rate asks for."""
    rows = Race.objects.filter(sight.within("election__org"), election__state__in=CHOSEN)
    rows = rows.filter(again=None, office__in=RATES).annotate(number=Count("candidates"))
    for org, path, mode, election, pk, office, seats, stood, number in columns(
        rows,
        "election__org_id",
        "election__org__path",
        "election__mode",
        "election_id",
        "pk",
        "office",
        "seats",
        "stood",
        "number",
    ):
        value = sight.at(RATES[office], path)
        there = (stood or 0) if mode == Mode.PRIMARY else number
        if value is None or there >= (least := seats + max(1, fewest(seats, value.value))):
            continue
        words = f"{Office(office).label}应选 {seats} 人，候选人 {there} 人，至少应有 {least} 人。"
        yield Hit(org, words, election, str(pk), (value,))


def _calendar(sight: Sight) -> WorkCalendar:
    return work_calendar()


def notice(sight: Sight) -> Iterable[Hit]:
    """The workdays a list of candidates stands in public; its first day is not counted."""
    rows = Election.objects.filter(sight.within(), notice_from__isnull=False)
    rows = rows.filter(state__in=(*CHOSEN, ElectionState.CONVENED))
    calendar = sight.once(_calendar)
    for org, path, pk, begins, ends, held in columns(
        rows, "org_id", "org__path", "pk", "notice_from", "notice_until", "held_on"
    ):
        value = sight.at("candidate_notice_workdays", path)
        last = min(ends, held) if held else ends
        count = workdays_between(begins, last, calendar)
        if value is None or count >= value.value:
            continue
        doubt = calendar.doubt(begins, last)
        words = f"候选人名单公示自 {full_day(begins)}至 {full_day(last)}，只有 {count} 个工作日"
        yield Hit(org, f"{words}。{doubt}", pk, "notice", (value,))


def undeclared(sight: Sight) -> Iterable[Hit]:
    rows = Candidate.objects.filter(
        sight.within("race__election__org"), declared_on=None, race__election__state__in=CHOSEN
    )
    grouped = rows.order_by().values("race__election__org_id", "race__election_id")
    for org, pk, count in columns(
        grouped.annotate(n=Count("person", distinct=True)),
        "race__election__org_id",
        "race__election_id",
        "n",
    ):
        words = f"有 {count} 名候选人还没有声明不是单位主要负责人及其近亲属。"
        yield Hit(org, words, pk, "declared")


def unreported(sight: Sight) -> Iterable[Hit]:
    """The result is settled and the days to report it have passed."""
    rows = Election.objects.filter(sight.within(), state=ElectionState.SETTLED)
    rows = rows.filter(held_on__isnull=False)
    for org, path, pk, held in columns(rows, "org_id", "org__path", "pk", "held_on"):
        value = sight.at("election_report_days", path)
        if value is not None and sight.day > (by := _by(held, value.value, sight)):
            words = f"{full_day(held)}已经选举，应在 {full_day(by)}前把结果报上一级工会。"
            yield Hit(org, words, pk, "report", (value,))


def unanswered(sight: Sight) -> Iterable[Hit]:
    """The report is with the union above and the days to answer it have passed."""
    rows = Step.objects.filter(sight.within("election__org"), name="report")
    rows = rows.filter(election__state=ElectionState.REPORTED)
    for org, path, pk, on in columns(
        rows, "election__org_id", "election__org__path", "election_id", "on"
    ):
        value = sight.at("election_answer_days", path)
        if value is not None and sight.day > (by := _by(on, value.value, sight)):
            words = f"选举结果 {full_day(on)}报上一级工会，应在 {full_day(by)}前批复，还没有批复。"
            yield Hit(org, words, pk, "answer", (value,))


def _by(start: date, days: int, sight: Sight) -> date:
    return roll_forward(add_days(start, days), sight.once(_calendar))


for _check in (
    Check(
        "ELE-02",
        "候选人差额不够",
        AREA,
        "block",
        "请补充候选人并审查，差额够了再公示；直接等额选举只用于主席、副主席等由委员中产生的职务。",
        difference,
        LINK,
        basis="委员和常务委员实行差额选举",
        uses=tuple(dict.fromkeys(RATES.values())),
        touched_by=TOUCHED,
    ),
    Check(
        "ELE-10",
        "候选人公示时间不够",
        AREA,
        "block",
        "请延长公示，公示期满再开大会。",
        notice,
        LINK,
        needs=("candidate_notice_workdays",),
        touched_by=TOUCHED,
    ),
    Check(
        "ELE-11",
        "候选人没有声明",
        AREA,
        "warn",
        "请候选人逐人声明；单位主要负责人的近亲属不得作为本企业基层工会委员会成员的人选。",
        undeclared,
        LINK,
        basis="工会法第十条：企业主要负责人的近亲属不得作为本企业基层工会委员会成员的人选",
        touched_by=TOUCHED,
    ),
    Check(
        "ORG-17",
        "选举结果没有按期上报",
        AREA,
        "warn",
        "请把选举结果报上一级工会批准，并登记上报日期和文号。",
        unreported,
        LINK,
        needs=("election_report_days",),
        touched_by=TOUCHED,
    ),
    Check(
        "ELE-14",
        "选举结果没有按期批复",
        AREA,
        "warn",
        "请上一级工会尽快批复；已经批复的，请登记批复文号和日期。",
        unanswered,
        LINK,
        needs=("election_answer_days",),
        touched_by=TOUCHED,
    ),
):
    declare(_check)
