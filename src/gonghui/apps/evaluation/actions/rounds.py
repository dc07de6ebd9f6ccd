"""The steps of a round that change more than its state: ranked, shown in public, taken back."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.regulations.holidays import work_calendar
from gonghui.core.regulations.standards import standard
from gonghui.kit.deadlines import add_workdays
from gonghui.kit.errors import DomainError

from ..models import Contender, Round
from ..queries.results import standing
from ..queries.waiting import NO_DAYS, NOTICE

VERBS |= {"tie": "评定并列"}


def extend(round_: Round, *, until: date, reason: str, by: Actor) -> None:
    """Applications are taken in longer, never shorter; the reason is in the history."""
    round_.apply_until = until
    round_.save(update_fields=["apply_until"])


def sum_up(round_: Round, *, by: Actor) -> None:
    keep_results(round_)


def keep_results(round_: Round) -> None:
    """What lists and papers show: marks to two places, place and grade as they stand now."""
    for found in standing(round_).results:
        one = found.contender
        one.marks = _rounded(found.total.marks) if found.total.is_settled else None
        one.place, one.grade = found.place, found.grade
        one.save(update_fields=["marks", "place", "grade"])


def _rounded(marks: Fraction) -> Decimal:
    exact = Decimal(marks.numerator) / Decimal(marks.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@transaction.atomic
def decide_tie(round_: Round, grade: str, who: list[Contender], *, reason: str, by: Actor) -> None:
    """People choose among equals, and say why; as many as there are places."""
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    tie = next((one for one in standing(locked).granted.ties if one.grade == grade), None)
    if tie is None:
        raise DomainError("这里已经没有并列，可能别人已经评定过。请刷新看看。")
    if len(who) != tie.seats or any(one.pk not in tie.who for one in who):
        raise DomainError(
            f"“{grade}”还剩 {tie.seats} 个名额，请在并列的对象里正好选 {tie.seats} 个。"
        )
    for one in who:
        one.chosen, one.chosen_why = grade, reason
        one.save(update_fields=["chosen", "chosen_why"])
    keep_results(locked)
    said = {"grade": grade, "who": "、".join(map(str, who)), "reason": reason}
    record(locked, "tie", by=by, changes=said)


def publish(round_: Round, *, by: Actor, on: date | None = None) -> None:
    """公示: the last day follows from the standard and the calendar of workdays."""
    today = on or timezone.localdate()
    least = standard(NOTICE, org=round_.org, day=today)
    if least is None:
        raise DomainError(NO_DAYS)
    calendar = work_calendar()
    round_.notice_from = today
    round_.notice_until = add_workdays(today, least.value, calendar)
    doubt = calendar.doubt(today, round_.notice_until)
    words = [least.words, least.source, "待核实" if least.is_doubtful else "", doubt]
    round_.notice_basis = "；".join(filter(None, words))[:300]
    round_.notice_number += 1
    round_.save(update_fields=["notice_from", "notice_until", "notice_basis", "notice_number"])
    keep_results(round_)


def take_back(round_: Round, *, reason: str, by: Actor) -> None:
    """The result is judged again: the notice is gone, and it will stand in full once more."""
    round_.notice_from = round_.notice_until = None
    round_.notice_basis = ""
    round_.save(update_fields=["notice_from", "notice_until", "notice_basis"])
    for one in round_.contenders.exclude(chosen=""):
        one.chosen = one.chosen_why = ""
        one.save(update_fields=["chosen", "chosen_why"])


def revisit(round_: Round, *, reason: str, by: Actor) -> None:
    """Back to the spot; what was decided of ties is open again."""
    take_back(round_, reason=reason, by=by)


def stop(round_: Round, *, reason: str, by: Actor) -> None:
    """Nothing is taken away: the sheets stay as they are."""
