"""Who is told of a plan of growing: the person, their coach, and the leader who agrees to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, kinds, tell_each

from .models import GrowthPlan, Promise

kinds.add("goals", "成长计划")


@on("goals.growthplan", "draft")
def ask_leaders(plan: GrowthPlan, *, by: Actor, **said: Any) -> None:
    """What a person drafted waits for whoever looks after their learning, beside the coach."""
    if by.person is not None and by.person.pk == plan.person_id:
        day = timezone.localdate()
        found = nearest_holders([plan.org], "learning.write", day, but=plan.person_id)
        _tell(plan, found[plan.org_id] - {plan.coach_id}, by, f"请商定：{plan}", plan.direction)
    else:
        _tell(plan, {plan.person_id}, by, f"为您拟了{plan}", plan.direction)


@on("goals.growthplan", "name_coach")
def ask_coach(plan: GrowthPlan, *, by: Actor, **said: Any) -> None:
    words = f"{plan.direction}。请看过计划，商定以后照着做，半年看一次，年终再看。"
    _tell(plan, {plan.coach_id}, by, f"请您辅导：{plan}", words)


@on("goals.growthplan", "agree")
def tell_agreed(plan: GrowthPlan, *, by: Actor, **said: Any) -> None:
    _tell(plan, _both(plan), by, f"已商定执行：{plan}", plan.direction)


@on("goals.growthplan", "look_half")
@on("goals.growthplan", "look_year")
@on("goals.growthplan", "reopen")
def tell_look(plan: GrowthPlan, *, by: Actor, words: str = "", **said: Any) -> None:
    _tell(plan, _both(plan), by, f"{plan}：{plan.get_state_display()}", words)


@on("goals.growthplan", "promise")
def tell_promise(plan: GrowthPlan, *, by: Actor, words: str, **said: Any) -> None:
    _tell(plan, _both(plan), by, f"班组承诺：{words}"[:200], str(plan))


@on("goals.growthplan", "settle")
def tell_settled(plan: GrowthPlan, *, by: Actor, promise: Promise, **said: Any) -> None:
    title = f"{promise.get_outcome_display()}：{promise}"
    _tell(plan, _both(plan), by, title, promise.note)


def _both(plan: GrowthPlan) -> set[int | None]:
    return {plan.person_id, plan.coach_id}


def _tell(
    plan: GrowthPlan, people: set[int | None] | set[int], by: Actor, title: str, body: str
) -> None:
    """Each finds it where they read it: the person on their phone, others on the plan's page."""
    mine = f"{reverse('goals:mine')}#plan-{plan.pk}"
    page = reverse("goals:growthplan-detail", args=[plan.pk])
    told = people - {None, by.person_id}
    messages = [
        Message(pk, title, body, mine if pk == plan.person_id else page)
        for pk in told
        if pk is not None
    ]
    tell_each(messages, kind="goals")
