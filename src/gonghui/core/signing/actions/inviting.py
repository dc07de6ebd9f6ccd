"""People are invited and answer yes or no; those who have not answered are reminded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import UPCOMING
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..models import Registration
from .signing import GONE, Signing, check_answers, seat

VERBS |= {"invite": "邀请", "decline": "不参加", "remind_invited": "提醒答复"}

STATUS = Registration.Status
OPEN_ANSWERS = (STATUS.INVITED, STATUS.DECLINED)


@transaction.atomic
def invite(activity: Activity, people: Sequence[Person], *, by: Actor) -> list[Registration]:
    """Ask people whether they will come; who has a place or waits for one is not asked."""
    locked = _lock(activity)
    known = {one.person_id: one for one in locked.registrations.filter(person__in=people)}
    now, asked = timezone.now(), []
    for person in people:
        kept = known.get(person.pk)
        if kept is not None and kept.status not in (STATUS.WITHDRAWN, STATUS.DECLINED):
            continue
        kept = kept or Registration(activity=locked, person=person)
        kept.org, kept.signed_by, kept.signed_at = person.org, by.person, now
        kept.status, kept.line = STATUS.INVITED, None
        kept.save()
        record(kept, "invite", by=by, changes={"activity": str(locked)})
        asked.append(kept)
    if asked:
        events.emit(locked, "invited", by=by, registrations=asked)
    return asked


@transaction.atomic
def accept(registration: Registration, *, by: Actor, said: Signing | None = None) -> Registration:
    """Yes: a place, or a turn in the line where none is left; an invitation knows no deadline."""
    activity = _lock(registration.activity)
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    if kept.status not in OPEN_ANSWERS:
        return kept
    signing = replace(
        said or Signing(), person=kept.person, role=kept.role, delegation=kept.delegation
    )
    questions = list(activity.questions.all())
    check_answers(activity, questions, signing.answers or {}, signing.consented)
    (made,) = seat(activity, [signing], by=by, is_welcome=True)
    return made


@transaction.atomic
def decline(registration: Registration, *, by: Actor) -> Registration:
    """No; until it is over one may still think better of it."""
    _lock(registration.activity)
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    if kept.status == STATUS.DECLINED:
        return kept
    if kept.status not in GONE:
        raise DomainError("您已经报名，不去请按「退出报名」。")
    kept.status = STATUS.DECLINED
    kept.save(update_fields=["status"])
    record(kept, "decline", by=by, changes={"activity": str(kept.activity)})
    return kept


@transaction.atomic
def remind_invited(activity: Activity, *, by: Actor) -> int:
    """A word to those only who have not answered, once a day however often it is pressed."""
    locked = _lock(activity)
    waiting = list(locked.registrations.filter(status=STATUS.INVITED, person__isnull=False))
    if not waiting:
        raise DomainError("邀请的人都答复了。")
    record(locked, "remind_invited", by=by, changes={"count": len(waiting)})
    events.emit(locked, "remind_invited", by=by, registrations=waiting)
    return len(waiting)


def _lock(activity: Activity) -> Activity:
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.state not in UPCOMING:
        raise DomainError("活动还没有通知，或已经结束，现在不能邀请和答复。")
    return locked
