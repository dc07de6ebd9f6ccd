"""A filing as it stands: what records say, what the unit entered, what those below add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet

from gonghui.core.history.trail import history_of
from gonghui.core.indicators.counting import NOTHING, Figure
from gonghui.core.indicators.periods import before
from gonghui.core.indicators.reading import figures, table
from gonghui.core.indicators.registry import PERCENT, Declared, Indicator, indicators
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period
from gonghui.kit.prepared import about

from ..engine import arithmetic
from ..models import EDITABLE, Amount, Cell, Collection, Filing, FilingState
from .forms import order_of

Known = Fraction | None
Counted = Mapping[str, Known]  # indicator → figure


@dataclass(frozen=True)
class Line:
    """A cell of a filing. ``part`` is the unit's own, ``below`` what those below locked.

    ``counted`` is what the records say now, ``recorded`` the share of it that is the unit's own,
    ``then`` what they said when it was confirmed.
    """

    cell: Cell
    value: Known
    part: Known
    below: Known
    counted: Known
    recorded: Known
    then: Known
    entered: Known
    last: Known
    note: str
    adds_up: bool

    @property
    def is_overridden(self) -> bool:
        """Entered although the records say something else."""
        return None not in (self.entered, self.recorded) and self.entered != self.recorded

    @property
    def difference(self) -> Known:
        """By how much the records have changed since it was confirmed."""
        if self.then is None or self.counted is None or self.then == self.counted:
            return None
        return self.counted - self.then


class Sheet:
    """Everything of one filing, read once; a handful of queries whatever lies below."""

    def __init__(self, filing: Filing, *, is_open: bool | None = None) -> None:
        self.filing = filing
        self.is_open = filing.is_open if is_open is None else is_open
        self.collection: Collection = filing.collection
        self.cells = list(self.collection.form.cells.all())
        self.counts = [_indicator(one) for one in self.cells if _is_known(one)]

    @cached_property
    def approved(self) -> list[Filing]:
        """Those directly below that are locked; only they are added up."""
        rows = self.filing.below.filter(state=FilingState.APPROVED)
        return list(rows.select_related("org"))

    @cached_property
    def has_below(self) -> bool:
        return self.filing.below.exists()

    @cached_property
    def _now(self) -> dict[str, Known]:
        return _read(self.counts, self.filing.org, self.collection.period)

    @cached_property
    def _own(self) -> dict[int, Amount]:
        return {one.cell_id: one for one in self.filing.amounts.all()}

    @cached_property
    def _sums(self) -> dict[int, Fraction]:
        """Cell → what those below locked; without those that know nothing."""
        found: dict[int, Fraction] = {}
        rows = Amount.objects.filter(filing__in=self.approved).exclude(value=None)
        for cell, value in rows.order_by().values_list("cell", "value"):
            found[cell] = found.get(cell, Fraction(0)) + Fraction(value or 0)
        return found

    @cached_property
    def _counted_below(self) -> dict[str, Fraction]:
        """Indicator → what the records say now of all that are locked below, together."""
        found: dict[str, Fraction] = {}
        if not self.approved or not self.counts:
            return found
        period = self.collection.period
        direct = {
            unit.pk: numbers for unit, numbers in table(self.counts, self.filing.org, period).units
        }
        for one in self.approved:
            numbers = direct.get(one.org_id) or figures(self.counts, one.org, period)
            for code, figure in numbers.items():
                found[code] = found.get(code, Fraction(0)) + Fraction(figure.value or 0)
        return found

    @cached_property
    def last(self) -> dict[str, Known]:
        """Code → the figure of a year before: as it was locked, else as the records have it."""
        period = before(self.collection.period)
        locked = self._locked_in(period)
        if locked is not None:
            return locked
        found = _read(self.counts, self.filing.org, period)
        known = {one.code: found.get(one.indicator) for one in self.cells if one.is_counted}
        return _worked_out(self.cells, known, {})

    def _locked_in(self, period: Period) -> dict[str, Known] | None:
        form = self.collection.form
        rows = Filing.objects.filter(
            org=self.filing.org_id,
            state=FilingState.APPROVED,
            collection__since=period.start,
            collection__until=period.end,
            collection__form__org=form.org_id,
            collection__form__title=form.title,
        )
        held = rows.order_by("-pk").first()
        if held is None:
            return None
        values = held.amounts.values_list("cell__code", "value")
        return {code: _fraction(value) for code, value in values}

    @cached_property
    def lines(self) -> list[Line]:
        parts = {one.code: self._part(one) for one in self.cells if not one.is_formula}
        known = {one.code: self._value(one, parts[one.code]) for one in self.cells
                 if not one.is_formula}  # fmt: skip
        values = _worked_out(self.cells, known, self.last)
        return [self._line(one, values, parts) for one in self.cells]

    def _line(self, cell: Cell, values: Mapping[str, Known], parts: Mapping[str, Known]) -> Line:
        own = self._own.get(cell.pk)
        locked = own is not None and not self.is_open
        return Line(
            cell=cell,
            value=_fraction(own.value) if own and locked else values.get(cell.code),
            part=parts.get(cell.code),
            below=None if cell.is_formula else self._brought(cell),
            counted=self._now.get(cell.indicator) if cell.is_counted else None,
            recorded=self._recorded(cell),
            then=_fraction(own.counted) if own and locked else None,
            entered=_fraction(own.entered) if own else None,
            last=self.last.get(cell.code),
            note=own.note if own else "",
            adds_up=adds_up(cell),
        )

    def _part(self, cell: Cell) -> Known:
        """What the unit itself brings: entered, else what the records hold beside those below."""
        own = self._own.get(cell.pk)
        if own and own.entered is not None:
            return Fraction(own.entered)
        return self._recorded(cell)

    def _recorded(self, cell: Cell) -> Known:
        now = self._now.get(cell.indicator) if cell.is_counted else None
        if now is None or not adds_up(cell):
            return now
        return now - self._counted_below.get(cell.indicator, Fraction(0))

    def _brought(self, cell: Cell) -> Known:
        """What those below bring to it; nothing where their records say it all."""
        if adds_up(cell):
            return self._sums.get(cell.pk)
        return self._beside.get(cell.pk) or None

    def _value(self, cell: Cell, part: Known) -> Known:
        below = (self._sums if adds_up(cell) else self._beside).get(cell.pk)
        if part is None or below is None:
            return below if part is None else part
        return part + below

    @cached_property
    def _beside(self) -> dict[int, Fraction]:
        """Cell of people → by how much those below say more, or less, than their records.

        The records of all are counted together already, each person once; nothing is added where
        the unit itself said how many there are with all below.
        """
        rows = Amount.objects.filter(filing__in=self.approved).exclude(value=None)
        said = {pk for pk, own in self._own.items() if own.entered is not None}
        found: dict[int, Fraction] = {}
        for cell, value, counted in rows.order_by().values_list("cell", "value", "counted"):
            if cell not in said:
                more = Fraction(value or 0) - Fraction(counted or 0)
                found[cell] = found.get(cell, Fraction(0)) + more
        return found


def adds_up(cell: Cell) -> bool:
    """Whether the figures of units make that of them all: people counted once do not."""
    found = indicators.get(cell.indicator) if cell.is_counted else None
    return not (isinstance(found, Indicator) and found.people)


def _worked_out(
    cells: list[Cell], known: dict[str, Known], last: Mapping[str, Known]
) -> dict[str, Known]:
    values = dict(known)
    for code, node in order_of(cells):
        values[code] = arithmetic.worked_out(node, values, last)
    return values


def _read(some: list[Declared], org: Org, period: Period) -> dict[str, Known]:
    found: Mapping[str, Figure] = figures(some, org, period) if some else {}
    return {one.code: _fraction(found.get(one.code, NOTHING).value) for one in some}


def _is_known(cell: Cell) -> bool:
    return cell.is_counted and cell.indicator in indicators


def _indicator(cell: Cell) -> Declared:
    return indicators[cell.indicator]


def _fraction(value: Decimal | int | None) -> Known:
    return None if value is None else Fraction(value)


def words(value: Known, unit: str = "") -> str:
    """A figure as people read it, to two places; nothing where nothing is known."""
    if value is None:
        return ""
    places = f"{float(round(value, 2)):,.2f}".rstrip("0").rstrip(".")
    return f"{places}%" if unit == PERCENT else places


def to_hand_in(org: Org) -> QuerySet[Filing]:
    """A body's own that are not handed in, what is due first."""
    rows = Filing.objects.filter(org=org, state__in=EDITABLE)
    return rows.select_related("collection__form").order_by("collection__due_on", "pk")


