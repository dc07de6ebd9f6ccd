"""Answering for a finding: who, why, and when it is to be looked at again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from .models import Finding

VERBS |= {"acknowledge": "认领"}


@transaction.atomic
def acknowledge(finding: Finding, *, reason: str, until: date | None, by: Actor) -> Finding:
    """Answer for a finding: it leaves the home page until the day named, or until it is gone."""
    kept = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if kept.gone_on:
        raise DomainError("这件事已经消除，不用再认领。")
    if not reason.strip():
        raise DomainError("请写明原因和打算，上级工会会看到。")
    if until and until <= timezone.localdate():
        raise DomainError("“何时再看”请填今天以后的日期；不定日期就留空。")
    before = [kept.reason, kept.until]
    kept.reason, kept.until = reason.strip(), until
    kept.acknowledged_at, kept.acknowledged_by = timezone.now(), by.person
    kept.save(update_fields=["reason", "until", "acknowledged_at", "acknowledged_by"])
    changes = {"reason": [before[0], kept.reason], "until": [before[1], until]}
    record(kept, "acknowledge", by=by, changes=changes)
    return kept
