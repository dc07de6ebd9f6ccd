"""Who is told of a plan of growing and when: the person, their coach, the leader who agrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, kinds, tell_each
from gonghui.core.notices.ticking import every_day

from .models import GrowthPlan, Promise
from .queries import YEAR, Look, looks_left, looks_to_come, plans_to_agree

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


@every_day("goals.looks")
def remind_of_looks(day: date) -> str:
    """Before a half-year or year-end look the person, once; the coach when it was not taken."""
    soon = tell_each([_to_come(look, plan) for look, plan in looks_to_come(day)], kind="due")
    late = tell_each(list(_left(day)), kind="reminder")
    return f"told {soon} people, {late} coaches"


@every_day("goals.agreeing")
def remind_to_agree(day: date) -> str:
    """A plan nobody agreed to: the coach first, later whoever looks after the person's learning."""
    found = list(plans_to_agree(day))
    asked = [(plan, None if time > 1 else _coach(plan)) for time, plan in found]
    holders = _leaders([plan for plan, coach in asked if coach is None], day)
    messages = [
        Message(one, f"还没有商定：{plan}", plan.direction, _page(plan), f"agree:{plan.pk}:{day}")
        for plan, coach in asked
        for one in ({coach} if coach else holders[plan.person_id])
    ]
    return f"reminded {tell_each(messages, kind='reminder')}"


def _to_come(look: Look, plan: GrowthPlan) -> Message:
    due = look.due(plan.year)
    title = f"{due.month} 月 {due.day} 日前{look.label}：{plan.direction}"
    if look == YEAR:
        whom = str(plan.coach) if plan.coach and plan.coach.left_on is None else "辅导人或班组长"
        body = f"请和{whom}约个时间，看看做到了哪些；班组的承诺兑现了没有，也请记下。"
    else:
        body = "写几句：做到了哪些，还差什么，需要什么条件。"
    key = f"{look.step}:{plan.pk}:{due}"
    return Message(plan.person_id, title, body, _mine(plan), key)


def _left(day: date) -> Iterator[Message]:
    """One plan by its name; of several a count, with the door to them."""
    waiting: dict[tuple[int, Look], list[GrowthPlan]] = defaultdict(list)
    found = list(looks_left(day))
    holders = _leaders([plan for _, plan in found if _coach(plan) is None], day)
    for look, plan in found:
        coach = _coach(plan)
        for one in {coach} if coach else holders[plan.person_id]:
            waiting[one, look].append(plan)
    for (person, look), plans in waiting.items():
        yield _missed(person, look, plans, day)


def _leaders(plans: list[GrowthPlan], day: date) -> dict[int, set[int]]:
    """Person → who looks after their learning; nobody looks at their own."""
    found = nearest_holders([plan.person.org for plan in plans], "learning.write", day)
    leaders = {}
    for one in (plan.person for plan in plans):
        held = found[one.org_id]
        if one.pk in held:
            held = nearest_holders([one.org], "learning.write", day, but=one.pk)[one.org_id]
        leaders[one.pk] = held
    return leaders


def _missed(person: int, look: Look, plans: list[GrowthPlan], day: date) -> Message:
    first, key = plans[0], f"{look.step}:left:{day}"
    if len(plans) == 1:
        return Message(person, f"还没有{look.label}：{first}", first.direction, _page(first), key)
    title = f"{len(plans)} 份成长计划还没有{look.label}"
    if _coach(first) == person:
        url = f"{reverse('goals:mine')}#coached"
    else:
        url = f"{reverse('goals:growthplan-list')}?scope=below&look={look.step}"
    return Message(person, title, "一份一份和本人看过，写几句小结。", url, key)


def _coach(plan: GrowthPlan) -> int | None:
    """Who coaches it, unless they have left."""
    return plan.coach_id if plan.coach and plan.coach.left_on is None else None


def _mine(plan: GrowthPlan) -> str:
    return f"{reverse('goals:mine')}#plan-{plan.pk}"


def _page(plan: GrowthPlan) -> str:
    return reverse("goals:growthplan-detail", args=[plan.pk])


def _both(plan: GrowthPlan) -> set[int | None]:
    return {plan.person_id, plan.coach_id}


def _tell(
    plan: GrowthPlan, people: set[int | None] | set[int], by: Actor, title: str, body: str
) -> None:
    """Each finds it where they read it: the person on their phone, others on the plan's page."""
    mine, page = _mine(plan), _page(plan)
    told = people - {None, by.person_id}
    messages = [
        Message(pk, title, body, mine if pk == plan.person_id else page)
        for pk in told
        if pk is not None
    ]
    tell_each(messages, kind="goals")
