"""People are placed on tiers, sent to study, recognised and appraised."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle, withdraw
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import Going, Offer, Outcome, Placement, Recognition, Tier

VERBS |= {"wish": "报名", "answer_wish": "办理报名", "take_wish_back": "撤回报名"}
WORDS |= {"tier": "层次", "outcome": "情况"}
TAKEN = (Outcome.CHOSEN, Outcome.WENT)


@transaction.atomic
def place_person(
    person: Person, tier: Tier, *, since: date, by: Actor, reason: str = ""
) -> Placement:
    """From a day on somebody stands on a tier; the one before ends the day before."""
    held = Placement.objects.select_for_update().filter(person=person, ladder=tier.ladder_id)
    now = held.filter(until=None).select_related("tier").first()
    if now is not None:
        if now.tier_id == tier.pk:
            raise DomainError(f"{person}已经在“{tier}”。")
        if since <= now.since:
            raise DomainError(f"新的层次要晚于 {now.since:%Y-%m-%d}。")
        now.until = since - timedelta(days=1)
        now.save(update_fields=["until"])
        record(now, "update", by=by, changes={"until": [None, now.until]})
    made = Placement(
        org=person.org, person=person, ladder=tier.ladder, tier=tier, since=since, reason=reason
    )
    made.full_clean(exclude=["org", "person", "ladder", "tier"])
    made.save()
    record(made, "create", by=by, changes=changes_of({}, snapshot(made)), is_new=True)
    return made


@transaction.atomic
def wish(offer: Offer, *, by: Actor, day: date, words: str = "") -> Going:
    """A person says that they would like to go; the union chooses."""
    person = by.person
    if person is None or not person.org.path.startswith(offer.org.path):
        raise DomainError("这次学习不面向您的单位。")
    if offer.closes_on is not None and offer.closes_on < day:
        raise DomainError("报名已经截止。")
    if offer.until < day:
        raise DomainError("这次学习已经结束。")
    if Going.objects.filter(offer=offer, person=person).exists():
        raise DomainError("您已经报名。")
    made = Going.objects.create(org=offer.org, offer=offer, person=person, wish=words)
    record(made, "wish", by=by, changes={"note": words}, is_new=True)
    events.emit(made, "wish", by=by)
    return made


@transaction.atomic
def take_wish_back(going: Going, *, by: Actor) -> None:
    """Whoever wished to go does not any more; once the union has chosen it says so itself."""
    kept = Going.objects.select_for_update().select_related("offer", "person").get(pk=going.pk)
    if kept.outcome != Outcome.WISHED:
        raise DomainError(f"已经办理（{kept.get_outcome_display()}），不能撤回；请和单位联系。")
    record(kept.offer, "take_wish_back", by=by, changes={"person": str(kept.person)})
    kept.delete()


@transaction.atomic
def answer_wish(going: Going, *, by: Actor, **facts: Any) -> Going:
    """Chosen, gone, or not; hours that were granted count once the person has been there."""
    offer = Offer.objects.select_for_update().get(pk=going.offer_id)
    kept = Going.objects.select_for_update().get(pk=going.pk)
    before = snapshot(kept)
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.full_clean(exclude=["org", "offer", "person"])
    if kept.outcome in TAKEN and offer.places is not None:
        others = Going.objects.filter(offer=offer, outcome__in=TAKEN).exclude(pk=kept.pk)
        if others.count() >= offer.places:
            raise DomainError(f"名额 {offer.places} 个已经满了。")
    kept.save()
    settle(kept, kept.org, _studied(kept, offer), by=by)
    if changes := changes_of(before, snapshot(kept)):
        record(kept, "answer_wish", by=by, changes=changes)
        events.emit(kept, "answer", by=by, before=before)
    return kept


def _studied(going: Going, offer: Offer) -> list[Earned]:
    if going.outcome != Outcome.WENT or going.class_hours is None:
        return []
    words = f"外出学习：{offer.title}（{offer.place}）"
    return [Earned(going.person_id, "course", going.class_hours, offer.until, words)]


@transaction.atomic
def add_going(offer: Offer, person: Person, *, by: Actor) -> Going:
    """The union sends somebody who did not ask."""
    if Going.objects.filter(offer=offer, person=person).exists():
        raise DomainError(f"{person}已经在名单里。")
    made = Going.objects.create(org=offer.org, offer=offer, person=person)
    record(made, "create", by=by, changes=changes_of({}, snapshot(made)), is_new=True)
    return answer_wish(made, by=by, outcome=Outcome.CHOSEN)


def credit_recognition(recognition: Recognition, *, by: Actor) -> None:
    """What a body recognised stands among the person's honours; changed, it changes with it."""
    kind, org = recognition.get_kind_display(), recognition.org
    words = f"{org}{recognition.year} 年“{kind}”"
    one = Earned(recognition.person_id, "award", Decimal(1), recognition.on, words, Credit.Role.OWN)
    settle(recognition, org, [one], by=by)


def revoke_recognition(recognition: Recognition, *, by: Actor, on: date, reason: str) -> None:
    """The honour is taken back; the record stays with the day and the reason."""
    if on < recognition.on:
        raise DomainError("撤销日期不能早于认定日期。")
    recognition.revoked_on, recognition.revoked_for = on, reason
    recognition.save(update_fields=["revoked_on", "revoked_for"])
    withdraw(recognition, recognition.org, by=by)
