"""Sending a form down for a period, handing it on, and reminding those who have not filed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.editions.models import EditionState
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError

from ..models import Collection, Filing, FilingState, Form
from ..queries.collections import keeps_due, missing_below, missing_of, units_below

VERBS |= {
    "send_form": "下发",
    "extend_form": "下发给更多单位",
    "remind_form": "催报",
    "move_due": "改上报期限",
}
BATCH = 1000


@transaction.atomic
def send(
    form: Form, units: Iterable[Org], period: Period, *, due_on: date, words: str = "", by: Actor
) -> Collection:
    """Ask units below for a form; the sender has one too, in which all are summed."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    if form.state != EditionState.ISSUED:
        raise DomainError("报表印发以后才能下发。")
    if due_on <= period.end:
        raise DomainError("上报期限要在报告期结束以后。")
    days = {"since": period.start, "until": period.end}
    if Collection.objects.filter(form=form, **days).exists():
        raise DomainError("这张报表的这一期已经下发，可以在那里增加单位。")
    made = Collection.objects.create(
        org=form.org, form=form, due_on=due_on, words=words.strip(), sent_by=by.person, **days
    )
    Filing.objects.create(org=form.org, collection=made)
    told = _add(made, form.org, units)
    record(made, "send_form", by=by, changes={"units": _names(told)}, is_new=True)
    emit(made, "send_form", by=by, filings=told)
    return made


@transaction.atomic
def extend(filing: Filing, units: Iterable[Org], *, by: Actor) -> list[Filing]:
    """Ask more units below one that has the form itself; refused once it was handed in."""
    locked = Filing.objects.select_for_update().get(pk=filing.pk)
    if not locked.is_open:
        raise DomainError("本单位已经上报，不能再下发。要增加单位，请先请上级退回。")
    told = _add(locked.collection, locked.org, units)
    record(locked, "extend_form", by=by, changes={"units": _names(told)})
    emit(locked.collection, "send_form", by=by, filings=told)
    return told


def _add(collection: Collection, sender: Org, units: Iterable[Org]) -> list[Filing]:
    """A filing for each unit that has none, below that of the nearest unit above it."""
    chosen = {unit.pk: unit for unit in units}
    below = units_below(sender, depth="all").filter(pk__in=chosen)
    known = set(below.values_list("pk", flat=True))
    if strange := next((unit for pk, unit in chosen.items() if pk not in known), None):
        raise DomainError(f"「{strange}」不是「{sender}」的下级工会，不能向它下发。")
    rows = Filing.objects.select_for_update(of=("self",)).filter(collection=collection)
    held = {one.org.path: one for one in rows.select_related("org")}
    free = {path for path, one in held.items() if one.state == FilingState.LET_OFF}
    added = []
    for unit in sorted(chosen.values(), key=lambda one: one.path):
        if unit.path not in held:
            asked = {path: one for path, one in held.items() if path not in free}
            held[unit.path] = _placed(Filing(org=unit, collection=collection), asked)
            added.append(held[unit.path])
    if not added:
        raise DomainError("请选至少一个还没有收到这张报表的单位。")
    _put_below(added, held)
    return added


def _placed(filing: Filing, held: dict[str, Filing]) -> Filing:
    filing.above = _nearest(filing.org, held)
    if filing.above and not filing.above.is_open:
        raise DomainError(f"「{filing.above.org}」已经上报，不能再向它的下级下发。")
    filing.save()
    return filing


def _put_below(added: list[Filing], held: dict[str, Filing]) -> None:
    """What lies below a unit that came in between is summed there from now on."""
    moved = []
    for one in held.values():
        nearest = _nearest(one.org, held)
        if nearest in added and one not in added and one.above != nearest:
            one.above = nearest
            moved.append(one)
    Filing.objects.bulk_update(moved, ["above"], batch_size=BATCH)


def _nearest(org: Org, held: dict[str, Filing]) -> Filing | None:
    above = reversed(org.ancestor_paths())
    return next((held[path] for path in above if path in held and path != org.path), None)


@transaction.atomic
def remind(collection: Collection, *, by: Actor) -> list[Filing]:
    """Remind the units that have not handed in, and only those."""
    Collection.objects.select_for_update().get(pk=collection.pk)
    return _remind(collection, missing_of(collection), by=by)


@transaction.atomic
def remind_below(filing: Filing, *, by: Actor) -> list[Filing]:
    """The same by a unit in between, for those below it."""
    locked = Filing.objects.select_for_update().get(pk=filing.pk)
    return _remind(locked, missing_below(locked), by=by)


def _remind(sender: Collection | Filing, rows: Iterable[Filing], *, by: Actor) -> list[Filing]:
    missing = list(rows)
    if not missing:
        raise DomainError("各单位都已上报，不用催报。")
    pks = [one.pk for one in missing]
    Filing.objects.filter(pk__in=pks).update(reminded_at=timezone.now())
    record(sender, "remind_form", by=by, changes={"units": _names(missing)})
    emit(sender, "remind_form", by=by, filings=missing)
    return missing


@transaction.atomic
def move_due(collection: Collection, *, due_on: date, reason: str, by: Actor) -> Collection:
    """Another last day, sooner or later; those who have not handed in are told."""
    locked = Collection.objects.select_for_update().get(pk=collection.pk)
    if why := keeps_due(locked):
        raise DomainError(why)
    if due_on <= locked.until or due_on < timezone.localdate():
        raise DomainError("上报期限要在报告期结束以后，最早是今天。")
    if due_on == locked.due_on:
        raise DomainError(f"上报期限现在就是 {due_on}。")
    before, locked.due_on = locked.due_on, due_on
    locked.save(update_fields=["due_on"])
    changes = {"due_on": [before.isoformat(), due_on.isoformat()], "reason": reason}
    record(locked, "move_due", by=by, changes=changes)
    emit(locked, "move_due", by=by, filings=list(missing_of(locked)), reason=reason)
    return locked


def _names(filings: Iterable[Filing]) -> str:
    return "、".join(str(one.org) for one in filings)
