"""Passing a task down to units below, and what each of them does with it (R-006, R-422)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach_all
from gonghui.core.flow.events import emit
from gonghui.core.flow.life import flows
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError

from ..models import Directive, DirectiveState, Item, Kind, Occurrence, Plan
from ..queries.passing import DEPTHS, units_below
from .cadence import months_of
from .sections import room_in
from .turns import turns_of

VERBS |= {"send_down": "下达", "remind": "催办"}

SECTION = "上级下达"
BATCH = 1000
# A unit that has done neither of its two steps, or has to report anew, can be reminded.
WAITING = (DirectiveState.SENT, DirectiveState.ACCEPTED, DirectiveState.RETURNED)


@transaction.atomic
def send_down(
    item: Item, units: Iterable[Org], *, words: str = "", due_on: date | None = None, by: Actor
) -> list[Directive]:
    """Send a task to units below its union; a unit that has it already is left alone.

    One entry in the task's history names the units; the directives carry who sent them and when.
    """
    kept = Item.objects.select_for_update(of=("self",)).select_related("plan", "org")
    item = kept.get(pk=item.pk)
    if not item.is_task:
        raise DomainError("只有任务可以下达，章节和说明不能。请选它下面的任务。")
    if not item.plan.is_open:
        raise DomainError("计划印发以后，才能下达其中的任务。")
    chosen = {unit.pk: unit for unit in units}
    _check_below(item.org, chosen)
    has = set(item.directives.values_list("org_id", flat=True))
    new = [unit for pk, unit in chosen.items() if pk not in has]
    if not new:
        raise DomainError("所选单位都已收到这项任务，不用再下达。")
    sent = [
        Directive(org=u, item=item, words=words.strip(), due_on=due_on, sent_by=by.person)
        for u in new
    ]
    sent = Directive.objects.bulk_create(sent, batch_size=BATCH)
    told = {"units": "、".join(str(unit) for unit in new), "due_on": due_on, "words": words.strip()}
    record(item, "send_down", by=by, changes={k: v for k, v in told.items() if v})
    emit(item, "send_down", by=by, directives=sent)
    return sent


def send_to(
    item: Item, *, to: str, units: Iterable[Org], words: str, due_on: date | None, by: Actor
) -> list[Directive]:
    """Send a task to the named units, or to all of a depth below its union, as several at once."""
    below = units_below(item.org, depth=to) if to in DEPTHS else units
    chosen = list(below)
    if not chosen:
        raise DomainError(f"「{item.org}」没有下级工会，不能下达。")
    return send_down(item, chosen, words=words, due_on=due_on, by=by)


def _check_below(org: Org, chosen: dict[int, Org]) -> None:
    below = units_below(org, depth="all").filter(pk__in=chosen)
    known = set(below.values_list("pk", flat=True))
    if strange := next((unit for pk, unit in chosen.items() if pk not in known), None):
        raise DomainError(f"「{strange}」不是「{org}」的下级工会，不能向它下达。")


@transaction.atomic
def accept(directive: Directive, *, by: Actor, plan: Plan) -> Item:
    """Let the task join an open plan of the receiving unit, below the section 上级下达."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.org_id != directive.org_id:
        raise DomainError("上级任务只能列入本单位自己的计划。")
    if not plan.is_open:
        raise DomainError(f"「{plan}」现在不在执行，请选一份已印发或执行中的计划。")
    item = _joined(directive, plan)
    _repeat(item, directive)
    directive.accepted_as = item
    directive.save(update_fields=["accepted_as"])
    record(item, "create", by=by, changes={"from": str(directive.item.org)})
    return item


def _joined(directive: Directive, plan: Plan) -> Item:
    """The unit's own task; figures promised above are the upper union's and are not copied."""
    above = directive.item
    due_on = directive.due_on or above.due_on
    starts_on = above.starts_on if above.starts_on and due_on else None
    section, position = room_in(plan, SECTION, 1)
    return Item.objects.create(
        plan=plan,
        org=plan.org,
        parent=section,
        position=position,
        depth=section.depth + 1,
        kind=Kind.TASK,
        text=above.text,
        months=[directive.due_on.month] if directive.due_on else above.months,
        due=f"{due_on:%m-%d}" if due_on else "",
        starts_on=min(starts_on, due_on) if starts_on and due_on else None,
        due_on=due_on,
        area=above.area,
        has_blank=above.has_blank,
    )


def _repeat(item: Item, directive: Directive) -> None:
    """Come round as the upper task does, from today on and within the day that was set.

    What is past the unit was never asked for; without a turn left it is a task done once.
    """
    above, last = directive.item, directive.due_on or item.plan.ends_on
    if not above.every:
        return
    item.every, item.since_year, item.when = above.every, above.since_year, above.when
    turns = [
        turn
        for turn in turns_of(item.plan, item, set(months_of(above)))
        if timezone.localdate() <= turn.due_on <= last
    ]
    if not turns:
        return
    Occurrence.objects.bulk_create(turns)
    item.starts_on, item.due_on = turns[0].starts_on, turns[0].due_on
    item.save(update_fields=["every", "since_year", "when", "starts_on", "due_on"])


@transaction.atomic
def report(
    directive: Directive,
    *,
    by: Actor,
    report: str,
    on: date,
    files: Sequence[Any] = (),
    own_done: bool = False,
) -> None:
    """Tell the upper union what was done, with its proof attached.

    ``own_done`` finishes the unit's own task with it, which is an entry of that task's history.
    """
    directive.report, directive.reported_on = report.strip(), on
    if not directive.report:
        raise DomainError("请写明办理情况，再上报。")
    directive.save(update_fields=["report", "reported_on"])
    attach_all(directive, files, by=by, role="report")
    own = directive.accepted_as
    if own_done and own and own.is_unfinished:
        flows["plans.item"].perform(own, "finish", by=by, on=on, note=directive.report)


def send_back(directive: Directive, *, by: Actor, reason: str) -> None:
    """Ask for a better report; the reason goes into the history and to the unit."""
    if not reason.strip():
        raise DomainError("请写明退回的原因，下级才知道要补什么。")


def finish_directive(directive: Directive, *, by: Actor) -> None:
    """Close what was reported; the unit's own task stays in the unit's hands."""
    if not directive.report:
        raise DomainError("还没有上报内容，不能办结。")


@transaction.atomic
def remind(item: Item, *, by: Actor) -> list[Directive]:
    """Remind the units that have not accepted or not reported, and only those."""
    waiting = list(
        Directive.objects.select_for_update(of=("self",))
        .filter(item=item, state__in=WAITING)
        .select_related("org")
    )
    if not waiting:
        raise DomainError("各单位都已上报，不用催办。")
    pks = [directive.pk for directive in waiting]
    Directive.objects.filter(pk__in=pks).update(reminded_at=timezone.now())
    record(item, "remind", by=by, changes={"units": "、".join(str(d.org) for d in waiting)})
    emit(item, "remind", by=by, directives=waiting)
    return waiting
