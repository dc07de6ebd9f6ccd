"""A team's plan is carried out step by step; a session beside the shift is put on record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.activities import Sitting, plan_activity
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.actions.checking import Note, take_notes
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.records.actions.recording import Given, keep_record, set_contributions
from gonghui.core.records.models import Contribution
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.kit.errors import DomainError

from ..models import Instructor, PlanStep, Shift, ShiftStudy, StudyPlan

VERBS |= {"add_step": "加一步", "mark_step": "计划步骤", "drop_step": "去掉一步"}


@dataclass(frozen=True)
class Said:
    """A session as the short form gives it: when, about what, who came, what came of it."""

    theme: str
    shift: str  # empty where nobody works in shifts
    starts_at: datetime
    minutes: int
    place: str = ""
    gains: str = ""
    came: tuple[Person, ...] = ()
    teacher: Person | None = None
    step: PlanStep | None = field(default=None)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@transaction.atomic
def note_study(org: Org, said: Said, *, by: Actor) -> Activity:
    """Put a session on record: an activity with attendance and record, finished.

    One that is still to come is only arranged and announced; its record follows when it was held.
    """
    is_over = said.ends_at <= timezone.now()
    if is_over and not said.came:
        raise DomainError("请勾选到场的人。")
    if is_over and not said.gains.strip():
        raise DomainError("请写一两句学了什么、有什么收获。")
    activity = plan_activity(
        org,
        by=by,
        sittings=[Sitting(said.starts_at, said.ends_at)],
        kind="study",
        title=f"{Shift(said.shift).label if said.shift else '集体'}学习：{said.theme}"[:100],
        theme=said.theme,
        programme=said.theme,
        place=said.place,
        organiser=by.person,
    )
    if said.shift:
        ShiftStudy.objects.create(activity=activity, shift=said.shift)
    LIFE.perform(activity, "announce", by=by)
    if is_over:
        _hold(activity, said, by)
    if said.step is not None:
        carry_step(said.step, activity=activity, is_done=is_over, by=by)
    return Activity.objects.get(pk=activity.pk)


def _hold(activity: Activity, said: Said, by: Actor) -> None:
    """Who came is signed up and marked at once; the record is finished, which gives the credits."""
    people = list(dict.fromkeys([*said.came, *([said.teacher] if said.teacher else [])]))
    places = sign_up(activity, [Signing(one) for one in people], by=by, on_the_spot=True)
    LIFE.perform(activity, "hold", by=by)
    session = activity.sessions.get()
    notes = [Note(uuid.uuid4(), "in", said.starts_at, registration=one.pk) for one in places]
    refused = [one.refused for one in take_notes(session, notes, by=by) if one.refused]
    if refused:
        raise DomainError(refused[0])
    keep_record(activity, minutes=said.theme, gains=said.gains, by=by)
    taught = [one for one in places if said.teacher and one.person_id == said.teacher.pk]
    given = [Given(one, Contribution.Kind.TAUGHT, said.theme[:200]) for one in taught]
    set_contributions(activity, given, by=by)
    LIFE.perform(activity, "record", by=by)


@transaction.atomic
def add_step(
    plan: StudyPlan, *, month: int, topic: str, instructor: Instructor | None = None, by: Actor
) -> PlanStep:
    """One more step of the year's plan."""
    StudyPlan.objects.select_for_update().get(pk=plan.pk)
    step = PlanStep.objects.create(plan=plan, month=month, topic=topic, instructor=instructor)
    record(plan, "add_step", by=by, changes={"step": str(step)})
    return step


@transaction.atomic
def carry_step(
    step: PlanStep, *, is_done: bool, activity: Activity | None = None, by: Actor
) -> PlanStep:
    """A step was carried out, by a session where there was one; or it was not after all."""
    StudyPlan.objects.select_for_update().get(pk=step.plan_id)
    kept = PlanStep.objects.select_related("plan").get(pk=step.pk)
    kept.done_on = (kept.done_on or timezone.localdate()) if is_done else None
    kept.activity = activity or kept.activity
    kept.save(update_fields=["done_on", "activity"])
    words = f"{kept}：{'完成' if is_done else '安排' if activity else '改回未完成'}"
    record(kept.plan, "mark_step", by=by, changes={"step": words})
    return kept


@transaction.atomic
def drop_step(step: PlanStep, *, by: Actor) -> None:
    """Take away a step nobody means to carry out."""
    if step.activity_id is not None:
        raise DomainError("这一步已经办了学习活动，不能去掉。")
    record(step.plan, "drop_step", by=by, changes={"step": str(step)})
    step.delete()
