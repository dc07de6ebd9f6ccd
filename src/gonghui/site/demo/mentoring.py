"""Brings people of the demo city together as mentors and apprentices, and lets them grow."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from gonghui.apps.mentoring import api
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from .lives import Lives

YEAR = timedelta(days=365)
LESSONS = (
    (70, "看图纸，认公差", "2", "能看懂三视图，形位公差还要再讲。"),
    (42, "对刀和首件检验", "1.5", "首件尺寸全部合格。"),
    (14, "更换主轴轴承", "3", "拆装顺序记下了，预紧力要多练。"),
)


def bring_on(lives: Lives) -> None:
    """A running pair of the member's, one that graduated, one that is asked; and the school."""
    _workshop(lives)
    _school(lives)


def _workshop(lives: Lives) -> None:
    org, by = lives.seed.orgs["machinery"], lives.able("learning.write", "machinery")
    mentor = lives.seed.account_person("team")
    apprentice = lives.seed.account_person("member")
    mates = list(
        Person.objects.active()
        .filter(org=mentor.org)
        .exclude(pk__in=[mentor.pk, apprentice.pk])[:3]
    )
    pair = _agreed(lives, org, mentor, apprentice, "机床维修", 90)
    for days, what, hours, words in LESSONS:
        day = lives.today - timedelta(days=days)
        facts = {"what": what, "hours": Decimal(hours), "words": words}
        lesson = api.write_lesson(pair, by=lives.actor(mentor), on=day, **facts)
        if days != LESSONS[-1][0]:
            api.confirm_lesson(lesson, by=lives.actor(apprentice))
    if len(mates) == 3:
        done = _agreed(lives, org, mentor, mates[0], "设备点检", 400)
        on = lives.today - timedelta(days=30)
        api.step(
            done, "graduate", by=by, on=on, grade="excellent", verdict="能独立完成点检和小修。"
        )
        api.pair_up(
            org, mates[1], mates[2], by=by, field="液压系统维修", since=lives.today,
            until=lives.today + YEAR,
        )  # fmt: skip
    on = lives.today - timedelta(days=120)
    api.recognise(
        org, mentor, "skill", on=on, evidence="带班组完成进口磨床大修，停机时间缩短一半。", by=by
    )


def _agreed(
    lives: Lives, org: Org, mentor: Person, apprentice: Person, field: str, days: int,
    track: api.Track | None = None,
) -> api.Pair:  # fmt: skip
    """Proposed by the union, agreed by both, begun."""
    since = lives.today - timedelta(days=days)
    by = lives.able("learning.write", "machinery" if track is None else "school")
    pair = api.pair_up(
        org, mentor, apprentice, by=by, field=field, since=since, until=since + YEAR, track=track,
        goal="一年内能独立上岗。", mentor_promise="每月至少带教两次，手把手教。",
        apprentice_promise="虚心学，勤记录，按期达到目标。",
    )  # fmt: skip
    api.step(pair, "mentor_agree", by=lives.actor(mentor))
    api.step(pair, "apprentice_agree_too", by=lives.actor(apprentice))
    return api.step(pair, "begin", by=lives.actor(mentor))


def _school(lives: Lives) -> None:
    """The shipped scheme with its empty names, tiers, a degree target, a journey to Shanghai."""
    org, by = lives.seed.orgs["school"], lives.able("learning.write", "school")
    track = api.adopt(org, "new_teacher", by=by)
    teachers = list(
        Person.objects.active().filter(org=lives.seed.orgs["school-8"]).order_by("pk")[:6]
    )
    pair = _agreed(lives, org, teachers[0], teachers[1], "班级管理和备课", 380, track)
    first = track.milestones.order_by("months", "pk")[0]  # type: ignore[attr-defined]  # the other end of the app's own key
    on = lives.today - timedelta(days=20)
    api.pass_milestone(pair, first, on=on, words="公开课受到好评。", by=lives.actor(teachers[0]))
    ladder = api.keep_ladder(
        org, "三年以上教师分层培养",
        [("合格教师", "听课、评课，每学期一节汇报课。"), ("骨干教师", "承担课题，带一名新教师。")],
        by=by,
    )  # fmt: skip
    low, high = ladder.tiers.all()  # type: ignore[attr-defined]  # likewise
    for at, teacher in enumerate(teachers[2:]):
        since = lives.today - timedelta(days=300)
        api.place_person(teacher, high if at == 0 else low, since=since, by=by, reason="学年考核")
    api.set_target(
        org, by=by, title="教师高一层次学历", qualifying="30", over=90, bachelor=30,
        source="学习型学校创建方案：“争超90%；其中本科学历达30%以上”",
    )  # fmt: skip
    _journey(lives, org, teachers)


def _journey(lives: Lives, org: Org, teachers: list[Person]) -> None:
    by = lives.able("learning.write", "school")
    begin = lives.today + timedelta(days=40)
    offer = api.offer(
        org, by=by, title="课程改革研修", place="上海", since=begin,
        until=begin + timedelta(days=5), closes_on=lives.today + timedelta(days=10),
        places=2, funding=Decimal(3000),
        funded_by="学校培训经费", words="听课、评课，回校后向全组汇报。",
    )  # fmt: skip
    goings = [
        api.wish(offer, by=lives.actor(one), day=lives.today, words="课堂评价")
        for one in teachers[2:4]
    ]
    api.answer_wish(goings[0], by=by, outcome="chosen")
