"""What a person may ask of their data, and who looks at it: nothing of this is done unseen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.privacy import look, note_consent
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.consents import consent_texts, has_agreed
from gonghui.core.people.models import (
    Consent,
    Correction,
    Identity,
    Person,
    Scope,
)
from gonghui.kit.errors import DomainError

from ..queries.record import CORRECTABLE, SEALED, field_of, label_of, words
from .record import change_record

VERBS |= {
    "withdraw_consent": "撤回同意",
    "download": "下载本人资料",
    "ask_correction": "申请更正",
}
KINDS = ("docx", "xlsx", "json", "zip")
SENSITIVE = ("bank_card", "marital")


@transaction.atomic
def reveal(person: Person, name: str, *, reason: str, by: Actor) -> str:
    """Open one sealed field once and put on record who saw it and why; returns what it says."""
    if name not in SEALED:
        raise DomainError("没有这一项。")
    identity = Identity.objects.filter(person=person).first()
    secret = getattr(identity, name, None)
    if secret is None:
        raise DomainError("这一项还没有登记。")
    look(person, name, reason=reason, by=by)
    return words(name, secret)


def give_consent(person: Person, scope: Scope, *, by: Actor) -> Consent:
    """Let a person agree to the text as it is now; an agreement to an earlier one ends."""
    _only_oneself(person, by)
    return note_consent(person, scope, given_at=timezone.now(), by=by)


@transaction.atomic
def withdraw_consent(person: Person, scope: Scope, *, by: Actor) -> None:
    """Take an agreement back; what rested on it alone is deleted at once.

    The record of a membership is kept while the law asks for it: the union sees who took back
    and ends it, and the record may then be anonymised without waiting.
    """
    _only_oneself(person, by)
    ended = Consent.objects.standing().filter(person=person, scope=scope)
    if not ended.update(withdrawn_at=timezone.now()):
        raise DomainError("这一项没有同意过，不用撤回。")
    record(person, "withdraw_consent", by=by, changes={"scope": consent_texts()[scope].told})
    held = Identity.objects.filter(person=person).first()
    if scope == Scope.SENSITIVE and held and any(getattr(held, name) for name in SENSITIVE):
        change_record(person, by=by, **dict.fromkeys(SENSITIVE, ""))
    emit(person, "withdraw_consent", by=by, scope=str(scope))


@transaction.atomic
def ask_correction(person: Person, name: str, *, wanted: str, reason: str, by: Actor) -> Correction:
    """Ask the union to change one field of one's own record."""
    _only_oneself(person, by)
    if name not in CORRECTABLE:
        raise DomainError("这一项不能在这里申请更正，请联系本会工会干部。")
    if name in SENSITIVE and not has_agreed(person, Scope.SENSITIVE):
        raise DomainError("登记这一项要先单独同意。请先在「我的资料」里看说明并同意。")
    return ask(person, name, wanted=wanted, reason=reason, by=by)


def ask(person: Person, name: str, *, wanted: str, reason: str, by: Actor) -> Correction:
    """Have those who keep people decide, whoever asks; nothing wanted empties the field."""
    try:
        with transaction.atomic():
            asked = Correction.objects.create(
                person=person, field=name, wanted=wanted, reason=reason, asked_at=timezone.now()
            )
    except IntegrityError:
        raise DomainError("这一项已经申请更正，还没有答复。") from None
    record(asked, "ask_correction", by=by, changes={"field": label_of(name), "reason": reason})
    emit(asked, "ask", by=by)
    return asked


def approve_correction(correction: Correction, *, by: Actor, answer: str = "") -> None:
    """Write what was asked for into the record; what cannot be so is refused with the reason."""
    if correction.person.anonymised_at:
        raise DomainError("资料已经注销，不能再修改。")
    wanted = correction.wanted.reveal() if correction.wanted else ""
    value = value_of(correction.field, wanted)
    reason = correction.reason
    change_record(correction.person, by=by, reason=reason, **{correction.field: value})
    _answered(correction, answer)


def refuse_correction(correction: Correction, *, by: Actor, answer: str) -> None:
    """Say why it stays as it is."""
    _answered(correction, answer)


@transaction.atomic
def downloaded(person: Person, kind: str, *, by: Actor) -> None:
    """Note that a person fetched their own data; it may be needed to explain a copy."""
    _only_oneself(person, by)
    if kind not in KINDS:
        raise DomainError("请选 Word、Excel、JSON 或压缩包。")
    record(person, "download", by=by, changes={"kind": kind})


def value_of(name: str, text: str) -> Any:
    """A wish as the field wants it: a date of a text, a choice of its code."""
    field = field_of(name)
    try:
        return field.clean(text, None) if name not in SEALED else text
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from None


def _answered(correction: Correction, answer: str) -> None:
    correction.answer = answer
    correction.save(update_fields=["answer"])


def _only_oneself(person: Person, by: Actor) -> None:
    if by.person is None or by.person.pk != person.pk:
        raise DomainError("这件事只能由本人办理。")
