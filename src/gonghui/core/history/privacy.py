"""Puts on record that somebody looked at what is sealed, and that a person agreed on paper."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.people.consents import consent_texts
from gonghui.core.people.models import Consent, Person, Reveal, Scope
from gonghui.kit.errors import DomainError
from gonghui.kit.moments import midnight

from .trail import VERBS, record

VERBS |= {"consent": "同意"}
LEAST_REASON = 4
# What may be looked at besides the fields of a person's own record, in the words people read.
looked_at: dict[str, str] = {}


def look(person: Person, field: str, *, reason: str, by: Actor) -> None:
    """Note who looks at which sealed field of whom, and why; only then may it be opened."""
    if by.person is None:
        raise DomainError("没有这一项。")
    if len(reason.strip()) < LEAST_REASON:
        raise DomainError("请把查看的理由写具体一些。")
    Reveal.objects.create(
        person=person,
        by=by.person,
        field=field,
        reason=reason.strip(),
        at=timezone.now(),
        request_id=by.request_id,
    )


def note_paper_consent(
    person: Person, scope: Scope, *, signed_on: date, seen_by: Person, by: Actor
) -> Consent:
    """Put on record that a person agreed on paper, and who saw their signature."""
    return note_consent(person, scope, given_at=midnight(signed_on), seen_by=seen_by, by=by)


@transaction.atomic
def note_consent(
    person: Person, scope: Scope, *, given_at: datetime, by: Actor, seen_by: Person | None = None
) -> Consent:
    """Let a person agree to the text as it is now; an agreement to an earlier one ends."""
    text = consent_texts()[scope]
    Person.objects.select_for_update().get(pk=person.pk)
    if same := Consent.objects.to_text(person, scope, text.digest).first():
        return same
    earlier = Consent.objects.standing().filter(person=person, scope=scope)
    earlier.update(withdrawn_at=timezone.now())
    given = Consent.objects.create(
        person=person,
        scope=scope,
        version=text.version,
        text_hash=text.digest,
        given_at=given_at,
        seen_by=seen_by,
    )
    said = {"scope": text.told, "version": text.version}
    record(person, "consent", by=by, changes=said | ({"seen_by": str(seen_by)} if seen_by else {}))
    return given
