"""The check of forms: whose day has passed and who has not handed in."""

from __future__ import annotations

from collections.abc import Iterable

from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.rolling import unions, unit_of
from gonghui.kit.dates import full_day

from .models import EDITABLE, Filing, FilingState


def late(sight: Sight) -> Iterable[Hit]:
    """The last day has passed; never handed in, or sent back and not handed in again."""
    known = unions(sight)
    rows = Filing.objects.filter(
        sight.below(), state__in=EDITABLE, collection__due_on__lt=sight.day
    )
    for filing in rows.select_related("org", "collection__form").order_by():
        path = unit_of(filing.org.path, known)
        if path:
            due = full_day(filing.collection.due_on)
            rest = "退回后还没有再报" if filing.state == FilingState.RETURNED else "还没有上报"
            words = f"“{filing.collection}”应在 {due}前上报，{rest}。"
            yield Hit(known[path].pk, words, about=filing.pk)


declare(
    Check(
        "R-395",
        "报表逾期没有上报",
        "统计",
        "warn",
        "请填好后按“确认上报”；没有数的栏目写明原因也可以上报。",
        late,
        "statistics.filing",
        act="去填报",
        basis="开展并完成基层和基层以上工会调查统计工作",
        touched_by=("statistics.filing",),
    )
)
