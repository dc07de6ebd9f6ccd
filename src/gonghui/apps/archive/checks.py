"""Checks of the archive: units most of whose members have an empty one, what waits unconfirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count

from gonghui.core.credits.models import Credit
from gonghui.core.people.models import Membership, Standing
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import people_of, unions, unit_of, unit_of_body, units
from gonghui.kit.dates import full_day
from gonghui.kit.law import less_than

from .models import Piece, State

AREA = "学习创争"
DAYS, SHARE = "archive_confirm_days", "archive_share_min"
YEAR = timedelta(days=365)


def empty(sight: Sight) -> Iterable[Hit]:
    """Of a unit's members, those with nothing that counts within a year; counts, never names."""
    known, homes, people = units(sight), unit_of_body(sight), people_of(sight)
    earned = Credit.objects.standing().filter(on__range=(sight.day - YEAR, sight.day))
    rows = Membership.objects.on(sight.day).filter(sight.below(), standing=Standing.MEMBER)
    rows = rows.filter(person__in=earned.order_by().values("person"))
    filled: dict[str, int] = defaultdict(int)
    grouped = rows.order_by().values("org_id").annotate(count=Count("pk"))
    for org, count in columns(grouped, "org_id", "count"):
        filled[homes.get(org, "")] += count
    for path, union in known.items():
        least, members = sight.at(SHARE, path), people[path].members
        if least and members and less_than(filled[path], members, least.value):
            words = (
                f"会员 {members} 人，近一年有 {members - filled[path]} 人的学习档案没有内容，"
                f"有内容的低于 {least.words}。"
            )
            yield Hit(union.pk, words, values=(least,))


def unconfirmed(sight: Sight) -> Iterable[Hit]:
    """Handed in longer ago than it may wait; named by its sort and day, not by its person."""
    known = unions(sight)
    rows = Piece.objects.filter(sight.below(), state=State.HANDED_IN, handed_in_on__lt=sight.day)
    for one in rows.select_related("org").order_by():
        path = unit_of(one.org.path, known)
        value = sight.at(DAYS, one.org.path)
        day = one.handed_in_on
        if path and value and day and day + timedelta(days=value.value) < sight.day:
            words = f"有一条“{one.sort.label}”{full_day(day)}交来，还没有确认或退回。"
            yield Hit(known[path].pk, words, about=one.pk, values=(value,))


declare(
    Check(
        "R-108",
        "学习档案没有内容",
        AREA,
        "info",
        "请看是没有学，还是学了没有记：记一本书只要写书名；活动完成记录后学时会自动进档案。",
        empty,
        "orgs.org",
        needs=(SHARE,),
        touched_by=("archive.piece",),
    )
)
declare(
    Check(
        "R-108B",
        "学习材料等待确认",
        AREA,
        "warn",
        "请看过材料后确认，或写明原因退回；确认以后才计入本人的学习档案。",
        unconfirmed,
        "archive.piece",
        act="去确认",
        needs=(DAYS,),
        touched_by=("archive.piece",),
    )
)
