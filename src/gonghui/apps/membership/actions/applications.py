"""Applying to join, one by one or for many, and what an approval does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.privacy import note_paper_consent
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Act, Person, Scope
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from ..models import Application, ApplicationState, Way
from ..queries.joining import why_not_apply
from . import ledger
from .people import check_stands
from .privacy import give_consent

VERBS |= {"apply": "申请入会"}


@transaction.atomic
def apply(
    person: Person,
    *,
    by: Actor,
    way: str = Way.ONLINE,
    consent: bool = False,
    applied_on: date | None = None,
    words: str = "",
    seen_by: Person | None = None,
) -> Application:
    """Put a person's application before the committee; nobody applies without wanting to.

    Who applies themselves agrees to the text on their data as it is that day. For whom the union
    fills it in, a signed paper says so, of a version and seen by somebody; who only said so agrees
    when they first log in.
    """
    asking = Person.objects.select_for_update().select_related("org").get(pk=person.pk)
    _check(asking, consent=consent, day=applied_on)
    made = Application.objects.create(
        org=asking.org,
        person=asking,
        way=way,
        consent=True,
        applied_on=applied_on or timezone.localdate(),
        words=words,
        made_by=by.person,
        seen_by=None if way == Way.ONLINE else seen_by or by.person,
    )
    _witness(made, by=by)
    record(made, "apply", by=by, changes=changes_of({}, snapshot(made)))
    if by.person is not None and by.person.pk == asking.pk:
        give_consent(asking, Scope.RECORD, by=by)
    emit(made, "apply", by=by)
    return made


def _witness(application: Application, *, by: Actor) -> None:
    """A paper carries the consent: its version, and whoever saw it signed."""
    if application.way != Way.PAPER or application.seen_by is None:
        return
    given = note_paper_consent(
        application.person,
        Scope.RECORD,
        signed_on=application.applied_on,
        seen_by=application.seen_by,
        by=by,
    )
    application.consent_version = given.version
    application.save(update_fields=["consent_version"])


def _check(person: Person, *, consent: bool, day: date | None) -> None:
    if not consent:
        raise DomainError("入会须本人自愿，请勾选同意。")
    if day and day > timezone.localdate():
        raise DomainError("申请日期还没有到，请核对。")
    if why := why_not_apply(person):
        raise DomainError(why)


def apply_many(
    people: Iterable[Person], *, by: Actor, way: str = Way.PAPER, applied_on: date | None = None
) -> tuple[list[Application], list[tuple[Person, str]]]:
    """Put many applications in, each on its own; those that cannot be, with the reason.

    The officer answers for it that each of them wants to join, and has seen the signed papers.
    """
    made, left = [], []
    for person in people:
        try:
            made.append(apply(person, by=by, way=way, consent=True, applied_on=applied_on))
        except DomainError as error:
            left.append((person, error.sentence))
    return made, left


@transaction.atomic
def change_application(application: Application, *, by: Actor, **values: Any) -> Application:
    """Correct how and when somebody applied, while it waits."""
    kept = Application.objects.select_for_update().get(pk=application.pk)
    if kept.state != ApplicationState.SUBMITTED:
        raise DomainError("这份申请已经办完，不能再改。")
    before = snapshot(kept)
    for name, value in values.items():
        setattr(kept, name, value)
    if kept.way != Way.ONLINE and kept.seen_by is None:
        kept.seen_by = by.person
    kept.save(update_fields=[*values, "seen_by"])
    _witness(kept, by=by)
    record(kept, "update", by=by, changes=changes_of(before, snapshot(kept)))
    return kept


def approve(application: Application, *, by: Actor, day: date, document: str = "") -> None:
    """From the day of approval on they are a member where they belong.

    Where their union was merged into another meanwhile, that is the other.
    """
    if day < application.applied_on:
        raise DomainError("批准日期不能早于申请日期。")
    check_stands(application.person.org)
    if application.person.left_on:
        raise DomainError(f"{application.person}已经离开，不能批准入会；回来的请先重新登记。")
    ledger.enter(application.person, Act.JOIN, by=by, day=day, document=document)
    _decide(application, by=by, day=day, document=document)


def refuse(application: Application, *, by: Actor, reason: str) -> None:
    _decide(application, by=by, day=timezone.localdate(), refusal=reason)


def _decide(application: Application, *, by: Actor, day: date, **said: str) -> None:
    application.decided_on, application.decided_by = day, by.person
    for name, value in said.items():
        setattr(application, name, value)
    application.save(update_fields=["decided_on", "decided_by", *said])
