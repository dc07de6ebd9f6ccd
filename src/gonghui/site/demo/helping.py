"""Plays what associations and volunteers do: weekly evenings, partners, needs, shifts, hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from gonghui.apps.volunteering import api as volunteering
from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.series import begin_series
from gonghui.core.activities.engine.cadence import Cadence
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.lives import announce_series
from gonghui.core.activities.models import Activity
from gonghui.core.people.models import Person, Post
from gonghui.core.signing.actions.signing import Signing, sign_up, withdraw
from gonghui.core.signing.models import Registration

from .lives import Lives

TITLES = ("会长", "部长")
# body | what it does each week | weekday from Monday | place
EVENINGS = (
    ("machinery-ball", "羽毛球周练", 2, "厂体育馆"),
    ("gas-badminton", "羽毛球活动日", 3, "燃气公司体育馆"),
    ("gas-brush", "书画研习", 1, "职工之家"),
)
# name | sort | address | person
PARTNERS = (
    ("柳岸社区居民委员会", "community", "柳岸路 18 号", "社区主任"),
    ("建湖社区居民委员会", "community", "建湖巷 6 号", "社工站"),
    ("大学团委", "league", "大学行政楼", "青年志愿者工作部"),
    ("大学志愿服务总队", "corps", "大学学生活动中心", "总队办公室"),
)
# partner | title | words | count and unit agreed | the activities held for it
NEEDS = (
    ("柳岸社区居民委员会", "社区义务家教", "放学后辅导小学生作业。", 12, "名学生", "社区义务家教"),
    ("柳岸社区居民委员会", "慰问孤寡老人", "打扫、聊天、量血压。", 6, "位老人", "看望孤寡老人"),
    ("大学团委", "共青文明岗", "按团委方案，各班轮流值守。", None, "", "共青文明岗值守"),
    ("大学志愿服务总队", "迎新引导", "新生报到时引路、搬行李。", None, "", "迎新志愿服务"),
)
NEXT = ("建湖社区居民委员会", "周末义务家教", "辅导小学生作业，陪读。", 8, "名学生")


def help_out(lives: Lives) -> None:
    """After the year's gatherings, which some of the needs were served by."""
    for body, title, weekday, place in EVENINGS:
        _weekly(lives, body, title, weekday, place)
    _volunteer(lives)


def _leader(lives: Lives, body: str) -> Actor:
    """Who leads the body by a post, which is all the right there is."""
    held = Post.objects.held(lives.today).filter(org=lives.seed.orgs[body], title__in=TITLES)
    return lives.actor(held.select_related("person__org").order_by("pk")[0].person)


def _weekly(lives: Lives, body: str, title: str, weekday: int, place: str) -> None:
    """The leader plans and announces; members are signed up, and one says they cannot come."""
    leader = _leader(lives, body)
    made = begin_series(
        lives.seed.orgs[body],
        Cadence(most=4, weekday=weekday),
        by=leader,
        title=title,
        kind="association",
        theme="每周一期，每月四期",
        place=place,
        organiser=leader.person,
        since=lives.today + timedelta(days=1),
        until=lives.today + timedelta(days=56),
        starts_at=time(18, 30),
        ends_at=time(20, 30),
        signs_members=True,
    )
    announce_series(made.series, by=leader)
    signed = Registration.objects.filter(activity__series=made.series, status="signed")
    one = signed.exclude(person=leader.person).select_related("person__org", "activity").first()
    if one is not None and one.person is not None:
        withdraw(one, by=lives.actor(one.person))


def _volunteer(lives: Lives) -> None:
    org, leader = lives.seed.orgs["volunteer"], _leader(lives, "volunteer")
    partners = {
        name: volunteering.keep_partner(
            org, by=leader, name=name, sort=sort, address=address, person=person
        )
        for name, sort, address, person in PARTNERS
    }
    for partner, title, words, count, unit, held in NEEDS:
        need = volunteering.keep_need(
            partners[partner], by=leader, title=title, words=words, count=count, unit=unit
        )
        found = Activity.objects.filter(org=org, title=held).first()
        if found is not None:
            volunteering.served_by(need, found, by=leader)
    partner, title, words, count, unit = NEXT
    need = volunteering.keep_need(
        partners[partner], by=leader, title=title, words=words, count=count, unit=unit
    )
    _serve(lives, need, leader)


def _serve(lives: Lives, need: volunteering.Need, leader: Actor) -> None:
    """Two shifts next week; the first is full, the second still wants people."""
    activity = volunteering.plan_for(need, by=leader)
    day = lives.today + timedelta(days=8)
    for title, hour, places in (("上午班", 9, 6), ("下午班", 14, 10)):
        start = timezone.make_aware(datetime.combine(day, time(hour)))
        turn = volunteering.Turn(title, start, start + timedelta(hours=3), places)
        volunteering.add_shift(activity, turn, by=leader)
    for step in ("announce", "open"):
        LIFE.perform(activity, step, by=leader)
    activity.refresh_from_db()
    people = Person.objects.active().filter(org=activity.org).select_related("org").order_by("pk")
    first, second = activity.quotas.order_by("pk")
    chosen = [(one, first if at < 8 else second) for at, one in enumerate(people[:12])]
    sign_up(activity, [Signing(one, quotas=(quota,)) for one, quota in chosen], by=leader)
