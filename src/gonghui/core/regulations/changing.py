"""Setting and ending a body's own value of a standard; the values before it are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError

from .figures import figures
from .models import Standard, Tag

VERBS |= {"set_standard": "规定标准", "end_standard": "停用标准"}


@dataclass(frozen=True)
class Paper:
    """The document a body's own value rests on."""

    document: str
    number: str = ""
    clause: str = ""
    note: str = ""


@transaction.atomic
def set_standard(
    key: str, *, org: Org, value: str, since: date, paper: Paper, by: Actor
) -> Standard:
    """Let a value hold for a body and below from a day on; the value before ends the day before.

    So does one that was to end later, for a day has one value at most. Set again for the same day
    it corrects the earlier one, which the history keeps.
    """
    figure = figures[key]
    _check_may(by, org)
    kept = figure.parse(value)
    before = _last_row(key, org)
    if before and before.since and before.since > since:
        raise DomainError(
            f"「{figure.title}」从 {before.since:%Y-%m-%d} 起已有规定，新的规定不能早于这一天。"
        )
    if before and before.until and before.until < since:
        before = None
    said = figure.told(before.value) if before else None
    if before and before.since == since:
        row = before
    else:
        _end(before, since)
        row = Standard(key=key, org=org, since=since)
    row.value, row.tag, row.until = kept, Tag.OWN, None
    row.document, row.number = paper.document, paper.number
    row.clause, row.note = paper.clause, paper.note
    row.save()
    changes = {"value": [said, figure.told(kept)], "since": since, "document": paper.document}
    record(row, "set_standard", by=by, changes={"key": figure.title, "org": str(org), **changes})
    return row


@transaction.atomic
def end_standard(key: str, *, org: Org, until: date, by: Actor) -> Standard:
    """Let a body's own value end with a day; from the next day that from above holds again."""
    figure = figures[key]
    _check_may(by, org)
    row = _open_row(key, org)
    if row is None:
        raise DomainError(f"「{org}」没有自己规定「{figure.title}」，不用停用。")
    if row.since and until < row.since:
        raise DomainError(f"停用日期不能早于开始日期 {row.since:%Y-%m-%d}。")
    row.until = until
    row.save(update_fields=["until"])
    record(row, "end_standard", by=by, changes={"until": [None, until]})
    return row


def _check_may(by: Actor, org: Org) -> None:
    if not by.can("regulations.set", at=org):
        raise DomainError(f"您没有为「{org}」规定标准的权限。")
    if org.until is not None:
        raise DomainError(f"「{org}」已经撤销，不能再规定标准。")


def _open_row(key: str, org: Org) -> Standard | None:
    rows = Standard.objects.select_for_update().filter(key=key, org=org, until=None)
    return rows.first()


def _last_row(key: str, org: Org) -> Standard | None:
    """The value that began last, whether it has ended or not."""
    rows = Standard.objects.select_for_update().filter(key=key, org=org)
    return rows.order_by(F("since").desc(nulls_last=True), "-pk").first()


def _end(row: Standard | None, since: date) -> None:
    if row is not None:
        row.until = since - timedelta(days=1)
        row.save(update_fields=["until"])
