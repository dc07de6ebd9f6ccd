"""The check of titles: whose term is ending, or ended lately, and nobody looked at them again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.rolling import unions, unit_of
from gonghui.kit.dates import full_day

from .models import State, Title

DAYS = "title_renewal_days"


def lapsing(sight: Sight) -> Iterable[Hit]:
    """Within so many days of the end of its term, before or after, neither renewed nor ended."""
    known = unions(sight)
    rows = Title.objects.filter(sight.below(), state=State.STANDING).select_related("org")
    for title in rows.order_by():
        path, value = unit_of(title.org.path, known), sight.at(DAYS, title.org.path)
        if path and value and abs(title.until - sight.day) <= timedelta(days=value.value):
            words = f"“{title}”有效期至 {full_day(title.until)}，还没有复评。"
            weight = "warn" if title.is_over(sight.day) else ""
            yield Hit(known[path].pk, words, about=title.pk, values=(value,), severity=weight)


declare(
    Check(
        "R-406",
        "称号到期没有复评",
        "评优",
        "info",
        "请复评：合格的按“复评合格”给下一期，不合格的按“降级”或“撤销”；不再评的，到期以后不再提示。",
        lapsing,
        "titles.title",
        act="去复评",
        basis="建立模范职工之家考核评分制度",
        needs=(DAYS,),
        touched_by=("titles.title",),
    )
)
