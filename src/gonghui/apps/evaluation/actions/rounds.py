"""The steps of a round: opened, drawn, visited, ranked, shown in public, awarded."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.editions.models import EditionState
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.core.regulations.holidays import work_calendar
from gonghui.core.regulations.standards import standard
from gonghui.kit.deadlines import add_workdays
from gonghui.kit.errors import DomainError

from ..engine.drawing import NotEnough, draw
from ..models import (
    Contender,
    ContenderState,
    Filler,
    Rater,
    Review,
    Round,
)
from ..queries.notice import keeps_from_award
from ..queries.raters import able_to_rate, keeps_from_visits
from ..queries.results import standing

VERBS |= {"rater": "添加评委", "unrater": "取消评委", "tie": "评定并列"}
NOTICE = "evaluation_notice_workdays"


def begin(round_: Round, *, by: Actor) -> None:
    if round_.scheme.state != EditionState.ISSUED:
        raise DomainError("评估方案还没有印发，或者已经停用，不能用来评估。")
    titles = set(round_.scheme.bands.values_list("title", flat=True))
    if unknown := [title for title in round_.quota_of if title not in titles]:
        raise DomainError(f"方案里没有“{'、'.join(unknown)}”这个等次，请改正名额。")


def _handed(round_: Round) -> list[Contender]:
    rows = round_.contenders.filter(state=ContenderState.HANDED)
    found = list(rows.select_related("org", "person__org").order_by("pk"))
    if not found:
        raise DomainError("还没有已报送的参评对象，不能往下进行。")
    return found


def has_peers(round_: Round) -> bool:
    return round_.scheme.criteria.filter(filler=Filler.PEERS).exclude(method="").exists()


def start_rating(round_: Round, *, by: Actor) -> None:
    """Draw by the kept seed; nobody for their own line, nor for whom they declared."""
    if not has_peers(round_):
        raise DomainError("方案里没有互评的项目，请直接转入现场考评。")
    contenders = _handed(round_)
    raters = list(round_.raters.select_related("person__org").order_by("pk"))
    able = able_to_rate(contenders, raters)
    try:
        drawn = draw(able, [one.pk for one in raters], round_.raters_each, round_.seed)
    except NotEnough as few:
        who = next(one for one in contenders if one.pk == few.contender)
        raise DomainError(
            f"能评{who}的评委只有 {few.able} 人（已排除本单位、上下级和声明回避的），"
            f"不够 {round_.raters_each} 人。请增加评委，或减少每个对象的互评人数。"
        ) from few
    Review.objects.filter(contender__round=round_).delete()
    Review.objects.bulk_create(
        Review(contender_id=contender, rater_id=rater)
        for contender, chosen in drawn.items()
        for rater in chosen
    )


def start_visits(round_: Round, *, by: Actor) -> None:
    """Mutual rating ends when everybody drawn has given; where there is none it is passed over."""
    _handed(round_)
    if not has_peers(round_):
        return
    reviews = Review.objects.filter(contender__round=round_)
    if not reviews.exists():
        raise DomainError("方案里有互评的项目，请先抽签互评。")
    if why := keeps_from_visits(round_):
        raise DomainError(why)


def sum_up(round_: Round, *, by: Actor) -> None:
    _handed(round_)
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
    found = standing(round_)
    if found.granted.ties:
        tie = found.granted.ties[0]
        raise DomainError(
            f"“{tie.grade}”还剩 {tie.seats} 个名额，有 {len(tie.who)} 个对象并列，"
            "请先评定并写明理由。"
        )
    if not found.granted.grades:
        raise DomainError("没有对象达到任何等次，没有可以公示的结果。")
    today = on or timezone.localdate()
    least = standard(NOTICE, org=round_.org, day=today)
    if least is None:
        raise DomainError("公示多少个工作日还没有规定，请先到“标准”里填写。")
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


def award(round_: Round, *, by: Actor, on: date | None = None) -> None:
    """Titles are given when the notice is over and every objection has its answer."""
    if why := keeps_from_award(round_, on or timezone.localdate()):
        raise DomainError(why)


def stop(round_: Round, *, reason: str, by: Actor) -> None:
    """Nothing is taken away: the sheets stay as they are."""


@transaction.atomic
def add_raters(round_: Round, people: list[Person], *, by: Actor) -> int:
    """Who is a rater already stays one; returns how many were added."""
    there = set(round_.raters.values_list("person_id", flat=True))
    fresh = [one for one in dict.fromkeys(people) if one.pk not in there]
    Rater.objects.bulk_create(Rater(round=round_, person=one) for one in fresh)
    if fresh:
        record(round_, "rater", by=by, changes={"who": "、".join(map(str, fresh))})
        emit(round_, "rater", by=by, people={one.pk for one in fresh})
    return len(fresh)


@transaction.atomic
def keep_rater(rater: Rater, *, avoids: list[object], why: str, by: Actor) -> None:
    """Whom a rater must not rate, beyond their own line."""
    rater.why = why
    rater.save(update_fields=["why"])
    rater.avoids.set(avoids)  # type: ignore[arg-type]  # rows of bodies
    said = {"who": str(rater), "avoids": "、".join(map(str, avoids)), "reason": why}
    record(rater.round, "rater", by=by, changes=said)


@transaction.atomic
def drop_rater(rater: Rater, *, by: Actor) -> None:
    record(rater.round, "unrater", by=by, changes={"who": str(rater)})
    rater.delete()
