"""People get a place at an activity, wait for one, move up, or give theirs back.

Every change of places happens on the locked activity row, so that no two hands count at once; the
database itself refuses an overbooked row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, State
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..engine.places import House, Wish, moving_up
from ..models import Delegation, Question, Quota, Registration
from ..sockets import holds

VERBS |= {"sign": "报名", "wait": "进入候补", "withdraw": "退出", "move_up": "候补转正"}

GONE = (Registration.Status.WITHDRAWN, Registration.Status.DECLINED, Registration.Status.INVITED)


@dataclass(frozen=True)
class Signing:
    """What one person signs up with; ``guest`` is the name of one who is not on record."""

    person: Person | None = None
    guest: str = ""
    role: str = Registration.Role.PARTICIPANT
    quota: Quota | None = None
    delegation: Delegation | None = None
    category: str = ""
    companions: int = 0
    companion_names: tuple[str, ...] = ()
    answers: dict[str, Any] | None = None
    consented: bool = False


@transaction.atomic
def sign_up(
    activity: Activity, signings: Sequence[Signing], *, by: Actor, on_the_spot: bool = False
) -> list[Registration]:
    """Give each a place or a turn in the waiting line, in the order given; all or none.

    A second press of the same person changes nothing and returns what they have already.
    """
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    now = timezone.now()
    _check_open(locked, now, on_the_spot=on_the_spot)
    quotas = {q.pk: q for q in Quota.objects.select_for_update().filter(activity=locked)}
    house = _house(locked, quotas)
    questions = list(locked.questions.all())
    made = [_sign_one(locked, one, house, questions, by, now) for one in signings]
    _keep_count(locked, quotas, house)
    return made


@transaction.atomic
def withdraw(registration: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Give a place back until the activity's deadline; whoever waits first moves up at once."""
    locked = Activity.objects.select_for_update().get(pk=registration.activity_id)
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    if kept.status in GONE:
        return kept
    own = by.person is not None and by.person.pk == kept.person_id
    if own and locked.withdraw_by and timezone.now() > locked.withdraw_by:
        raise DomainError("退出的期限已过，请联系组织者。")
    if reason_against := next(filter(None, (hold(kept) for hold in holds)), ""):
        raise DomainError(reason_against)
    held_seat = kept.status == Registration.Status.SIGNED
    before, kept.status, kept.line = kept.get_status_display(), Registration.Status.WITHDRAWN, None
    kept.save(update_fields=["status", "line"])
    changes: dict[str, Any] = {"status": [before, kept.get_status_display()]}
    record(kept, "withdraw", by=by, changes=changes | ({"reason": reason} if reason else {}))
    if held_seat:
        fill(locked, by=by, freed=kept)
    return kept


def _check_open(activity: Activity, now: datetime, *, on_the_spot: bool) -> None:
    if on_the_spot:
        if activity.state not in (State.OPEN, State.CLOSED, State.ANNOUNCED, State.HELD):
            raise DomainError("这个活动现在不能现场报名。")
        return
    if activity.state != State.OPEN:
        raise DomainError("现在不能报名：报名还没有开放，或已经截止。")
    if activity.opens_at and now < activity.opens_at:
        raise DomainError(f"报名 {timezone.localtime(activity.opens_at):%m月%d日 %H:%M} 开始。")
    if activity.closes_at and now > activity.closes_at:
        raise DomainError("报名已经截止。")


def _sign_one(
    activity: Activity,
    one: Signing,
    house: House,
    questions: Sequence[Question],
    by: Actor,
    now: datetime,
) -> Registration:
    known = _known(activity, one)
    if known and known.status not in GONE:
        return known
    _check_signing(activity, one, questions)
    kept = known or Registration(activity=activity, person=one.person, guest=one.guest)
    _fill_in(kept, activity, one, by, now)
    wish = Wish(0, kept.seats, kept.quota_id)
    if house.fits(wish):
        house.take(wish)
        kept.status, kept.line = Registration.Status.SIGNED, None
    else:
        activity.line += 1
        kept.status, kept.line = Registration.Status.WAITING, activity.line
    kept.save()
    verb = "sign" if kept.status == Registration.Status.SIGNED else "wait"
    record(kept, verb, by=by, changes={"activity": str(activity)})
    return kept


def _known(activity: Activity, one: Signing) -> Registration | None:
    if one.person is None:
        return None
    return Registration.objects.filter(activity=activity, person=one.person).first()


def _fill_in(
    kept: Registration, activity: Activity, one: Signing, by: Actor, now: datetime
) -> None:
    kept.org = one.person.org if one.person else activity.org
    kept.quota = one.quota or _own_quota(activity, kept.org)
    kept.role, kept.delegation = one.role, one.delegation
    kept.category, kept.answers = one.category, one.answers or {}
    kept.companions, kept.companion_names = one.companions, list(one.companion_names)
    kept.consented_at = now if one.consented else None
    kept.signed_by, kept.signed_at = by.person, now


def _own_quota(activity: Activity, org: Org) -> Quota | None:
    """Places kept for units are taken by their own people: the nearest unit above counts."""
    units = activity.quotas.filter(org__path__in=org.ancestor_paths())
    return units.select_related("org").order_by("-org__path").first()


def _check_signing(activity: Activity, one: Signing, questions: Sequence[Question]) -> None:
    who = str(one.person) if one.person else one.guest
    if one.companions > activity.companions_allowed:
        raise DomainError(f"每人最多带 {activity.companions_allowed} 人同行，请改少一些。")
    if activity.consent and not one.consented:
        raise DomainError("请先阅读并同意报名须知。")
    missing = [
        q.label for q in questions if q.is_required and not (one.answers or {}).get(str(q.pk))
    ]
    if missing:
        raise DomainError(f"{who}还有必填的没有回答：{'、'.join(missing)}。")


def _house(activity: Activity, quotas: dict[int, Quota]) -> House:
    free = {pk: quota.capacity - quota.seats_taken for pk, quota in quotas.items()}
    return House(activity.seats_taken, activity.capacity, free)


def _keep_count(activity: Activity, quotas: dict[int, Quota], house: House) -> None:
    """Write the counters the house has come to."""
    for pk, quota in quotas.items():
        taken = quota.capacity - house.free[pk]
        if taken != quota.seats_taken:
            quota.seats_taken = taken
            quota.save(update_fields=["seats_taken"])
    activity.seats_taken = house.taken
    activity.save(update_fields=["seats_taken", "line"])


def fill(activity: Activity, *, by: Actor, freed: Registration | None = None) -> list[Registration]:
    """Let those who wait move up into what is free, in their order, and tell them."""
    quotas = {q.pk: q for q in Quota.objects.select_for_update().filter(activity=activity)}
    house = _house(activity, quotas)
    if freed is not None:
        house.give_back(Wish(freed.pk, freed.seats, freed.quota_id))
    waiting = list(
        activity.registrations.select_for_update()
        .filter(status=Registration.Status.WAITING)
        .order_by("line")
    )
    rows = {one.pk: one for one in waiting}
    moved = [
        rows[wish.key]
        for wish in moving_up(house, (Wish(r.pk, r.seats, r.quota_id) for r in waiting))
    ]
    for one in moved:
        one.status, one.line = Registration.Status.SIGNED, None
        one.save(update_fields=["status", "line"])
        record(one, "move_up", by=by, changes={"activity": str(activity)})
        events.emit(one, "move_up", by=by)
    _keep_count(activity, quotas, house)
    return moved
