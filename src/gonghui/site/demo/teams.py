"""Plays the roll-out of learning teams, and the year of one team from its plan to its praise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from gonghui.apps.teams import api
from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Person, Post
from gonghui.core.people.models.post import Duty
from gonghui.core.people.posts import begin_post

from .lives import Lives

# Who rolls it out | name | years from this one | test | what is to be done
STAGES = (
    ("city", "普及阶段", 0, 1, "first", "凡是建立工会组织的企业，都要开展“创争”活动。"),
    ("freight", "普及阶段", -1, 0, "first", "参加创建活动的班组要实现“六个一”的目标。"),
    (
        "freight",
        "巩固提高阶段",
        1,
        2,
        "second",
        "班组内建立团队学习、交流沟通、成果共享、创新变革四个机制。",
    ),
    ("freight", "创新发展阶段", 3, 5, "steady", "能有效进行系统思考、深度汇谈、反思反馈。"),
)
# Teams that take part since so many months; the car fleet lags, which the city is to notice.
TAKING = {
    20: ("freight-load-1a", "freight-load-1b", "freight-works-a", "repair-1", "repair-2"),
    14: ("freight-load-1c", "freight-load-2a", "freight-desk-a", "repair-power", "casting-1",
         "assembly-1", "assembly-2", "gas-line-1", "gas-repair", "chem-1-synthesis"),
    5: ("freight-load-2b", "freight-fleet-a", "freight-desk-b", "repair-tools", "repair-energy",
        "assembly-spindle", "casting-melt", "gas-run-1", "gas-calls", "chem-1-distil",
        "post-round-1", "post-east", "post-centre"),
}  # fmt: skip
UNITS = ("school", "store", "bank", "thermal", "university", "health")
BRANCHES = ("freight-load-1", "freight-load-2", "freight-fleet", "freight-works")
COMPANIES = ("gas", "chem", "post", "machinery", "freight", "finance", "schooling", "rivers",
             "justice", "water-supply", "water-river", "water-sewage")  # fmt: skip
# Title of who answers specifically | of who answers first | where
ANSWERING = (
    ("分会主席", "支部书记", BRANCHES),
    ("主席", "党支部书记", UNITS + COMPANIES),
)
TEAM, TEAM_UP = "repair-2", "repair"
# Month | topic | who among the team teaches (by number), none where it is not known yet
STEPS = (
    (2, "安全操作规程和班组安全确认", 1),
    (3, "液压系统图怎么看", 2),
    (5, "轴承拆装与间隙测量", 3),
    (7, "新数控机床的日常点检", 2),
    (9, "焊接缺陷的辨认", 3),
    (10, "振动测量与故障判断", 1),
    (12, "一年检修案例复盘", None),
)
GAINS = "每人讲一条自己碰到过的，记在班组案例本上。"
# days ago | shift | theme | step it carried out | teacher
SESSIONS = (
    (58, "before", "轴承拆装与间隙测量", 2, 3),
    (44, "after", "振动测量与故障判断", 5, 1),
    (30, "spare", "班组案例本第一次复盘", None, None),
    (16, "before", "冬季设备防冻", None, 2),
    (3, "before", "进口主轴换油步骤", None, 3),
)


@dataclass
class _Team:
    """The team whose year is played, with its leader and members."""

    org: Org
    leader: Actor
    members: list[Person]


def build_teams(lives: Lives) -> None:
    """Stages and the register of the city, who answers in the freight union, one team's year."""
    for body, name, first, last, test, words in STAGES:
        year, by = lives.today.year, lives.able("learning.write", body)
        api.lay_stage(
            lives.seed.orgs[body], by=by, name=name, first_year=year + first,
            last_year=year + last, test=test, words=words,
        )  # fmt: skip
    _register(lives)
    _answer(lives)
    org = lives.seed.orgs[TEAM]
    people = Person.objects.active().filter(org=org).select_related("org").order_by("pk")
    leader = lives.actor(lives.seed.account_person("team"))
    team = _Team(org, leader, [one for one in people if one != leader.person])
    _study(lives, team)
    _improve(lives, team)
    _praise(lives, team)


def _register(lives: Lives) -> None:
    by = lives.able("learning.write", "city")
    for months, bodies in TAKING.items():
        for body in bodies:
            since = lives.today - timedelta(days=30 * months)
            api.enlist(lives.seed.orgs[body], since=since, by=by)
    for body in UNITS:
        api.enlist(lives.seed.orgs[body], since=date(lives.today.year, 3, 1), by=by)


