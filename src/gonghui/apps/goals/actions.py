"""Goals are set and their steps ticked; plans are kept, promised for and looked at."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from .models import Goal, GrowthPlan, Promise, Sort, Step
from .queries import servable

VERBS |= {
    "add_stage": "加阶段小目标", "mark_stage": "完成小目标", "drop_stage": "去掉小目标",
    "promise": "班组承诺", "settle_promise": "承诺结果",
}  # fmt: skip

M = TypeVar("M", Goal, GrowthPlan)


@transaction.atomic
def keep_goal(goal: Goal, *, by: Actor) -> Goal:
    """Put a goal on record, new or changed; what it serves must lie above it."""
    if _connects(goal) and not servable(goal).filter(pk__in=[goal.serves_id]).exists():
        raise DomainError("只能落实本组织或上级组织的目标，或自己的愿景；请换一个。")
    own = goal.served_by.filter(org=goal.org, person=goal.person) if goal.pk else None
    if own is not None and goal.sort != Sort.VISION and own.exists():
        raise DomainError("已有目标在落实这个愿景，不能改成目标。")
    return _keep(goal, by)


def _connects(goal: Goal) -> bool:
    """Whether it is made to serve another than before; what it served may be over by now."""
    before = Goal.objects.filter(pk=goal.pk).values_list("serves_id", flat=True).first()
    return goal.serves_id is not None and goal.serves_id != before


@transaction.atomic
def keep_plan(plan: GrowthPlan, *, by: Actor) -> GrowthPlan:
    """Put a plan on record, new or changed; a coach who was just named is told."""
    before = GrowthPlan.objects.filter(pk=plan.pk).values_list("coach", flat=True).first()
    is_new = plan.pk is None
    kept = _keep(plan, by)
    if is_new:
        events.emit(kept, "draft", by=by)
    if kept.coach_id is not None and kept.coach_id != before:
        events.emit(kept, "name_coach", by=by)
    return kept


def _keep(row: M, by: Actor) -> M:
    before = snapshot(type(row)._base_manager.select_for_update().get(pk=row.pk)) if row.pk else {}
    verb = "update" if row.pk else "create"
    try:
        row.full_clean()
    except ValidationError as error:
        raise DomainError("".join(error.messages)) from None
    row.save()
    record(row, verb, by=by, changes=changes_of(before, snapshot(row)))
    return row


@transaction.atomic
def add_step(goal: Goal, *, title: str, due_on: date | None = None, by: Actor) -> Step:
    """A small goal on the way."""
    _lock(goal)
    step = Step.objects.create(goal=goal, title=title, due_on=due_on)
    record(goal, "add_stage", by=by, changes={"step": title})
    return step


@transaction.atomic
def mark_step(step: Step, *, is_done: bool, by: Actor) -> Step:
    """Tick a small goal off today, or take the tick back; said twice it changes nothing."""
    _lock(step.goal)
    kept = Step.objects.select_for_update().get(pk=step.pk)
    if (kept.done_on is not None) == is_done:
        return kept
    kept.done_on = timezone.localdate() if is_done else None
    said = "完成" if is_done else "改回未完成"
    kept.save(update_fields=["done_on"])
    record(
        step.goal,
        "mark_stage",
        by=by,
        changes={"step": f"{kept.title}：{said}"},
    )
    return kept


@transaction.atomic
def drop_step(step: Step, *, by: Actor) -> None:
    """Take away a small goal that is not meant any more."""
    _lock(step.goal)
    record(step.goal, "drop_stage", by=by, changes={"step": step.title})
    step.delete()


@transaction.atomic
def promise(
    plan: GrowthPlan, *, words: str, keeper: str = "", due_on: date | None = None, by: Actor
) -> Promise:
    """The team promises a condition for somebody's plan."""
    _lock(plan)
    made = Promise.objects.create(plan=plan, words=words, keeper=keeper, due_on=due_on)
    record(plan, "promise", by=by, changes={"promise": words})
    events.emit(plan, "promise", by=by, words=words)
    return made


@transaction.atomic
def settle_promise(one: Promise, *, outcome: str, note: str = "", by: Actor) -> Promise:
    """Say whether a promise was kept; a broken one needs its reason."""
    if outcome == Promise.Outcome.BROKEN and not note.strip():
        raise DomainError("没有兑现的，请写明原因。")
    _lock(one.plan)
    kept = Promise.objects.select_for_update().get(pk=one.pk)
    kept.outcome, kept.note, kept.told_on = outcome, note, timezone.localdate()
    kept.save(update_fields=["outcome", "note", "told_on"])
    said = {"promise": kept.words, "note": note} if note else {"promise": kept.words}
    record(
        one.plan, "settle_promise", by=by, changes={"outcome": kept.get_outcome_display(), **said}
    )
    events.emit(one.plan, "settle", by=by, promise=kept)
    return kept


def _lock(row: models.Model) -> None:
    type(row)._base_manager.select_for_update().get(pk=row.pk)


# What follows are the effects of the steps of a plan's life.


def agree(plan: GrowthPlan, *, by: Actor, on: date | None = None) -> None:
    plan.agreed_on = on or timezone.localdate()
    plan.save(update_fields=["agreed_on"])


def look_half(plan: GrowthPlan, *, by: Actor, words: str) -> None:
    plan.half_words, plan.half_on = words, timezone.localdate()
    plan.save(update_fields=["half_words", "half_on"])


def look_year(plan: GrowthPlan, *, by: Actor, result: str, words: str) -> None:
    """At the end every promise is answered for, so that the plan is not judged one-sidedly."""
    if open_ones := plan.promises.filter(outcome="").count():
        raise DomainError(f"还有 {open_ones} 条班组承诺没有写结果，请先写明是否兑现。")
    plan.year_words, plan.year_on, plan.result = words, timezone.localdate(), result
    plan.save(update_fields=["year_words", "year_on", "result"])


def look_again(plan: GrowthPlan, **said: Any) -> None:
    plan.year_words, plan.year_on, plan.result = "", None, ""
    plan.save(update_fields=["year_words", "year_on", "result"])
