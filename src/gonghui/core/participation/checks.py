"""Checks of activities: a union that hardly holds any, members most of whom never come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count

from gonghui.core.people.models import Membership, Standing
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import people_of, unit_of_body, units
from gonghui.kit.dates import Period
from gonghui.kit.law import less_than

from .queries.shares import attended, held_in

AREA = "活动"
LINK = "orgs.org"
FEW, SHARE = "activities_year_min", "participation_share_min"
YEAR = timedelta(days=365)


def _year(day: date) -> Period:
    return Period(day - YEAR, day)


def few_activities(sight: Sight) -> Iterable[Hit]:
    """A unit that stands for a year and held fewer in it, with all below it."""
    known, homes = units(sight), unit_of_body(sight)
    held: dict[str, int] = defaultdict(int)
    rows = held_in(_year(sight.day)).filter(sight.below())
    grouped = rows.order_by().values("org_id").annotate(count=Count("pk"))
    for org, count in columns(grouped, "org_id", "count"):
        held[homes.get(org, "")] += count
    old = set(_standing_a_year(sight))
    for path, union in known.items():
        least = sight.at(FEW, path)
        if union.pk in old and least and held[path] < least.value:
            words = f"近一年办了 {held[path]} 次活动，少于 {least.words}。"
            yield Hit(union.pk, words, values=(least,))


def _standing_a_year(sight: Sight) -> Iterable[int]:
    """What was founded less than a year ago has not had the year yet."""
    fresh = sight.unions().filter(since__gt=sight.day - YEAR)
    return sight.unions().exclude(pk__in=fresh.values("pk")).values_list("pk", flat=True)


def low_share(sight: Sight) -> Iterable[Hit]:
    """Of a unit's members, those who came to anything at all within the year."""
    known, homes, people = units(sight), unit_of_body(sight), people_of(sight)
    came: dict[str, int] = defaultdict(int)
    rows = Membership.objects.on(sight.day).filter(sight.below(), standing=Standing.MEMBER)
    rows = rows.filter(person__in=attended(_year(sight.day)).values("person"))
    grouped = rows.order_by().values("org_id").annotate(count=Count("pk"))
    for org, count in columns(grouped, "org_id", "count"):
        came[homes.get(org, "")] += count
    for path, union in known.items():
        least, members = sight.at(SHARE, path), people[path].members
        if least and members and less_than(came[path], members, least.value):
            words = (
                f"会员 {members} 人，近一年有 {members - came[path]} 人没有参加过活动，"
                f"参加面低于 {least.words}。"
            )
            yield Hit(union.pk, words, values=(least,))


declare(
    Check(
        "R-450",
        "活动不多",
        AREA,
        "info",
        "请按职工的需要安排活动，节日前后的可以照去年的再办；办过没有记录的，请补上记录。",
        few_activities,
        LINK,
        basis="少数单位的工会组织活动不多，活力不够",
        needs=(FEW,),
        touched_by=("activities.activity",),
    )
)
declare(
    Check(
        "R-349",
        "参加活动的会员少",
        AREA,
        "info",
        "请看没有参加过的是哪些人，问问他们想要什么活动；名单见活动参加情况。",
        low_share,
        LINK,
        basis="活动要体现广泛性、群众性、参与性、娱乐性",
        needs=(SHARE,),
        touched_by=("activities.activity",),
    )
)