def reviewed_at(org: int) -> Q:
    """What a body looks through: that of those directly below it, and its own where it sent it."""
    return Q(above__org=org) | Q(above=None, org=org)


def on_desk(org: Org) -> tuple[int, int]:
    """How many a body has to hand in, and how many to look through."""

    def asked(pk: int) -> QuerySet[Any]:
        own = Q(org=pk, state__in=EDITABLE)
        review = reviewed_at(pk) & Q(state=FilingState.CONFIRMED)
        rows = Filing.objects.filter(own | review).order_by().values("state")
        found: QuerySet[Any] = rows.annotate(
            own=Count("pk", filter=own), review=Count("pk", filter=review)
        )
        return found

    counted = list(about(org.pk, ("filings on desk",), asked))
    return sum(one["own"] for one in counted), sum(one["review"] for one in counted)


def reason_of_return(filing: Filing) -> str:
    """Why it was sent back last; empty unless it still waits for the unit."""
    return _reason(filing, "return") if filing.state == FilingState.RETURNED else ""


def reason_let_off(filing: Filing) -> str:
    """Why a unit need not file; empty where it has to."""
    return _reason(filing, "let_off") if filing.state == FilingState.LET_OFF else ""


def _reason(filing: Filing, verb: str) -> str:
    last = history_of(filing).filter(verb=verb).first()
    return str(last.changes.get("reason", "")) if last else ""
