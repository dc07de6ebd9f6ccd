"""What was sent down: to whom it may go, how far the units are, and all of them side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from gonghui.core.indicators.counting import months_to
from gonghui.core.indicators.periods import days_of, words_of
from gonghui.core.orgs.models import Org, subtree

from ..models import EDITABLE, Amount, Cadence, Collection, Filing, FilingState
from .filings import Known

DEPTHS = {"direct": "直属下级", "all": "全部下级"}
BACK = 13  # months that are offered


def units_below(org: Org, *, depth: str = "direct") -> QuerySet[Org]:
    """Unions that stand below a body, in the order of the tree."""
    unions = Org.objects.unions().filter(until=None)
    if depth == "direct":
        return unions.filter(parent=org).order_by("path")
    return unions.filter(subtree(org.path)).exclude(pk=org.pk).order_by("path")


def periods_for(cadence: str, today: date) -> list[tuple[str, str]]:
    """The periods that can be asked for: name and words, the latest first."""
    year = today.year
    names: Iterable[str]
    if cadence == Cadence.MONTH:
        names = (f"{one.start:%Y-%m}" for one in reversed(months_to(today, BACK)))
    elif cadence == Cadence.QUARTER:
        names = (f"{y}Q{n}" for y in (year, year - 1) for n in (4, 3, 2, 1))
    elif cadence == Cadence.HALF:
        names = (f"{y}H{n}" for y in (year, year - 1) for n in (2, 1))
    elif cadence == Cadence.STATISTICS:
        names = (f"S{y}" for y in (year + 1, year, year - 1))
    else:
        names = (f"{y}" for y in (year, year - 1, year - 2))
    found = [(name, days_of(name)) for name in names]
    return [(name, words_of(days)) for name, days in found if days and days.start <= today]


@dataclass(frozen=True)
class Standing:
    """How many units stand where with one collection; the sender's own is not counted.

    ``sent`` are those that have to file; who was ``let_off`` is not among them.
    """

    sent: int
    waiting: int
    returned: int
    confirmed: int
    approved: int
    let_off: int

    @property
    def all(self) -> int:
        """Whoever was asked at first."""
        return self.sent + self.let_off

    @property
    def missing(self) -> int:
        """Those a reminder would reach."""
        return self.waiting + self.returned


def with_standing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Collections with how many units there are and how many handed in."""
    units = Q(filings__above__isnull=False) & ~Q(filings__state=FilingState.LET_OFF)
    missing = units & Q(filings__state__in=EDITABLE)
    counted: QuerySet[Any] = rows.annotate(
        units=Count("filings", filter=units), missing=Count("filings", filter=missing)
    )
    return counted


def standing(collection: Collection) -> Standing:
    state = {one.value: Q(state=one) for one in FilingState}
    counted = units_of(collection).aggregate(
        sent=Count("pk", filter=~state["let_off"]),
        waiting=Count("pk", filter=state["open"]),
        returned=Count("pk", filter=state["returned"]),
        confirmed=Count("pk", filter=state["confirmed"]),
        approved=Count("pk", filter=state["approved"]),
        let_off=Count("pk", filter=state["let_off"]),
    )
    return Standing(**counted)


def units_of(collection: Collection) -> QuerySet[Filing]:
    """What every unit files, in the order of the tree."""
    rows = Filing.objects.filter(collection=collection, above__isnull=False)
    return rows.select_related("org").order_by("org__path")


def missing_of(collection: Collection) -> QuerySet[Filing]:
    return units_of(collection).filter(state__in=EDITABLE)


def keeps_due(collection: Collection) -> str:
    """Why its last day stays as it is; empty while somebody has still to hand in."""
    rows = Filing.objects.filter(collection=collection, state__in=EDITABLE)
    return "" if rows.exists() else "各单位都已上报，不用再改期限。"


def missing_below(filing: Filing) -> QuerySet[Filing]:
    """Who has not handed in of all that lie below one unit, whoever asked them."""
    rows = missing_of(filing.collection).filter(subtree(filing.org.path, field="org"))
    return rows.exclude(pk=filing.pk)


def own_of(collection: Collection) -> Filing | None:
    """The sender's own, which sums all."""
    rows = Filing.objects.filter(collection=collection, above=None)
    return rows.select_related("org", "collection__form").first()


def values_of(filings: Iterable[Filing]) -> dict[int, dict[int, Known]]:
    """Filing → cell → the value as it was confirmed."""
    found: dict[int, dict[int, Known]] = {}
    rows = Amount.objects.filter(filing__in=list(filings)).order_by()
    for pk, cell, value in rows.values_list("filing", "cell", "value"):
        found.setdefault(pk, {})[cell] = None if value is None else Fraction(value)
    return found
