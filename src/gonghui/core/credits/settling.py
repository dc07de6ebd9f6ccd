"""Credits agree with their record: what it no longer earns is withdrawn, what it does is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org

from .kinds import kinds
from .models import Credit
from .queries import credits_from

VERBS |= {"credit": "记学时", "uncredit": "撤回学时"}
BATCH = 500


@dataclass(frozen=True)
class Earned:
    """What one person earned by a record."""

    person_id: int
    kind: str
    amount: Decimal
    on: date
    words: str
    role: str = Credit.Role.ATTENDED
    category: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        return self.person_id, self.kind, self.role

    def agrees(self, credit: Credit) -> bool:
        said = (self.amount, self.on, self.words, self.category)
        return said == (credit.amount, credit.on, credit.words, credit.category)


@transaction.atomic
def settle(subject: models.Model, org: Org, earned: Iterable[Earned], *, by: Actor) -> None:
    """Give what the record earns now and withdraw what it does not; asked twice it changes nothing.

    The row of the record is locked, so that two at once do not give twice.
    """
    type(subject)._base_manager.select_for_update().get(pk=subject.pk)
    wanted = {one.key: one for one in earned if one.amount > 0}
    stale = []
    for credit in credits_from(subject):
        key = credit.person_id, credit.kind, credit.role
        if key in wanted and wanted[key].agrees(credit):
            del wanted[key]
        else:
            stale.append(credit.pk)
    now = timezone.now()
    gone = Credit.objects.filter(pk__in=stale).update(withdrawn_at=now, withdrawn_by=by.person)
    made = Credit.objects.bulk_create(
        [_credit(subject, org, one, by) for one in wanted.values()], batch_size=BATCH
    )
    if gone:
        record(subject, "uncredit", by=by, changes={"count": gone})
    if made:
        record(subject, "credit", by=by, changes={"count": len(made)})


def withdraw(subject: models.Model, org: Org, *, by: Actor) -> None:
    """The record is open again: what it earned counts no more until it is complete."""
    settle(subject, org, (), by=by)


def _credit(subject: models.Model, org: Org, one: Earned, by: Actor) -> Credit:
    return Credit(
        org=org,
        person_id=one.person_id,
        kind=one.kind,
        role=one.role,
        category=one.category,
        unit=kinds[one.kind].unit,
        amount=one.amount,
        on=one.on,
        words=one.words[:200],
        record_type=ContentType.objects.get_for_model(subject),
        record_id=subject.pk,
        confirmed_by=by.person,
        confirmed_at=timezone.now(),
    )
