"""The check of working time given by committee members who are not full-time (ORG-19)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, Min, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth

from gonghui.core.orgs.models import Function
from gonghui.core.people.models import Post
from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.kit.amounts import plain
from gonghui.kit.deadlines import add_months

from .models import OfficeTime

LIMIT = "part_time_days_a_month"


def too_much(sight: Sight) -> Iterable[Hit]:
    """In this month or the one before, by whoever was not full-time in that union then."""
    first = add_months(sight.day.replace(day=1), -1)
    rows = OfficeTime.objects.filter(sight.within(), on__gte=first, on__lte=sight.day)
    held = Post.objects.filter(person=OuterRef("person"), full_time=True)
    held = held.filter(Q(until=None) | Q(until__gte=OuterRef("on")), since__lte=OuterRef("on"))
    own = Q(org=OuterRef("org")) | Q(org__parent=OuterRef("org"), org__function=Function.UNION)
    sums = (
        rows.filter(~Exists(held.filter(own)))
        .annotate(month=TruncMonth("on"))
        .order_by()
        .values("org", "org__path", "person", "person__name", "month")
        .annotate(total=Sum("days"), first=Min("pk"))
    )
    for row in sums:
        value = sight.at(LIMIT, row["org__path"])
        if value is not None and row["total"] > value.value:
            words = (
                f"{row['person__name']} {row['month']:%Y 年 %-m 月}占用工作时间"
                f" {plain(row['total'])} 个工作日，超过 {value.words}。"
            )
            part = f"{row['month']:%Y-%m}/{row['person']}"
            yield Hit(row["org"], words, row["first"], part=part, values=(value,))


declare(
    Check(
        "ORG-19",
        "非专职委员占用工作时间过多",
        "主席和委员",
        "info",
        "法律保障的是每月三个工作日，再多要与单位商定；商定了的，可以认领并写明，或者按本级的规定改标准。",
        too_much,
        "cadres.officetime",
        act="去看登记",
        basis="工会法第四十一条：非专职委员占用生产或者工作时间，每月不超过三个工作日，工资照发",
        needs=(LIMIT,),
        touched_by=("cadres.officetime", "people.post"),
    )
)
