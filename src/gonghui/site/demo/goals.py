"""Plays visions and goals from the city down to a person, and plans of growing in one team."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gonghui.apps.goals import api
from gonghui.core.people.models import Person

from .lives import Lives

# Body | sort | title | which one above it serves
SHARED = (
    ("machinery", "vision", "人人学习、班班创新的学习型企业", ""),
    ("machinery", "goal", "三年内全员持证上岗，高级工以上占四成", "人人学习、班班创新的学习型企业"),
    ("machinery", "goal", "设备故障停机时间逐年下降", "人人学习、班班创新的学习型企业"),
    ("repair", "goal", "关键设备检修不外委", "设备故障停机时间逐年下降"),
    ("repair-2", "vision", "听得出、看得准、修得快", "人人学习、班班创新的学习型企业"),
    ("repair-2", "goal", "年内人人会用振动仪", "设备故障停机时间逐年下降"),
    ("repair-2", "goal", "两人考取高级工", "三年内全员持证上岗，高级工以上占四成"),
    ("freight", "vision", "学习让货运更安全", ""),
    ("school", "vision", "做有学识、有爱心的教师", ""),
)
# Which of the team's members | sort | title | which goal it serves | shown | its steps, done or not
OWN = (
    (1, "goal", "考取钳工高级工", "两人考取高级工", True,
     (("报名", 1), ("学完理论教材", 1), ("模拟考试 80 分以上", 0))),
    (1, "vision", "成为车间的振动诊断能手", "听得出、看得准、修得快", True, ()),
    (2, "goal", "会用振动仪独立判断三类故障", "年内人人会用振动仪", False,
     (("看完说明书", 1), ("跟师傅测十台", 0))),
    (3, "vision", "练成听音辨轴承的绝活", "听得出、看得准、修得快", True, ()),
    (4, "goal", "学会看英文图纸", "", False, ()),
)  # fmt: skip
TEAM = "repair-2"


def set_goals(lives: Lives) -> None:
    """What bodies aim at, then what members of one team make of it, then their plans."""
    made: dict[str, Any] = {}
    for body, sort, title, serves in SHARED:
        by = lives.able("learning.write", body)
        made[title] = api.set_goal(
            lives.seed.orgs[body], by=by, sort=sort, title=title, serves=made.get(serves),
            until=None if sort == "vision" else date(lives.today.year + 1, 12, 31),
        )  # fmt: skip
    people = Person.objects.active().filter(org=lives.seed.orgs[TEAM]).select_related("org")
    leader = lives.seed.account_person("team")
    members = [one for one in people.order_by("pk") if one != leader]
    for at, sort, title, serves, shown, steps in OWN:
        person = members[at]
        by = lives.actor(person)
        goal = api.set_goal(
            person.org, by=by, person=person, sort=sort, title=title, serves=made.get(serves),
            is_shown=shown,
        )  # fmt: skip
        for n, (words, done) in enumerate(steps):
            step = api.add_step(
                goal, title=words, due_on=lives.today + timedelta(days=14 * n), by=by
            )
            if done:
                api.mark_step(step, is_done=True, by=by)
    _plan(lives, members, leader)


def _plan(lives: Lives, members: list[Person], leader: Person) -> None:
    """Three learn-and-succeed plans: one looked at half-way, one agreed, one still a draft."""
    head = lives.actor(leader)
    for at, direction in ((1, "钳工高级工"), (2, "液压专长"), (5, "多能工：会钳会焊")):
        person = members[at]
        plan = api.draft_plan(
            person, by=lives.actor(person), kind="learning", year=lives.today.year,
            duty="设备点检、检修和应急抢修", direction=direction, coach=members[3],
            contents="每月一本专业书\n每季度练一项基本功",
        )  # fmt: skip
        if at == 5:
            continue
        api.move_plan(plan, "agree", by=head)
        kept = api.promise(plan, words="每周三下午留半天练功", keeper="班长", by=head)
        api.promise(plan, words="报销考证费用", keeper="车间分会", by=head)
        if at == 1:
            api.settle_promise(kept, outcome="kept", by=head)
            api.move_plan(
                plan, "look_half", by=lives.actor(person), words="理论学完，实操每周练两次。"
            )
