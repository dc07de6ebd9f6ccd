"""Checks of records: what took place and is not on record, with what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from gonghui.core.activities.models import Activity, State
from gonghui.core.activities.sockets import lacking, with_parts
from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.rolling import unions, unit_of
from gonghui.kit.dates import full_day
from gonghui.kit.moments import midnight

DAYS = "activity_record_days"
# Over by the clock, whatever button was pressed; put off and called off took no place.
UNRECORDED = (State.ANNOUNCED, State.OPEN, State.CLOSED, State.HELD)


def unrecorded(sight: Sight) -> Iterable[Hit]:
    """Ended longer ago than a record may take; each names what its own still lacks."""
    known = unions(sight)
    over = Q(state__in=UNRECORDED, ends_at__lt=midnight(sight.day))
    rows = Activity.objects.filter(sight.below(), over)
    for one in with_parts(rows).select_related("org").order_by():
        path = unit_of(one.org.path, known)
        value = sight.at(DAYS, one.org.path)
        ended = timezone.localdate(one.ends_at)
        if path and value is not None and ended + timedelta(days=value.value) < sight.day:
            missing = "、".join(lacking(one))
            rest = f"记录还缺{missing}" if missing else "记录齐了，还没有按“完成记录”"
            words = f"“{one.title}”{full_day(ended)}结束，{rest}。"
            yield Hit(known[path].pk, words, about=one.pk, values=(value,))


declare(
    Check(
        "R-118",
        "活动没有记录",
        "活动",
        "warn",
        "请补上缺的内容，再按“完成记录”；没有办成的活动，请取消或者延期。",
        unrecorded,
        "activities.activity",
        act="去补记录",
        basis="每次学习做到有计划,有主题、有记录",
        needs=(DAYS,),
        touched_by=("activities.activity",),
    )
)
