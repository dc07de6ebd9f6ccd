"""The check of new chairs: the talk before and the training after they come to office (R-030)."""

from __future__ import annotations

from collections.abc import Iterable

from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.kit.dates import full_day
from gonghui.kit.deadlines import add_days

from ..models import ChairDuty, DutyKind
from .chairs import AREA

LIMITS = {
    DutyKind.TALK.value: "new_chair_talk_days",
    DutyKind.TRAINING.value: "new_chair_training_days",
}


def duties(sight: Sight) -> Iterable[Hit]:
    """Without a limit of its own a union is told of it, and nothing is called late."""
    rows = ChairDuty.objects.filter(sight.within(), done_on=None, post__until=None).order_by()
    for org, pk, path, name, kind, since in columns(
        rows, "org_id", "pk", "org__path", "person__name", "kind", "since"
    ):
        value = sight.at(LIMITS[kind], path)
        late = value is not None and sight.day > add_days(since, value.value)
        words = f"主席{name}自 {full_day(since)}任职，还没有{DutyKind(kind).label}。"
        yield Hit(org, words, pk, values=(value,), severity="warn" if late else "info")


declare(
    Check(
        "R-030",
        "新任主席没有谈话或培训",
        AREA,
        "warn",
        "请安排任前谈话和岗位培训，办好以后登记日期和谈话人、培训班。",
        duties,
        "elections.chairduty",
        basis="建立新任职工会主席任前谈话和岗位培训制度",
        uses=tuple(LIMITS.values()),
        touched_by=("elections.chairduty", "people.post"),
    )
)
