"""Binding promised figures to what is counted, writing them down by month, keeping them fresh."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach_all
from gonghui.core.history.trail import VERBS, record
from gonghui.core.indicators.reading import figures
from gonghui.core.indicators.registry import indicators
from gonghui.kit.errors import DomainError

from ..engine.binding import fits
from ..models import OPEN_STATES, Item, Plan, Reading, Target
from ..queries.measuring import bound_to, suggestion, window_of
from .items import held

VERBS |= {"actual": "记实际数", "bind": "指标由系统计算", "unbind": "指标改为按月填报"}


@transaction.atomic
def set_actual(
    target: Target,
    *,
    value: Decimal | None,
    on: date,
    by: Actor,
    note: str = "",
    files: Iterable[Any] = (),
) -> Target:
    """How far a figure no record counts had come by a day: one reading a month, with its proof.

    A second word about the same month corrects the first; an empty one takes it back.
    """
    held(target.item)
    locked = Target.objects.select_for_update().get(pk=target.pk)
    if locked.indicator:
        raise DomainError("这个指标由系统从记录里计算，不用填报。")
    before, month = target.actual, on.replace(day=1)
    if value is None:
        Reading.objects.filter(target=locked, month=month).delete()
    else:
        said = {"on": on, "value": value, "note": note, "by": by.person}
        reading, _ = Reading.objects.update_or_create(target=locked, month=month, defaults=said)
        attach_all(reading, files, by=by)
    last = Reading.objects.filter(target=locked).first()
    target.actual, target.actual_on = (last.value, last.on) if last else (None, None)
    target.save(update_fields=["actual", "actual_on"])
    record(target.item, "actual", by=by, changes={str(target): [before, target.actual], "on": on})
    return target


@transaction.atomic
def bind_target(target: Target, *, code: str, by: Actor, today: date) -> Target:
    """Let an indicator count a promised figure from now on; an empty code ends that.

    What was written down stays; the last of it is shown again when the binding ends.
    """
    item = held(target.item)
    before = bound_to(target)
    what = indicators.get(code) if code else None
    if code and (what is None or not fits(target.unit, what.unit)):
        raise DomainError("这个指标的计数单位和计划写的不一样，不能用来计算。")
    target.indicator = code
    if what is None:
        last = Reading.objects.filter(target=target).first()
        target.actual, target.actual_on = (last.value, last.on) if last else (None, None)
    else:
        _count(item.plan, [target], today)
    target.save(update_fields=["indicator", "actual", "actual_on"])
    verb = "bind" if what else "unbind"
    words = [before.title if before else None, what.title if what else None]
    record(item, verb, by=by, changes={str(target): words})
    return target


def count_anew(day: date) -> int:
    """What lists show of bound figures, counted again for plans that run on the day.

    A plan costs a question a source of records. A figure that stands as it stood is not written.
    """
    rows = Target.objects.exclude(indicator="").filter(
        item__plan__state__in=OPEN_STATES, item__plan__starts_on__lte=day
    )
    plans = Plan.objects.filter(pk__in=rows.values("item__plan")).select_related("org")
    changed = 0
    for plan in plans.iterator(chunk_size=500):
        own = list(rows.filter(item__plan=plan))
        before = {one.pk: (one.actual, one.actual_on) for one in own}
        _count(plan, own, day)
        new = [one for one in own if (one.actual, one.actual_on) != before[one.pk]]
        changed += Target.objects.bulk_update(new, ["actual", "actual_on"])
    return changed


def _count(plan: Plan, some: list[Target], today: date) -> None:
    wanted = {one.code: one for target in some if (one := bound_to(target))}
    found = figures(wanted.values(), plan.org, window_of(plan))
    for target in some:
        value = found[target.indicator].value if target.indicator in wanted else None
        target.actual = None if value is None else Decimal(value).quantize(Decimal("0.0001"))
        target.actual_on = None if value is None else min(today, plan.ends_on)


def bind_suggested(items: Iterable[Item], *, by: Actor, today: date) -> int:
    """Confirm every suggestion of these items at once; how many promises are counted now."""
    done = 0
    for item in items:
        for target in item.targets.all():
            what = None if target.indicator else suggestion(target, item)
            if what is not None and not target.readings.exists():
                bind_target(target, code=what.code, by=by, today=today)
                done += 1
    return done
