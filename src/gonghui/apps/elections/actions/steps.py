"""The effects of an election's steps: each is dated, in order, and checked before it is taken."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS
from gonghui.kit.errors import DomainError

from ..models import Candidate, Election, Step
from ..queries.checking import Checked, candidate_checks, meeting_checks, notice_checks
from ..queries.results import Result, results_of

VERBS |= {"confirm": "批复结果"}

# The steps in their order, with what a person calls the day and the paper of each.
STEPS: dict[str, str] = {
    "agree": "党组织同意",
    "submit": "报请上级",
    "permit": "上级批复同意",
    "nominate": "候选人审查",
    "publish": "公示",
    "convene": "大会选举",
    "settle": "宣布结果",
    "report": "结果报批",
    "confirm": "结果批复",
    "archive": "归档",
}


def take_step(election: Election, name: str, *, on: date, paper: str = "", note: str = "") -> Step:
    """Note a step's day and paper; none lies before the step it follows."""
    order = list(STEPS)
    earlier = election.steps.filter(name__in=order[: order.index(name)]).order_by("-on").first()
    if earlier and on < earlier.on:
        raise DomainError(f"这一步不能早于「{STEPS[earlier.name]}」的日期 {earlier.on:%Y-%m-%d}。")
    step, _ = Step.objects.update_or_create(
        election=election, name=name, defaults={"on": on, "paper": paper, "note": note}
    )
    return step


def agree(election: Election, *, by: Actor, **said: Any) -> None:
    take_step(election, "agree", **said)


def submit(election: Election, *, by: Actor, **said: Any) -> None:
    take_step(election, "submit", **said)


def permit(election: Election, *, by: Actor, **said: Any) -> None:
    take_step(election, "permit", **said)


def nominate(election: Election, *, by: Actor, **said: Any) -> None:
    """候选人审查: enough stand, all have declared, none where they may not."""
    on: date = said["on"]
    _stop_at(candidate_checks(election, on))
    take_step(election, "nominate", **said)


def publish(
    election: Election, *, by: Actor, notice_from: date, notice_until: date, place: str = ""
) -> None:
    """公示: long enough in workdays (ELE-10)."""
    if notice_until < notice_from:
        raise DomainError("公示的结束日期不能早于开始日期。")
    election.notice_from, election.notice_until = notice_from, notice_until
    _stop_at(notice_checks(election, notice_from))
    election.save(update_fields=["notice_from", "notice_until"])
    take_step(election, "publish", on=notice_from, note=place)


def convene(
    election: Election, *, by: Actor, on: date, should_attend: int, present: int, paper: str = ""
) -> None:
    """大会选举: with a quorum (ELE-01)."""
    if present > should_attend:
        raise DomainError("实到会人数不能大于应到会人数。")
    election.held_on, election.should_attend, election.present = on, should_attend, present
    _stop_at(meeting_checks(election, on))
    election.save(update_fields=["held_on", "should_attend", "present"])
    take_step(election, "convene", on=on, paper=paper)


def settle(election: Election, *, by: Actor) -> None:
    """宣布结果: who won each race is kept with its candidates."""
    for found in results_of(election):
        _write(found)
    day = election.held_on or timezone.localdate()
    take_step(election, "settle", on=day)


def report(election: Election, *, by: Actor, **said: Any) -> None:
    take_step(election, "report", **said)


def archive(election: Election, *, by: Actor, **said: Any) -> None:
    take_step(election, "archive", **said)


def reopen_names(election: Election, *, by: Actor, reason: str) -> None:
    """异议成立: the notice is taken down and the names are looked at again."""
    election.notice_from = election.notice_until = None
    election.save(update_fields=["notice_from", "notice_until"])
    election.steps.filter(name__in=["nominate", "publish"]).delete()


def reopen_count(election: Election, *, by: Actor, reason: str) -> None:
    """结果退回: the counts may be entered anew; nobody has been seated yet."""
    Candidate.objects.filter(race__election=election).update(elected=None, votes=None)
    election.steps.filter(name__in=["settle", "report"]).delete()


def _write(found: Result) -> None:
    """Keep each candidate's votes and whether they are elected."""
    won = set(found.outcome.elected) if found.outcome else set()
    votes = found.count.votes if found.count else {}
    for candidate in found.candidates:
        candidate.elected, candidate.votes = candidate.pk in won, votes.get(candidate.pk)
    Candidate.objects.bulk_update(found.candidates, ["elected", "votes"])


def _stop_at(checks: list[Checked]) -> None:
    wrong = next((one for one in checks if one.blocks and one.ok is False), None)
    if wrong:
        basis = f"（{wrong.standard}）" if wrong.standard else ""
        raise DomainError(f"{wrong.title}{wrong.verdict}：{wrong.words}{basis}。")
