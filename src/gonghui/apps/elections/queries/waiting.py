"""What keeps a step of an election from being taken yet, each in a sentence."""

from __future__ import annotations

from datetime import date

from ..models import Election, Race
from .results import Result, open_seats, results_of


def keeps_from_asking(election: Election, day: date) -> str:
    """The plan has to say what is to be elected."""
    return "" if election.races.exists() else "方案还没有列出选举项目和应选人数，请先填写。"


def keeps_from_meeting(election: Election, day: date) -> str:
    """The list of candidates stands in public until its last day is over."""
    until = election.notice_until
    if until and day <= until:
        return f"公示到 {until:%Y-%m-%d} 为止，大会须在公示期满后召开。"
    return ""


def keeps_from_result(election: Election, day: date) -> str:
    """Every race was counted twice alike, and every seat is won or waived."""
    return next(filter(None, map(_lacks, results_of(election))), "")


def _lacks(found: Result) -> str:
    race = found.race
    if found.waits_for:
        return f"「{race}」还差 {found.waits_for} 个人录入计票。"
    if found.differs:
        return f"「{race}」两个人录入的不一致：{'、'.join(found.differs)}。请重新计票。"
    if found.faults:
        return f"「{race}」{found.faults[0]}"
    if open_seats(race, found) and not Race.objects.filter(again=race).exists():
        return f"「{race}」还有名额没有选出，请另行选举或者减少名额。"
    return ""
