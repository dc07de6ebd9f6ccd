"""Who is told of the steps of an election, of a departure, and of a new chair's duties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_each
from gonghui.core.orgs.models import Org

from .models import ChairDuty, Departure, Election


@on("elections.election", "submit")
def tell_approvers(election: Election, *, by: Actor, **said: Any) -> None:
    body = f"{election.org}请示召开{election.get_meeting_display()}，请批复。"
    _tell(election, _above(election.org, by), "submitted", f"待批复：{election}", body)


@on("elections.election", "report")
def tell_approvers_of_result(election: Election, *, by: Actor, **said: Any) -> None:
    body = f"{election.org}报来选举结果，请批复；批复以后当选人就任。"
    _tell(election, _above(election.org, by), "submitted", f"选举结果待批复：{election}", body)


@on("elections.election", "permit")
def tell_preparers(election: Election, *, by: Actor, paper: str, **said: Any) -> None:
    title, body = f"上级已同意：{election}", f"批复文号 {paper}，可以推荐审查候选人了。"
    _tell(election, _at(election.org, by), "approved", title, body)


@on("elections.election", "return")
def tell_preparers_of_return(election: Election, *, by: Actor, reason: str, **said: Any) -> None:
    _tell(election, _at(election.org, by), "returned", f"已退回：{election}", f"原因：{reason}")


@on("elections.election", "reject")
def tell_preparers_of_refusal(election: Election, *, by: Actor, reason: str, **said: Any) -> None:
    title = f"选举结果退回：{election}"
    _tell(election, _at(election.org, by), "returned", title, f"原因：{reason}")


@on("elections.election", "confirm")
def tell_the_seated(election: Election, *, by: Actor, paper: str, **said: Any) -> None:
    """The union's own officers, and its new chair of the talk and the training."""
    title, body = f"选举结果已批复：{election}", f"批复文号 {paper}，当选人已就任。"
    _tell(election, _at(election.org, by), "approved", title, body)
    owed = ChairDuty.objects.filter(org=election.org, done_on=None, post__approval=paper)
    for person in set(owed.values_list("person", flat=True)):
        url = reverse("elections:chairduty-list")
        message = Message(person, "新任主席须完成任前谈话和岗位培训", str(election), url)
        tell_each([message], kind="assigned")


@on("elections.departure", "submit")
def tell_approvers_of_departure(departure: Departure, *, by: Actor, **said: Any) -> None:
    body = f"{departure.org}报来，请同意或不同意。"
    _tell(departure, _above(departure.org, by), "submitted", f"待同意：{departure}", body)


@on("elections.departure", "consent")
def tell_preparers_of_consent(departure: Departure, *, by: Actor, **said: Any) -> None:
    body = f"离任日期 {departure.left_on}。缺额请按时补选。"
    _tell(departure, _at(departure.org, by), "approved", f"上级已同意：{departure}", body)


@on("elections.departure", "refuse")
def tell_of_refusal(departure: Departure, *, by: Actor, reason: str, **said: Any) -> None:
    _tell(departure, _at(departure.org, by), "returned", f"未同意：{departure}", f"原因：{reason}")


def _above(union: Org, by: Actor) -> set[int]:
    """Who approves for a union: the nearest above it who may; at the top, its own."""
    body = union.parent or union
    return _nearest(body, "elections.approve", by)


def _at(union: Org, by: Actor) -> set[int]:
    return _nearest(union, "elections.write", by)


def _nearest(body: Org, capability: str, by: Actor) -> set[int]:
    day = timezone.localdate()
    return nearest_holders([body], capability, day, but=by.person_id)[body.pk]


def _tell(record: models.Model, people: Iterable[int], kind: str, title: str, body: str) -> None:
    url = reverse(f"elections:{record._meta.model_name}-detail", args=[record.pk])
    tell_each((Message(pk, title, body, url) for pk in people), kind=kind)
