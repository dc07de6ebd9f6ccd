"""What keeps a step of an election from being taken yet, each in a sentence."""

from __future__ import annotations

from datetime import date

from ..models import Election
from .results import Result, is_decided, results_of


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
    found = sorted(results_of(election), key=lambda one: bool(one.waits_on))
    return next(filter(None, map(lacks, found)), "")


def lacks(found: Result) -> str:
    """What a race still waits for before its result can be announced, or nothing."""
    race = found.race
    if found.waits_on:
        return f"「{race}」要等{found.waits_on}选出以后才能确定。"
    if found.waits_for:
        return f"「{race}」还差 {found.waits_for} 个人录入计票。"
    if found.differs:
        return f"「{race}」两个人录入的不一致：{'、'.join(found.differs)}。请重新计票。"
    if found.faults:
        return f"「{race}」{found.faults[0]}"
    if not is_decided(found):
        return f"「{race}」还有名额没有选出，请另行选举或者减少名额。{found.barred_said}"
    return ""
