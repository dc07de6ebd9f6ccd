"""Reminders of study rules: the person alone before the day, the leader of a count after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gonghui.core.access.officers import nearest_holders
from gonghui.core.notices.inbox import Message, tell_each
from gonghui.core.notices.ticking import every_day

from .engine.words import amount
from .queries.judged import Stands
from .queries.reminding import bodies, due_soon, left_undone, rules_by


@every_day("learning")
def remind(day: date) -> None:
    """Each item and turn once a person; each rule once a day and leader."""
    mine = reverse("learning:mine")
    tell_each([_to_person(one, mine) for one in due_soon(day)], kind="due")
    tell_each(list(_to_leaders(day)), kind="reminder")


def _to_person(one: Stands, url: str) -> Message:
    item, due = one.verdict.item, one.verdict.due
    missing = f"{amount(one.verdict.missing)} {item.unit}"
    title = f"{item.label}还差 {missing}，{due.month} 月 {due.day} 日到期"
    body = f"按{one.told.kept}。请假、非全日制已经折算，算式在“我的学习要求”里。"
    key = f"study:{one.told.kept.pk}:{item.number}:{one.verdict.asked.slot.period.start}"
    return Message(one.person, title, body, url, key)


def _to_leaders(day: date) -> Iterator[Message]:
    """A count with a door, no names: the names stand behind the leader's own rights."""
    found = left_undone(day)
    orgs = bodies({org for by_org in found.values() for org in by_org})
    holders = nearest_holders(orgs, "learning.write", day)
    rules = rules_by(set(found))
    for rule, by_org in found.items():
        counted: dict[int, set[int]] = defaultdict(set)
        for org, people in by_org.items():
            for leader in holders.get(org, ()):
                counted[leader] |= people - {leader}
        for leader, people in counted.items():
            if people:
                url = f"{reverse('learning:standing')}?rule={rule}&turn=last"
                title = f"{rules[rule]}有 {len(people)} 人没有按期完成"
                yield Message(leader, title, "", url, f"study-left:{rule}:{day}")
