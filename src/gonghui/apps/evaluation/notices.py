"""Who is told of a round: those who may apply, raters, who is judged, whoever must answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.access.officers import holders_below, nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_all, tell_each
from gonghui.core.notices.ticking import every_day
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import full_day

from .actions.voting import count_polls
from .models import Contender, ContenderState, Objection, Poll, Review, Round, RoundState
from .queries.voting import members_of, open_polls, votes_on

AHEAD = (3, 1)  # days before applying ends
NAMED = ("contender__round__org", "contender__org", "contender__person")


@on("evaluation.round", "begin")
def tell_who_may_apply(round_: Round, *, by: Actor, **said: Any) -> None:
    """Officers of all units below; of people who may apply themselves their study page tells."""
    people = holders_below(round_.org, "evaluation.apply", timezone.localdate()) - _me(by)
    days = f"{round_.apply_from:%Y-%m-%d} 至 {round_.apply_until:%Y-%m-%d}"
    body = f"申报时间 {days}。系统有记录的自动填好，其余的自查后报送。"
    _tell(people, "passed", f"可以申报：{round_}", body, _round_url(round_))


@on("evaluation.round", "extend")
def tell_of_more_days(round_: Round, *, by: Actor, reason: str, **said: Any) -> None:
    people = holders_below(round_.org, "evaluation.apply", timezone.localdate()) - _me(by)
    body = f"申报截止改为 {round_.apply_until:%Y-%m-%d}。原因：{reason}"
    _tell(people, "passed", f"申报延长：{round_}", body, _round_url(round_))


@on("evaluation.round", "publish")
def tell_of_notice(round_: Round, *, by: Actor, **said: Any) -> None:
    body = f"公示到 {round_.notice_until:%Y-%m-%d}，有异议的请在这以前提出。"
    _tell(_judged(round_, by), "passed", f"评定结果公示：{round_}", body, _round_url(round_))


@on("evaluation.round", "review")
def tell_of_second_look(round_: Round, *, by: Actor, reason: str, **said: Any) -> None:
    body = f"原来的公示作废，重新评定后再公示。原因：{reason}"
    _tell(_judged(round_, by), "returned", f"重新评定：{round_}", body, _round_url(round_))


@on("evaluation.round", "stop")
def tell_of_stop(round_: Round, *, by: Actor, reason: str, **said: Any) -> None:
    body = f"原因：{reason}"
    _tell(_judged(round_, by), "returned", f"评估已停止：{round_}", body, _round_url(round_))


@on("evaluation.round", "rate")
def tell_raters(round_: Round, *, by: Actor, **said: Any) -> None:
    drawn = Review.objects.filter(contender__round=round_).order_by()
    people = set(drawn.values_list("rater__person", flat=True))
    body = "请打开评估表和材料，给每一项打分。互评结束以前，谁也看不到别人的分。"
    _tell(people, "assigned", f"请互评：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.round", "rater")
def tell_new_raters(round_: Round, *, by: Actor, people: Iterable[int], **said: Any) -> None:
    body = "抽签以前，与参评单位有亲属、原单位等关系的，请先声明回避。"
    _tell(people, "assigned", f"请担任互评评委：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.round", "decline")
def tell_who_stands_in(round_: Round, *, by: Actor, people: Iterable[int], **said: Any) -> None:
    body = "有评委声明回避，换由您来评。请打开评估表和材料，给每一项打分。"
    _tell(people, "assigned", f"请互评：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.round", "fill")
def tell_who_was_drawn_later(
    round_: Round, *, by: Actor, people: Iterable[int], **said: Any
) -> None:
    body = "有的参评对象缺评委，补抽到您。与它有亲属、原单位等关系的，请先声明回避，不要打分。"
    _tell(people, "assigned", f"请互评：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.contender", "send_back")
def tell_of_return(contender: Contender, *, by: Actor, reason: str, **said: Any) -> None:
    head, body = f"评估表退回修改：{contender}", f"原因：{reason}"
    _tell(_of(contender, by), "returned", head, body, _sheet_url(contender))


@on("evaluation.contender", "withdraw")
def tell_of_withdrawal(contender: Contender, *, by: Actor, reason: str, **said: Any) -> None:
    head, body = f"已退出评估：{contender}", f"原因：{reason}"
    _tell(_of(contender, by), "returned", head, body, _sheet_url(contender))


@every_day("evaluation.due")
def remind_to_hand_in(day: date) -> str:
    """Sheets that are begun and not handed in, 3 days and 1 day before applying ends."""
    days = [day + timedelta(days=ahead) for ahead in AHEAD]
    rows = Contender.objects.filter(
        state=ContenderState.FILLING,
        round__state=RoundState.APPLYING,
        round__apply_until__in=days,
    )
    messages = [
        _due(one, pk)
        for one in rows.select_related("org", "person", "round__org").order_by("pk")
        for pk in _told([one], one.round.org, SYSTEM)
    ]
    return f"told {tell_each(messages, kind='due')}"


def _due(contender: Contender, person: int) -> Message:
    until = contender.round.apply_until
    head = f"评估表还没有报送：{contender}"
    body = f"“{contender.round}”的申报到 {until:%Y-%m-%d} 截止。"
    key = f"evaluation-due:{contender.pk}:{until}:{timezone.localdate()}"
    return Message(person, head, body, _sheet_url(contender), key)


@on("evaluation.contender", "open_vote")
def tell_members(contender: Contender, *, by: Actor, poll: Poll, **said: Any) -> None:
    """All who may vote, whoever opened it among them."""
    people = members_of(contender, poll.opened_on).values_list("pk", flat=True)
    _tell(people, "assigned", f"请参加会员评议：{contender}", _vote_body(poll), _vote_url(poll))


@on("evaluation.contender", "move_vote")
def tell_of_more_time(contender: Contender, *, by: Actor, poll: Poll, **said: Any) -> None:
    """Those only who have not voted yet."""
    title = f"会员评议延长：{contender}"
    _tell(_not_yet(poll), "assigned", title, _vote_body(poll), _vote_url(poll))


@every_day("evaluation.votes")
def remind_to_vote(day: date) -> str:
    """Members who have not voted, the day before the last; and once it is over whoever may act.

    What is over is counted first, for figures of it.
    """
    count_polls(day)
    running = open_polls(day).filter(until=day + timedelta(days=1)).select_related(*NAMED)
    told = sum(_remind_members(one) for one in running)
    over = Poll.objects.select_related(*NAMED).filter(until=day - timedelta(days=1)).order_by("pk")
    messages = [_over(poll, pk) for poll in over for pk in _who_may_act(poll.contender)]
    return f"told {told + tell_each(messages, kind='passed')}"


def _not_yet(poll: Poll) -> list[int]:
    """Who was called and has not voted."""
    people = members_of(poll.contender, poll.opened_on)
    rest = people.exclude(pk__in=poll.voters.order_by().values("person"))
    return list(rest.values_list("pk", flat=True))


def _remind_members(poll: Poll) -> int:
    return tell_all(
        _not_yet(poll),
        kind="due",
        title=f"会员评议明天截止：{poll.contender}",
        body=_vote_body(poll),
        url=_vote_url(poll),
        key=f"evaluation-vote:{poll.pk}:{poll.until}",
    )


def _who_may_act(contender: Contender) -> set[int]:
    """Whoever put it forward, and whoever holds the round."""
    org = contender.round.org
    found = nearest_holders([org], "evaluation.write", timezone.localdate())
    return _of(contender, SYSTEM) | found[org.pk]


def _over(poll: Poll, person: int) -> Message:
    vote = votes_on([poll.contender_id])[poll.contender_id]
    body = f"{vote.voted} / {poll.called} 人参加，"
    body += "结果已计分。" if vote.is_valid else f"不够 {poll.least} 人，不计分，可以再评一次。"
    title, key = f"会员评议已截止：{poll.contender}", f"evaluation-vote-over:{poll.pk}"
    return Message(person, title, body, _sheet_url(poll.contender), key)


def _vote_body(poll: Poll) -> str:
    return f"不记名，一人一次，{full_day(poll.until)}截止。"


def _vote_url(poll: Poll) -> str:
    return reverse("evaluation:my-vote", args=[poll.pk])


@on("evaluation.objection", "object")
def tell_who_answers(objection: Objection, *, by: Actor, **said: Any) -> None:
    """Whoever holds the round; no title is given before the answer."""
    org, url = objection.org, reverse("evaluation:objection-detail", args=[objection.pk])
    found = nearest_holders([org], "evaluation.write", timezone.localdate())
    body = "请核实以后答复；没有答复完的，不能命名。"
    _tell(found[org.pk] - _me(by), "submitted", f"公示异议：{objection.round}", body, url)


@on("evaluation.objection", "uphold")
@on("evaluation.objection", "dismiss")
def tell_who_objected(objection: Objection, *, by: Actor, answer: str, **said: Any) -> None:
    url = reverse("evaluation:objection-detail", args=[objection.pk])
    people = [objection.person_id] if objection.person_id else []
    _tell(people, "approved", f"异议已答复：{objection.round}", answer, url)


def _of(contender: Contender, by: Actor) -> set[int]:
    """Who put it forward or could, and the person judged; never who does it."""
    return _told([contender], contender.round.org, by)


def _judged(round_: Round, by: Actor) -> set[int]:
    rows = round_.contenders.exclude(state=ContenderState.WITHDRAWN)
    return _told(list(rows.select_related("org")), round_.org, by)


def _told(contenders: list[Contender], holder: Org, by: Actor) -> set[int]:
    """Officers of the units, or of the nearest body between a unit and who holds the round."""
    orgs = {one.org_id: one.org for one in contenders}.values()
    today = timezone.localdate()
    found = nearest_holders(orgs, "evaluation.apply", today, below=holder.path)
    people = {pk for holders in found.values() for pk in holders}
    return (people | {one.person_id for one in contenders if one.person_id}) - _me(by)


def _me(by: Actor) -> set[int | None]:
    return {by.person_id}


def _round_url(round_: Round) -> str:
    return reverse("evaluation:round-detail", args=[round_.pk])


def _sheet_url(contender: Contender) -> str:
    return reverse("evaluation:contender-detail", args=[contender.pk])


def _tell(people: Iterable[int], kind: str, title: str, body: str, url: str) -> None:
    tell_all(people, kind=kind, title=title, body=body, url=url)