def _answer(lives: Lives) -> None:
    """A party secretary answers first, the chair specifically (R-066); some have named nobody."""
    for title, secretary, bodies in ANSWERING:
        orgs = [lives.seed.orgs[body] for body in bodies]
        Post.objects.held(lives.today).filter(org__in=orgs, title=title).update(duty=Duty.SPECIFIC)
        for org in orgs:
            free = Person.objects.active().filter(subtree(org.path, field="org"), posts=None)
            if first := free.order_by("pk").first():
                since = date(lives.today.year - 1, 1, 1)
                begin_post(first, org, title=secretary, since=since, duty=Duty.FIRST)


def _study(lives: Lives, team: _Team) -> None:
    teachers = [
        api.name_instructor(
            team.org, by=team.leader, person=team.members[at], source="member", field=field
        )
        for at, field in ((1, "安全与故障诊断"), (2, "液压与数控"), (3, "钳工和焊接"))
    ]
    plan = api.begin_plan(
        team.org, by=team.leader, year=lives.today.year, title="机修二班学习培训计划",
        needs="新产线投用，进口设备多；年内两人要考高级工。",
    )  # fmt: skip
    steps = [
        api.add_step(
            plan, month=month, topic=topic, by=team.leader,
            instructor=teachers[teacher - 1] if teacher else None,
        )
        for month, topic, teacher in STEPS
    ]  # fmt: skip
    for ago, shift, theme, step, teacher in SESSIONS:
        came = tuple(one for n, one in enumerate(team.members[:14]) if (n + ago) % 9)
        said = api.Said(
            theme=theme,
            shift=shift,
            starts_at=_at(lives.today - timedelta(days=ago), 17 if shift == "after" else 7),
            minutes=30,
            place="机修二班休息室",
            gains=GAINS,
            came=came,
            teacher=team.members[teacher] if teacher else None,
            step=steps[step] if step is not None else None,
        )
        api.note_study(team.org, said, by=team.leader)
    ahead = lives.today + timedelta(days=1)
    api.note_study(
        team.org,
        api.Said("年底检修安全交底", "before", _at(ahead, 7), 30, "机修二班休息室"),
        by=team.leader,
    )


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 30), timezone.get_current_timezone())


def _improve(lives: Lives, team: _Team) -> None:
    """One topic praised, one released, one worked at, one proposed."""
    people, by = team.members, team.leader
    facts = (
        ("缩短减速机检修时间", "efficiency", "每台检修用时", "小时", "9.5", "6", 150),
        ("降低检修返工率", "quality", "返工率", "%", "6.2", "3.5", 60),
        ("旧件修复再用", "cost", "每月备件费", "元", "18400", "", 0),
        ("班组工具定置管理", "management", "", "", "", "", 0),
    )
    for at, (title, field, measure, unit, before, after, ago) in enumerate(facts):
        topic = api.propose_topic(
            team.org, by=by, title=title, field=field, group=f"课题小组{'一二三四'[at]}",
            leader=people[at], members=people[at + 4 : at + 7], measure=measure, unit=unit,
            before=Decimal(before) if before else None, since=date(lives.today.year, 2, 1),
        )  # fmt: skip
        if at < 3:
            api.move_topic(topic, "start", by=by)
        if after:
            on = lives.today - timedelta(days=ago)
            api.move_topic(
                topic, "release", by=by, on=on, after=Decimal(after),
                result="做成作业指导卡，班组照卡作业。",
            )  # fmt: skip
        if at == 0:
            on = lives.today - timedelta(days=ago - 10)
            api.move_topic(topic, "praise", by=by, on=on, words="班前会表彰，奖小组工具一套。")


def _praise(lives: Lives, team: _Team) -> None:
    day, by = lives.today, team.leader
    shown = (
        ("learning", "每周一次班前十五分钟", 120),
        ("exchange", "每月一次“故障大家谈”", 80),
        ("sharing", "班组案例本，人人能查", 50),
    )
    for mechanism, title, ago in shown:
        on = max(day - timedelta(days=ago), date(day.year, 1, 1))
        api.show_evidence(team.org, by=by, mechanism=mechanism, title=title, on=on)
    given = (
        (3, "skill", "stage", "听音辨轴承", "凭听棒辨出轴承早期损伤，十次对九次。"),
        (2, "teaching", "team", "班组优秀教员", "全年讲四课，课课有实物。"),
        (1, "study", "study", "参加技师研修班", "案例本记得最全，考核第一。"),
    )
    for person, ground, way, what, reason in given:
        api.reward(
            team.org, by=by, person=team.members[person], ground=ground, reward=way, what=what,
            reason=reason, on=max(day - timedelta(days=20), date(day.year, 1, 1)),
        )  # fmt: skip
