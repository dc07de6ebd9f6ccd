"""The papers of the result: the tellers' sheet, the report to the union above, its answer."""

from __future__ import annotations

from django.utils import timezone

from ..models import Candidate, Election
from .drafting import BLANK, Paper, Sheet, day_of, said, what, years
from .results import Result, results_of
from .standards import needed
from .standards import said as with_source
from .waiting import lacks


def counted(election: Election) -> Paper:
    """计票结果报告单: of every race what the two tellers agreed on, to be signed at the meeting.

    What only one of them entered, or what differs, is on nobody's paper.
    """
    found = results_of(election)
    day = election.held_on or timezone.localdate()
    majority = needed("elected_share", election.org, day)
    waiting = [words for one in found if (words := lacks(one))]
    return Paper(
        f"{what(election)}计票结果报告单",
        "",
        (
            f"{election.org.name}于{said(election.held_on)}召开{election.get_meeting_display()}，"
            f"应到会 {said(election.should_attend)} 人，实到会 {said(election.present)} 人。",
            f"赞成票超过应到会人数的{majority.words}方可当选。{with_source(majority)}。",
            *waiting,
            f"总监票人：{BLANK} 监票人：{BLANK} 计票人：{BLANK}",
        ),
        election.org.name,
        day_of(election, "settle"),
        tuple(sheet for one in found for sheet in (_papers(one), _votes(one))),
    )


def result(election: Election) -> Paper:
    """选举结果报告: what was counted and who was elected, to the union above."""
    upper = election.org.parent
    step = election.steps.filter(name="convene").first()
    return Paper(
        f"关于{what(election)}结果的报告",
        upper.name if upper else BLANK,
        (
            f"{election.org.name}于{said(election.held_on)}召开{said(step and step.paper)}，"
            f"进行了{what(election)}。应到会 {said(election.should_attend)} 人，"
            f"实到会 {said(election.present)} 人，符合规定人数。",
            "选举以无记名投票方式进行。现将选举结果报告如下，请予批准。",
        ),
        election.org.name,
        day_of(election, "report"),
        tuple(_counted(election)),
    )


def approval(election: Election) -> Paper:
    """结果批复: the union above confirms who was elected."""
    upper = election.org.parent
    step = election.steps.filter(name="confirm").first()
    won = Candidate.objects.filter(race__election=election, elected=True)
    rows = won.select_related("race", "person").order_by("race_id", "pk")
    return Paper(
        f"关于{what(election)}结果的批复",
        election.org.name,
        (
            f"你会关于{what(election)}结果的报告收悉。经研究，同意下列人员当选，"
            f"任期{years(election)}。",
            f"文号：{said(step and step.paper)}",
        ),
        upper.name if upper else BLANK,
        day_of(election, "confirm"),
        (
            Sheet(
                "当选人员",
                ("职务", "姓名", "赞成票"),
                tuple((c.race.get_office_display(), str(c.person), said(c.votes)) for c in rows),
            ),
        ),
    )


def _papers(found: Result) -> Sheet:
    """How many papers went out and came back."""
    count = found.count
    told = {
        "应选人数": found.race.seats,
        "应到会": count.should_attend if count else None,
        "发出选票": count.issued if count else None,
        "收回选票": count.returned if count else None,
        "有效票": count.valid if count else None,
        "废票": count.invalid if count else None,
        "减少的名额": found.race.waived or "没有",
        "录入人": "、".join(str(one.by) for one in found.tallies) if count else None,
    }
    rows = tuple((name, said(value)) for name, value in told.items())
    return Sheet(f"{found.race}：选票", ("项目", "内容"), rows)


def _votes(found: Result) -> Sheet:
    """Who got how many votes, the most first, and what follows for each."""
    votes = found.count.votes if found.count else {}
    listed = sorted(found.candidates, key=lambda one: -votes.get(one.pk, 0))
    rows = tuple((str(c), said(votes.get(c.pk)), _comes_of(c, found)) for c in listed)
    return Sheet(f"{found.race}：得票", ("姓名", "赞成票", "结果"), rows)


def _comes_of(candidate: Candidate, found: Result) -> str:
    if found.outcome is None:
        return BLANK
    if candidate.pk in found.outcome.elected:
        return "当选"
    if candidate.pk in found.outcome.tied:
        return "票数相等，再次投票"
    return "未当选"


def _counted(election: Election) -> list[Sheet]:
    """The counts of every race as they were agreed; an uncounted one says so."""
    sheets = []
    for found in results_of(election):
        count = found.count
        whole = f"全体委员 {found.voters} 人，" if found.voters else ""
        papers = (
            f"{whole}发出 {count.issued} 票，收回 {count.returned} 票，废票 {count.invalid} 张"
            if count
            else "还没有计票"
        )
        won = set(found.outcome.elected) if found.outcome else set()
        rows = tuple(
            (
                str(c.person),
                said(count.votes.get(c.pk) if count else None),
                "当选" if c.pk in won else "",
            )
            for c in found.candidates
        )
        title = f"{found.race}（应选 {found.race.seats} 名；{papers}）"
        sheets.append(Sheet(title, ("姓名", "赞成票", "结果"), rows))
    return sheets
