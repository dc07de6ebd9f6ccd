"""Who is outside those an activity is for waits for the organiser's leave, or is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.forms.activity import CATEGORIES
from gonghui.core.activities.models import Activity, Admits
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import EmploymentStatus, Membership, Person, Standing
from gonghui.kit.errors import DomainError

from ..engine.admission import belongs, may_come
from ..models import Registration
from .locking import lock
from .seating import fill

VERBS |= {"admit": "同意报名", "turn_away": "不同意报名"}

STATUS = Registration.Status
MEMBERS = (Standing.MEMBER, Standing.RETAINED)


class Comer(Protocol):
    """What a signing-up says of who comes."""

    @property
    def person(self) -> Person | None: ...
    @property
    def guest(self) -> str: ...
    @property
    def category(self) -> str: ...


def why_outside(activity: Activity, signings: Sequence[Comer], by: Actor) -> list[str]:
    """For each in turn a sentence why they are not of those it is for, or an empty one.

    Nothing is asked where that only informs, and nobody is held up whom the organiser signs up.
    """
    if activity.admits == Admits.ALL or _holds(activity, by):
        return [""] * len(signings)
    people = [one.person.pk for one in signings if one.person]
    rows = Membership.objects.current().filter(person__in=people, standing__in=MEMBERS)
    members = set(rows.order_by().values_list("person", flat=True))
    return [_why(activity, one, members) for one in signings]


def _holds(activity: Activity, by: Actor) -> bool:
    return by.person is None or ACTIVITY_RULES["edit"].allows(by, activity)


def _why(activity: Activity, one: Comer, members: set[int]) -> str:
    person = one.person
    if person is None:
        welcome = one.category in activity.outsiders
        return "" if welcome else f"这个活动没有写明请{one.guest}这样的会员以外的人。"
    retired = person.work_status == EmploymentStatus.RETIRED
    if not may_come(activity.outsiders, is_member=person.pk in members, is_retired=retired):
        return f"这个活动面向会员，{person}在名册上不是会员。"
    if belongs(activity.categories, said=one.category, known=person.category, sex=person.sex):
        return ""
    words = "、".join(label for code, label in CATEGORIES if code in activity.categories)
    return f"这个活动面向{words}，{person}不在其中；名册有误请找本单位工会更正。"


def check_meant(activity: Activity, one: Comer, by: Actor) -> None:
    """Refuse who is outside, where there is nobody to ask for leave any more."""
    (why,) = why_outside(activity, [one], by)
    if why:
        raise DomainError(why)


@transaction.atomic
def admit(registration: Registration, *, by: Actor) -> Registration:
    """The organiser's yes: a place, or the turn in the line they have had since they asked."""
    activity, kept = _asked(registration)
    kept.status = STATUS.WAITING
    kept.save(update_fields=["status"])
    record(kept, "admit", by=by, changes={"activity": str(activity)})
    events.emit(kept, "admitted", by=by)
    fill(activity, by=by)
    kept.refresh_from_db()
    return kept


@transaction.atomic
def turn_away(registration: Registration, *, by: Actor) -> Registration:
    """The organiser's no; whoever it was may ask again."""
    activity, kept = _asked(registration)
    kept.status, kept.line = STATUS.WITHDRAWN, None
    kept.save(update_fields=["status", "line"])
    kept.chosen.all().delete()
    record(kept, "turn_away", by=by, changes={"activity": str(activity)})
    events.emit(kept, "turned_away", by=by)
    return kept


def _asked(registration: Registration) -> tuple[Activity, Registration]:
    activity = lock(registration.activity_id)
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    kept.activity = activity
    if kept.status != STATUS.ASKED:
        raise DomainError(f"{kept}现在是“{kept.get_status_display()}”，不用再答复。")
    return activity, kept
