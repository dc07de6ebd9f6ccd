"""A members' vote: opened at a sheet by an officer and moved, taken part in on the phone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.access.who import person_of
from gonghui.core.screens.doors import list_of
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.dates import full_day

from ..actions.voting import move_vote, open_vote, vote
from ..forms.voting import MoveVoteForm, OpenVoteForm, VoteForm
from ..queries.voting import (
    electorate,
    keeps_from_vote,
    running_vote,
    voted_items,
    waiting_for,
)
from .contenders import ContenderScreens

UNNAMED = (
    "不记名：系统只记您评过没有和每一项的总票数，不记谁选了什么，提交以后谁也查不出来，也不能改。"
)


@writes
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the members of the body that is judged vote, from now until a day."""
    asker: Any = request
    contender = ContenderScreens(request).fetch(pk, "count")
    today = timezone.localdate()
    if keeps_from_vote(contender, today):
        raise Http404
    members_url = list_of("people.person", f"?org={contender.org_id}&scope=below&standing=member")
    who = electorate(contender, today)
    form = OpenVoteForm(posted(request)[0])

    def act() -> str:
        made = open_vote(contender, by=asker.actor, **form.cleaned_data)
        words = f"会员评议已经开始，{full_day(made.until)}截止，已通知有账号的 {who.able} 位会员。"
        return f"{words}另有 {who.unable} 位没有账号，收不到通知。" if who.unable else words

    return small_form(
        request,
        form,
        act,
        back=ContenderScreens.url("detail", contender),
        title="会员评议",
        of=contender,
        submit="开始评议",
        lead="会员在手机上评，不记名，一人一次，截止以后才显示结果。",
        template="evaluation/open_vote.html",
        who=who,
        members_url=members_url,
        able_url=f"{members_url}&account=some",
        unable_url=f"{members_url}&account=none",
    )


@writes
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a vote that runs go on longer."""
    asker: Any = request
    contender = ContenderScreens(request).fetch(pk, "count")
    poll = running_vote(contender, timezone.localdate())
    if poll is None:
        raise Http404
    form = MoveVoteForm(posted(request)[0], poll=poll)

    def act() -> str:
        made = move_vote(contender, by=asker.actor, **form.cleaned_data)
        return f"会员评议的截止日期已改为 {full_day(made.until)}，已通知还没有评的会员。"

    return small_form(
        request,
        form,
        act,
        back=ContenderScreens.url("detail", contender),
        title="改评议截止日期",
        of=contender,
        submit="改截止日期",
        lead=f"现在的截止日期是 {full_day(poll.until)}。已经评过的不用再评。",
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All votes I may still take part in."""
    context = {"polls": waiting_for(person_of(request), timezone.localdate())}
    return TemplateResponse(request, "evaluation/my_votes.html", context)


@writes
def voting(request: HttpRequest, pk: int) -> HttpResponse:
    """One vote; who voted already, or may not, finds nothing."""
    asker: Any = request
    found = waiting_for(person_of(request), timezone.localdate())
    poll = next((one for one in found if one.pk == pk), None)
    if poll is None:
        raise Http404
    form = VoteForm(posted(request)[0], items=voted_items(poll.contender))

    def act() -> str:
        vote(poll, choices=form.choices, by=asker.actor)
        return "已收到您的评议。"

    return small_form(
        request,
        form,
        act,
        back=reverse("evaluation:my-votes"),
        title=f"会员评议：{poll.contender}",
        lead=f"{poll.contender.round}。{full_day(poll.until)}截止。{UNNAMED}",
        submit="提交评议",
    )


urlpatterns: list[URLPattern] = [
    path("contender/<int:pk>/vote/", opening, name="contender-vote"),
    path("contender/<int:pk>/vote/move/", moving, name="contender-vote-move"),
    path("my/votes/", mine, name="my-votes"),
    path("my/votes/<int:pk>/", voting, name="my-vote"),
]
