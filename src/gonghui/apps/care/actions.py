"""What is done to the sealed part of a file of hardship: shown with a reason, deleted on a word."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.privacy import look, note_paper_consent
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person, Scope
from gonghui.kit.errors import DomainError
from gonghui.kit.sealed_fields import Secret

from .models import Hardship

VERBS |= {"forget_illness": "删除病情"}
ILLNESS = "illness"


@transaction.atomic
def keep_illness(file: Hardship, illness: str, *, signed_on: date | None, by: Actor) -> None:
    """Put an illness on a file not yet saved; a paper that was signed is put on record first."""
    if signed_on:
        if by.person is None:
            raise DomainError("验看签名的人要有自己的账号。")
        note_paper_consent(file.person, Scope.HEALTH, signed_on=signed_on, seen_by=by.person, by=by)
    file.illness = illness


@transaction.atomic
def reveal_illness(file: Hardship, *, reason: str, by: Actor) -> str:
    """Open the illness once and put on record who saw it and why; returns what it says."""
    secret: Secret | None = file.illness
    if secret is None:
        raise DomainError("这一项还没有登记。")
    look(file.person, ILLNESS, reason=reason, by=by)
    return secret.reveal()


def forget_illness(person: Person, *, by: Actor) -> None:
    """What rested on an agreement that was taken back goes at once (个人信息保护法 §15)."""
    for file in Hardship.objects.filter(person=person, illness__isnull=False):
        file.illness = None
        file.save(update_fields=["illness"])
        record(file, "forget_illness", by=by)
