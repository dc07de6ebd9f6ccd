"""The checks of dismissals: the union is told before, and answered in writing (ORG-20)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q

from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import unions, unit_of
from gonghui.kit.dates import full_day
from gonghui.kit.deadlines import add_days

from .models import Dismissal

AREA = "维权"
LINK = "care.dismissal"
TOUCHED = (LINK,)
ANSWER = "dismissal_answer_days"
LAW = "工会法第二十二条；劳动合同法第四十三条"


def untold(sight: Sight) -> Iterable[Hit]:
    """Ended by now without the union having been told before the day."""
    late = Q(notified_on=None) | Q(notified_on__gte=F("ends_on"))
    rows = Dismissal.objects.filter(sight.below(), late, ends_on__lte=sight.day)
    known = unions(sight)
    for path, pk, name, ends, told in columns(
        rows, "org__path", "pk", "person__name", "ends_on", "notified_on"
    ):
        union = known.get(unit_of(path, known))
        if union is not None:
            when = f"{full_day(told)}才通知工会" if told else "没有通知工会"
            yield Hit(union.pk, f"单位 {full_day(ends)}解除{name}的合同，{when}。", pk)


def unanswered(sight: Sight) -> Iterable[Hit]:
    """The union asked to think again, and the days for a written answer are over."""
    rows = Dismissal.objects.filter(sight.below(), objected_on__lt=sight.day, answered_on=None)
    known = unions(sight)
    for path, pk, name, asked in columns(rows, "org__path", "pk", "person__name", "objected_on"):
        union, value = known.get(unit_of(path, known)), sight.at(ANSWER, path)
        if union is not None and value is not None and sight.day > add_days(asked, value.value):
            words = (
                f"工会 {full_day(asked)}要求单位重新研究{name}的解除合同，"
                f"{value.words}内没有书面答复。"
            )
            yield Hit(union.pk, words, pk, values=(value,))


declare(
    Check(
        "ORG-20",
        "单方解除合同没有事先通知工会",
        AREA,
        "block",
        "请向单位提出意见，要求把理由书面通知工会；已经事先通知的，补登通知日期。",
        untold,
        LINK,
        basis=LAW,
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "ORG-20B",
        "单位没有按期答复工会的意见",
        AREA,
        "warn",
        "请催单位书面答复处理结果；已经答复的，补登答复日期。",
        unanswered,
        LINK,
        basis=LAW,
        needs=(ANSWER,),
        touched_by=TOUCHED,
    )
)
