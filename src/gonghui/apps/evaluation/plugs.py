"""What evaluation puts on a member's study page and on the desk of an officer.

A member: whom they rate, what they vote on, what they may apply to, what stands in public. An
officer: the same of their body, votes not begun, and objections to answer.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.own import Detail, own_details
from gonghui.core.screens.sockets import Card, Line, desk_lines, study_cards

from .models import Contender, Objection, ObjectionState, Poll, Round, RoundState, SheetLine
from .queries.applying import (
    in_public,
    open_for,
    open_to,
    states_around,
    unfinished_at,
    unfinished_of,
)
from .queries.raters import reviews_of
from .queries.voting import VOTED_IN, unvoted_at, waiting_for


def _card(actor: Actor, day: date) -> Card | None:
    waiting = reviews_of(actor.person).filter(given_at=None).count() if actor.person else 0
    if not waiting:
        return None
    url = reverse("evaluation:my-reviews")
    return Card("互评", url, "去打分", f"还有 {waiting} 个对象等您评。", order=15)


def _open(actor: Actor, day: date) -> Card | None:
    """Evaluations of people: my sheets that are not handed in, and those I may apply to."""
    if actor.person is None:
        return None
    own = [Line(str(one.round), "自查中", _sheet_url(one)) for one in unfinished_of(actor.person)]
    free = [
        Line(str(one), f"{one.apply_until:%Y-%m-%d} 截止", _apply_url(one))
        for one in open_to(actor.person, day)
    ]
    if not own and not free:
        return None
    words = "可以本人申报，系统有记录的自动填好。" if free else "还没有报送，请补上其余各项。"
    lines = (*own, *free)
    return Card("评选申报", lines[0].url, "打开", words, lines, order=16)


def _sheet_url(contender: Contender) -> str:
    return reverse("evaluation:contender-detail", args=[contender.pk])


def _apply_url(round_: Round) -> str:
    return reverse("evaluation:round-apply-self", args=[round_.pk])


def _votes(actor: Actor, day: date) -> Card | None:
    """Members' votes that still wait for me."""
    rows = waiting_for(actor.person, day) if actor.person else []
    lines = tuple(
        Line(str(one.contender), f"{one.until:%Y-%m-%d} 截止", _vote_url(one)) for one in rows
    )
    if not lines:
        return None
    url = reverse("evaluation:my-votes")
    return Card("会员评议", url, "去评议", "不记名，一人一次。", lines, order=14)


def _vote_url(poll: Poll) -> str:
    return reverse("evaluation:my-vote", args=[poll.pk])


def _public(actor: Actor, day: date) -> Card | None:
    """公示 is for those who work there: whoever reads it may object in time."""
    rows = in_public(actor.person, day) if actor.person else ()
    lines = tuple(
        Line(str(one), f"公示到 {one.notice_until:%Y-%m-%d}", _round_url(one)) for one in rows
    )
    if not lines:
        return None
    words = "评定结果正在公示，有异议可以提出。"
    return Card("评选公示", lines[0].url, "看结果", words, lines, order=17)


def _round_url(round_: Round) -> str:
    return reverse("evaluation:round-detail", args=[round_.pk])


def _desk(actor: Actor, org: Org, day: date) -> list[Line]:
    """Asks further only for what goes on: mostly one query."""
    states = states_around(actor.person, org)
    found = []
    if RoundState.RATING in states and actor.person:
        waiting = reviews_of(actor.person).filter(given_at=None).count()
        url = reverse("evaluation:my-reviews")
        found += [Line("互评", f"{waiting} 个待评", url, "wait")] if waiting else []
    if RoundState.APPLYING in states and actor.can("evaluation.apply", at=org):
        found += _applying(org, day)
    if states & set(VOTED_IN) and actor.can("evaluation.apply", at=org):
        found += _not_voted(org)
    if RoundState.NOTICE in states and actor.can("evaluation.write", at=org):
        found += _objections(org)
    return found


def _applying(org: Org, day: date) -> list[Line]:
    """What a body may apply to, and its own sheets that are not handed in."""
    free = [
        Line(f"可以申报：{one}", f"{one.apply_until:%Y-%m-%d} 截止", _round_url(one), "doing")
        for one in open_for(org, day)
    ]
    own = [
        Line(f"自查报送：{one.round}", "自查中", _sheet_url(one), "wait")
        for one in unfinished_at(org)
    ]
    return [*own, *free]


def _not_voted(org: Org) -> list[Line]:
    """Its own sheets of which members have still to be asked."""
    return [
        Line(f"会员评议：{one}", "还没有开始", _sheet_url(one), "wait") for one in unvoted_at(org)
    ]


def _objections(org: Org) -> list[Line]:
    """Objections a body has to answer, at the list of as many."""
    count = Objection.objects.filter(org=org, state=ObjectionState.OPEN).count()
    if not count:
        return []
    said: dict[str, str | int] = {"org": org.pk, "scope": "own", "state": ObjectionState.OPEN.value}
    query = urlencode(said)
    url = f"{reverse('evaluation:objection-list')}?{query}"
    return [Line("公示异议", f"{count} 件待答复", url, "late")]


study_cards.add("evaluation", _card)
study_cards.add("evaluation.votes", _votes)
study_cards.add("evaluation.public", _public)
desk_lines.add("evaluation", _desk)
study_cards.add("evaluation.apply", _open)
# What the records and they themselves say; what visitors found is told when the round tells it.
own_details.add("evaluation.sheetline", Detail(SheetLine, "contender", ("figure", "own", "words")))
