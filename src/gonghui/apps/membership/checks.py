"""Checks of membership: a low rate, in all and by employment, and rates that lie far apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Q

from gonghui.core.people.models import Employment, Membership, Standing
from gonghui.core.watch.checking import Check, Find, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import uneven, unit_of_body, units
from gonghui.kit.law import less_than

AREA = "会籍"
LINK = "orgs.org"
ALL = ""

Counts = dict[tuple[str, str], list[int]]  # (unit's path, employment) → members, all


def _counts(sight: Sight) -> Counts:
    """Members and all workers by unit and employment; people of retained standing are neither."""
    homes = unit_of_body(sight)
    rows = Membership.objects.on(sight.day).filter(sight.below())
    rows = rows.exclude(standing=Standing.RETAINED).order_by()
    member = Count("pk", filter=Q(standing=Standing.MEMBER))
    grouped = rows.values("org_id", "employment").annotate(members=member, all=Count("pk"))
    found: Counts = defaultdict(lambda: [0, 0])
    for org, employment, members, count in columns(
        grouped, "org_id", "employment", "members", "all"
    ):
        unit = homes.get(org, "")
        for kind in {employment, ALL}:
            found[unit, kind][0] += members
            found[unit, kind][1] += count
    return found


def low_rate(key: str, kind: str, label: str) -> Find:
    """A check of one kind of employment against its own standard."""

    def find(sight: Sight) -> Iterable[Hit]:
        known = units(sight)
        for (path, employment), (members, count) in sight.once(_counts).items():
            union, value = known.get(path), sight.at(key, path)
            if employment != kind or union is None or value is None:
                continue
            if less_than(members, count, value.value):
                words = f"{label} {count} 人，会员 {members} 人，入会率低于 {value.words}。"
                yield Hit(union.pk, words, part=kind or "all", values=(value,))

    return find


def far_apart(sight: Sight) -> Iterable[Hit]:
    """An upper union whose units' rates lie further apart than its standard allows."""
    rates = {
        path: (members, count)
        for (path, employment), (members, count) in sight.once(_counts).items()
        if employment == ALL
    }
    return uneven(sight, rates, "rate_spread_max", "入会率")


def _declare(code: str, key: str, kind: str, label: str) -> None:
    declare(
        Check(
            code,
            f"{label}入会率低",
            AREA,
            "warn",
            "请了解没有入会的原因，宣传、上门、网上多种方式吸收入会；名单见人员。",
            low_rate(key, kind, label),
            LINK,
            basis="入会率低于本级规定的要求",
            needs=(key,),
            touched_by=("people.person", "membership.transfer"),
        )
    )


_declare("R-449", "rate_min", ALL, "职工")
for _kind in Employment:
    _declare(f"R-449-{_kind.value}", f"rate_min_{_kind.value}", _kind.value, f"{_kind.label}人员")

declare(
    Check(
        "R-451",
        "各单位发展不平衡",
        AREA,
        "warn",
        "请到差距大的单位了解情况、重点帮助；各单位的入会率见会员统计。",
        far_apart,
        LINK,
        basis="各单位入会率的差距超过本级规定的要求",
        # A change in one unit is looked at when the whole tree is, once a day.
        needs=("rate_spread_max",),
    )
)
