"""The organiser says what ranks are worth to the teams of an activity."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import VERBS, record
from gonghui.core.screens.panels import WORDS
from gonghui.core.signing.models import Quota
from gonghui.kit.errors import DomainError

from ..models import Scoring
from .recording import open_record

VERBS |= {"scoring": "定团体计分"}
WORDS |= {"scoring": "团体计分"}


@transaction.atomic
def set_scoring(
    activity: Activity,
    points: Sequence[int],
    *,
    by: Actor,
    together: Collection[Quota] = (),
    times: int = 1,
) -> Scoring:
    """Points of the first, the second and so on; none where teams are not counted."""
    kept = open_record(activity)
    if any(after > before for before, after in pairwise(points)):
        raise DomainError("后面的名次不能比前面的名次得分高，请核对。")
    if any(one.activity_id != kept.pk or not one.name for one in together):
        raise DomainError("这个活动没有这一项。")
    scoring, _ = Scoring.objects.get_or_create(activity=kept)
    before = _told(scoring)
    scoring.points, scoring.times = list(points), times
    scoring.save(update_fields=["points", "times"])
    scoring.together.set(together)
    if before != (after := _told(scoring)):
        record(kept, "scoring", by=by, changes={"scoring": [before, after]})
    return scoring


def _told(scoring: Scoring) -> str:
    """第 1 名起 9、7、6 分；接力、拔河一队计一次，按 2 倍."""
    if not scoring.points:
        return ""
    told = f"第 1 名起 {'、'.join(map(str, scoring.points))} 分"
    items = "、".join(map(str, scoring.together.order_by("pk")))
    return f"{told}；{items}一队计一次，按 {scoring.times} 倍" if items else told
