"""What keeps a step of a round from being taken yet, each in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from gonghui.core.editions.models import EditionState
from gonghui.core.regulations.standards import standard
from gonghui.kit.dates import full_day

from ..models import (
    Contender,
    ContenderState,
    Filler,
    ObjectionState,
    Review,
    Round,
    RoundState,
)
from .raters import has_peers, too_few
from .results import Result, standing
from .sheets import reason_of_return
from .voting import still_open

NAMED = 8
# Whose word an open item waits for; what the unit said nothing of is looked at on the spot.
WAITS_FOR = {Filler.PEERS: "互评", Filler.MEMBERS: "会员评议", Filler.UPPER: "现场考评"}
NOTICE = "evaluation_notice_workdays"
NO_DAYS = "公示多少个工作日还没有规定，请先到“标准”里填写。"


def _some(names: list[str]) -> str:
    """The first of them, and that there are more."""
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")


def keeps_from_applying(round_: Round, day: date) -> str:
    """The scheme has been issued and knows the grades that have quotas."""
    if round_.scheme.state != EditionState.ISSUED:
        return "评估方案还没有印发，或者已经停用，不能用来评估。"
    titles = set(round_.scheme.bands.values_list("title", flat=True))
    if unknown := [title for title in round_.quota_of if title not in titles]:
        return f"方案里没有“{'、'.join(unknown)}”这个等次，请改正名额。"
    return ""


def keeps_from_handing_in(contender: Contender, day: date) -> str:
    """Everything asked of the unit is there, in time; what was sent back was in time once."""
    round_ = contender.round
    if not (round_.takes_applications(day) or reason_of_return(contender)):
        return f"申报已于 {round_.apply_until} 截止。"
    lines = contender.lines.select_related("criterion").order_by("criterion__position")
    asked = [one.criterion for one in lines if one.is_asked and one.own is None]
    codes = [one.code for one in asked if not one.is_bonus]
    return f"还有 {len(codes)} 项没有自查：{_some(codes)}。" if codes else ""


def keeps_from_draw(round_: Round, day: date) -> str:
    """There is something peers rate, somebody to be rated, and enough who may rate each."""
    if not has_peers(round_):
        return "方案里没有互评的项目，不用抽签，请直接转入现场考评。"
    return keeps_without_sheets(round_, day) or too_few(round_)


def keeps_from_visits(round_: Round, day: date) -> str:
    """Where peers rate, all who were drawn have given; otherwise rating is passed over."""
    if why := keeps_without_sheets(round_, day):
        return why
    if not has_peers(round_):
        return ""
    if round_.state == RoundState.APPLYING:
        return "方案里有互评的项目，请先抽签互评。"
    asked = Review.objects.filter(contender__round=round_, contender__state=ContenderState.HANDED)
    late = asked.filter(given_at=None).order_by("rater_id")
    names = list(dict.fromkeys(late.values_list("rater__person__name", flat=True)))
    return f"还有 {len(names)} 位评委没有评完：{_some(names)}。" if names else ""


def keeps_without_sheets(round_: Round, day: date) -> str:
    """Somebody has handed in."""
    if round_.contenders.filter(state=ContenderState.HANDED).exists():
        return ""
    return "还没有已报送的参评对象，不能往下进行。"


def keeps_from_ranking(round_: Round, day: date) -> str:
    """Somebody has handed in, no members' vote runs, and at least one sheet says something."""
    if why := keeps_without_sheets(round_, day):
        return why
    if running := still_open(round_, day):
        return f"还有 {len(running)} 个会员评议没有截止，最晚到 {full_day(running[0].until)}。"
    results = standing(round_).results
    if len(_unsettled(results)) == len(results):
        return f"还没有一张评估表评完。{_missing(results)}"
    return ""


def misses_in_ranking(round_: Round, day: date) -> str:
    """Whose sheets are not complete: they are summed up without a grade."""
    unsettled = _unsettled(standing(round_).results)
    if not unsettled:
        return ""
    return (
        f"有 {len(unsettled)} 个参评对象还没有评完，汇总以后没有名次和等次。{_missing(unsettled)}"
    )


def left_in(round_: Round) -> dict[int, str]:
    """Contender → what its sheet still waits for."""
    return {one.contender.pk: _by_whom(one) for one in _unsettled(standing(round_).results)}


def _unsettled(results: Sequence[Result]) -> list[Result]:
    """Nothing keeps a veto from being one, however much is open beside it."""
    return [one for one in results if one.total.open and not one.total.vetoes]


def _missing(results: Sequence[Result]) -> str:
    """Of each how many items wait for whom, in the order in which a sheet is made."""
    said = [f"{one.contender}（{_by_whom(one)}）" for one in results[:NAMED]]
    more = f"等 {len(results)} 个" if len(results) > NAMED else ""
    return f"{'、'.join(said)}{more}。"


def _by_whom(result: Result) -> str:
    left = [one.line for one in result.lines if one.criterion.code in result.total.open]
    asked = (Filler.UPPER if one.is_looked_at else one.criterion.filler for one in left)
    found = Counter(WAITS_FOR[Filler(one)] for one in asked)
    return "，".join(f"{words} {count} 项" for words, count in found.items())


def keeps_from_notice(round_: Round, day: date) -> str:
    """Equals have been decided by people, somebody has a grade, and the days are prescribed."""
    found = standing(round_).granted
    if found.ties:
        tie = found.ties[0]
        return (
            f"“{tie.grade}”还剩 {tie.seats} 个名额，有 {len(tie.who)} 个对象并列，"
            "请先评定并写明理由。"
        )
    if not found.grades:
        return "没有对象达到任何等次，没有可以公示的结果。"
    if standard(NOTICE, org=round_.org, day=day) is None:
        return NO_DAYS
    return ""


def keeps_from_award(round_: Round, day: date) -> str:
    """The notice is over and every objection has its answer."""
    until = round_.notice_until
    if until is None or day <= until:
        first = f"：最早 {until + timedelta(days=1)}" if until else ""
        return f"公示到 {until} 为止，期满以后才能命名{first}。"
    if waiting := round_.objections.filter(state=ObjectionState.OPEN).count():
        return f"还有 {waiting} 件异议没有核实答复，答复以后才能命名。"
    upheld = round_.objections.filter(state=ObjectionState.UPHELD)
    if upheld.filter(notice_number=round_.notice_number).exists():
        return "有异议经核实属实，请先重新评定，再公示。"
    return ""


def takes_objections(round_: Round, day: date) -> bool:
    until = round_.notice_until
    return round_.state == RoundState.NOTICE and until is not None and day <= until
