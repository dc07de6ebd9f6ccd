"""What a union files of itself: its record, and its headcount on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import Headcount, Org, UnionRecord
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

VERBS |= {"file": "更新登记", "headcount": "登记人数"}
ACCOUNT = ("bank", "account_name", "account_number")  # not for everybody who reads the history


@transaction.atomic
def keep_record(org: Org, *, by: Actor, **facts: Any) -> UnionRecord:
    """Write the columns given; history says that the account changed, never to what.

    A code that changed holds from today on; the version before keeps the one it had.
    """
    kept = UnionRecord.objects.select_for_update().filter(org=org).first()
    before = snapshot(kept) if kept else {}
    kept = kept or UnionRecord(org=org)
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.save()
    changes: dict[str, Any] = changes_of(before, snapshot(kept))
    changes |= {name: "已更新" for name in ACCOUNT if name in changes}
    changes.pop("org", None)
    if changes:
        record(org, "file", by=by, changes=changes)
    if any(name in changes for name in versions.CODES):
        versions.turn(Org.objects.filter(pk=org.pk))
    return kept


@transaction.atomic
def keep_headcount(
    org: Org, *, day: date, workers: int, by: Actor, **parts: int | None
) -> Headcount:
    """Enter how many workers the unit has on a day; the same day again corrects it."""
    wrong = [name for name, number in parts.items() if number is not None and number > workers]
    if wrong:
        raise DomainError("其中数不能大于职工数。")
    old = Headcount.objects.select_for_update().filter(org=org, day=day).first()
    before = old.workers if old else None
    kept, _ = Headcount.objects.update_or_create(
        org=org, day=day, defaults={"workers": workers, **parts}
    )
    record(org, "headcount", by=by, changes={"on": str(day), "workers": [before, workers]})
    return kept
