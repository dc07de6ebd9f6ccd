"""Filling a filing in, confirming it with its values kept, approving it, sending it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import subtree
from gonghui.kit.amounts import plain
from gonghui.kit.errors import DomainError

from ..models import Amount, Cell, Filing
from ..queries.filings import Known, Line, Sheet, words
from ..queries.waiting import SUMMED, waiting_below

VERBS |= {"fill": "填报", "settle": "上报数变动"}
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Said:
    """What a unit says of a cell: its own figure where it enters one, and why."""

    entered: Decimal | None
    note: str = ""


@transaction.atomic
def fill(filing: Filing, said: Mapping[int, Said], *, edition: int, by: Actor) -> Filing:
    """Keep what was entered, by the numbers of cells; the rest stays as it is.

    Refused where somebody else saved since the page was opened: nothing is overwritten unseen.
    """
    locked = Filing.objects.select_for_update().get(pk=filing.pk)
    if not locked.is_open:
        raise DomainError("已经上报的报表不能再改。要改，请先请上级退回。")
    if locked.edition != edition:
        raise DomainError("您打开以后，别人改过这张报表。请重新打开，核对后再填。")
    cells = {one.pk: one for one in locked.collection.form.cells.all() if not one.is_formula}
    held = {one.cell_id: one for one in locked.amounts.all()}
    changes: dict[str, list[str]] = {}
    for pk, one in said.items():
        if pk not in cells:
            raise DomainError("这张报表没有这一栏，请重新打开后再填。")
        _keep(locked, cells[pk], held.get(pk), one, changes)
    if changes:
        locked.edition += 1
        locked.save(update_fields=["edition"])
        record(locked, "fill", by=by, changes=changes)
    return locked


def _keep(
    filing: Filing, cell: Cell, held: Amount | None, said: Said, changes: dict[str, list[str]]
) -> None:
    before = Said(held.entered, held.note) if held else Said(None)
    if before == said:
        return
    if said.entered is not None and said.entered < 0:
        raise DomainError(f"{cell} 不能是负数。")
    amount = held or Amount(filing=filing, cell=cell)
    amount.entered, amount.note = said.entered, said.note
    amount.save()
    changes[str(cell)] = [_told(before), _told(said)]


def _told(said: Said) -> str:
    figure = "未填" if said.entered is None else plain(said.entered)
    return f"{figure}（{said.note}）" if said.note else figure


def confirm(filing: Filing, *, by: Actor, remark: str = "") -> None:
    """The values are kept as they stand; what is wrong or odd was asked before."""
    if filing.above:
        _open_above(filing)
    waiting = waiting_below(filing)
    if waiting and not remark.strip():
        raise DomainError(f"还有 {waiting} 个下级没有审核通过，合计不含它们，请写明原因。")
    sheet = Sheet(filing, is_open=True)  # the step has its new state already
    _settle(filing, sheet.lines, by=by)
    filing.remark = remark.strip()
    filing.confirmed_by, filing.confirmed_at = by.person, timezone.now()
    filing.save(update_fields=["remark", "confirmed_by", "confirmed_at"])


def _settle(filing: Filing, lines: list[Line], *, by: Actor) -> None:
    """Keep every value; where one was confirmed before, history tells what it was."""
    held = {one.cell_id: one for one in filing.amounts.all()}
    changed: dict[str, list[str]] = {}
    fresh: list[Amount] = []
    kept: list[Amount] = []
    for line in lines:
        amount = held.get(line.cell.pk)
        value = _decimal(line.value)
        if amount and filing.confirmed_at and amount.value != value:
            old = None if amount.value is None else Fraction(amount.value)
            changed[str(line.cell)] = [words(old) or "未填", words(line.value) or "未填"]
        (kept if amount else fresh).append(
            amount := amount or Amount(filing=filing, cell=line.cell)
        )
        amount.value, amount.counted = value, _decimal(line.counted)
    Amount.objects.bulk_create(fresh)
    Amount.objects.bulk_update(kept, ["value", "counted"])
    if changed:
        record(filing, "settle", by=by, changes=changed)


def approve(filing: Filing, *, by: Actor) -> None:
    """Lock it; the unit above sums it from now on."""
    _open_above(filing)
    filing.approved_by, filing.approved_at = by.person, timezone.now()
    filing.save(update_fields=["approved_by", "approved_at"])


def send_back(filing: Filing, *, by: Actor, reason: str) -> None:
    """Open it again for the unit; the reason goes into the history and to the unit."""
    if not reason.strip():
        raise DomainError("请写明退回的原因，下级才知道要改什么。")
    _open_above(filing)


def withdraw(filing: Filing, *, by: Actor) -> None:
    """Take it back before it was approved."""
    _open_above(filing)


def let_off(filing: Filing, *, by: Actor, reason: str) -> None:
    """It need not file; what lies below it is summed by the unit above it instead."""
    _open_above(filing)
    filing.below.update(above=filing.above_id)


def ask_again(filing: Filing, *, by: Actor) -> None:
    """It files after all, and sums again what lies below it."""
    _open_above(filing)
    beside = Filing.objects.filter(collection=filing.collection_id, above=filing.above_id)
    beside.filter(subtree(filing.org.path, field="org")).exclude(pk=filing.pk).update(above=filing)


def _open_above(filing: Filing) -> None:
    """Asked once more of the row above, locked: it may just be confirmed by somebody else."""
    if filing.above_id is None:
        return
    above = Filing.objects.select_for_update().get(pk=filing.above_id)
    if not above.is_open:
        raise DomainError(SUMMED)


def _decimal(value: Known) -> Decimal | None:
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)
