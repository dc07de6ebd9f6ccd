"""What is wrong with a filing, or odd: empty cells, checks, last year, the other units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from gonghui.core.regulations.standards import standard

from ..engine import arithmetic, spread
from ..models import HANDED_IN, Amount
from .filings import Known, Line, Sheet, words

SWING = "statistics_swing_max"


@dataclass(frozen=True)
class Fault:
    """A sentence about a cell; a hard one must be put right, another may be explained there."""

    code: str
    sentence: str
    is_hard: bool
    is_explained: bool = False

    @property
    def is_open(self) -> bool:
        return self.is_hard or not self.is_explained


def faults_of(sheet: Sheet) -> list[Fault]:
    """Everything found, the hard ones first."""
    found = [*_missing(sheet), *_overridden(sheet), *_relations(sheet)]
    found += [*_swings(sheet), *_far_out(sheet)]
    return sorted(found, key=lambda fault: not fault.is_hard)


def _missing(sheet: Sheet) -> Iterator[Fault]:
    for line in sheet.lines:
        cell = line.cell
        if line.value is not None or cell.is_optional or cell.is_formula:
            continue
        if cell.is_counted:
            words_ = f"{cell} 系统里没有记录，请填写数字；没有发生的填 0。"
        else:
            words_ = f"{cell} 还没有填；没有发生的填 0。"
        yield Fault(cell.code, words_, is_hard=True)


def _overridden(sheet: Sheet) -> Iterator[Fault]:
    for line in sheet.lines:
        if line.is_overridden:
            sentence = f"{line.cell} 填报数与系统记录不同，请写明原因。"
            yield Fault(line.cell.code, sentence, not line.note, bool(line.note))


def _relations(sheet: Sheet) -> Iterator[Fault]:
    now = {line.cell.code: line.value for line in sheet.lines}
    notes = {line.cell.code: line.note for line in sheet.lines}
    for relation in sheet.collection.form.relations.all():
        left, right = arithmetic.read(relation.left), arithmetic.read(relation.right)
        here = arithmetic.worked_out(left, now, sheet.last)
        there = arithmetic.worked_out(right, now, sheet.last)
        if arithmetic.holds(relation.sign, here, there) is not False:
            continue
        named = [one.name for one in (*arithmetic.codes(left), *arithmetic.codes(right))]
        end = "请改正。" if relation.is_hard else "请核对；属实的写明原因。"
        sentence = f"{relation} 不成立：左边 {words(here)}，右边 {words(there)}。{end}"
        explained = any(notes.get(name) for name in named)
        yield Fault(named[0] if named else "", sentence, relation.is_hard, explained)


def _swings(sheet: Sheet) -> Iterator[Fault]:
    limit = standard(SWING, org=sheet.filing.org, day=timezone.localdate())
    if limit is None:
        return
    for line in sheet.lines:
        if line.cell.is_formula or line.value is None or line.last is None:
            continue
        moved = spread.change(line.value, line.last)
        if moved is not None and moved > limit.value:
            sentence = (
                f"{line.cell} 与上年同期的 {words(line.last)} 相比，变动超过 {limit.words}，"
                "请核对；属实的写明原因。"
            )
            yield Fault(line.cell.code, sentence, False, bool(line.note))


def _far_out(sheet: Sheet) -> Iterator[Fault]:
    """Held against those of the same collection below the same unit, per head of its size."""
    size = next((ln for ln in sheet.lines if ln.cell.code == sheet.collection.form.size), None)
    if size is None or not size.value:
        return
    peers = _peers(sheet)
    for line in sheet.lines:
        if line.cell.is_formula or line.cell == size.cell or line.value is None:
            continue
        limits = spread.fences(_per_head(peers, line, size))
        share = line.value / size.value
        if limits and not limits[0] <= share <= limits[1]:
            sentence = (
                f"{line.cell} 按单位大小折算，与同一批其他单位相差很大，请核对；属实的写明原因。"
            )
            yield Fault(line.cell.code, sentence, False, bool(line.note))


def _peers(sheet: Sheet) -> dict[int, dict[int, Fraction]]:
    """Filing → cell → value, of the others that handed in below the same unit."""
    filing = sheet.filing
    rows = Amount.objects.filter(
        filing__collection=filing.collection_id,
        filing__above=filing.above_id,
        filing__state__in=HANDED_IN,
    )
    found: dict[int, dict[int, Fraction]] = {}
    others = rows.exclude(filing=filing.pk).exclude(value=None).order_by()
    for pk, cell, value in others.values_list("filing", "cell", "value"):
        found.setdefault(pk, {})[cell] = Fraction(value or 0)
    return found


def _per_head(peers: dict[int, dict[int, Fraction]], line: Line, size: Line) -> list[Fraction]:
    pairs: list[tuple[Known, Known]] = [
        (one.get(line.cell.pk), one.get(size.cell.pk)) for one in peers.values()
    ]
    return [value / by for value, by in pairs if value is not None and by]
