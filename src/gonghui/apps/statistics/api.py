"""What others may ask of statistics: an example begun and issued, sent down, filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

from .actions import collecting, filing, forms
from .engine.shipped import TEMPLATES
from .flow import FILING, FORM
from .models import Collection, Filing, Form
from .queries.checking import faults_of
from .queries.filings import Sheet


def begin(code: str, org: Org, *, by: Actor) -> Form:
    """A draft from the shipped example of that name."""
    template = next(one for one in TEMPLATES if one.code == code)
    form = Form(org=org, title=template.title, cadence=template.cadence)
    return forms.keep_form(form, template, by=by)


def issue(form: Form, *, by: Actor) -> None:
    """Let it be sent down; refused where it does not add up."""
    FORM.perform(form, "issue", by=by)


def send(
    form: Form, units: Iterable[Org], period: Period, *, due_on: date, by: Actor
) -> Collection:
    """Ask the units for one period."""
    return collecting.send(form, units, period, due_on=due_on, by=by)


def enter(collection: Collection, org: Org, figures: Mapping[str, int], *, by: Actor) -> None:
    """What a unit says of some cells, by their codes."""
    found = Filing.objects.get(collection=collection, org=org)
    cells = {one.code: one.pk for one in collection.form.cells.all()}
    said = {cells[code]: filing.Said(Decimal(value)) for code, value in figures.items()}
    filing.fill(found, said, edition=found.edition, by=by)


def blanks(collection: Collection, org: Org) -> list[str]:
    """The codes of the cells of which nothing is on record and nothing was entered."""
    found = Filing.objects.get(collection=collection, org=org)
    return [
        line.cell.code
        for line in Sheet(found).lines
        if line.value is None and not line.cell.is_formula
    ]


def explain(collection: Collection, org: Org, words: str, *, by: Actor) -> None:
    """The same words beside every cell that is odd and not explained yet."""
    found = Filing.objects.get(collection=collection, org=org)
    sheet = Sheet(found)
    odd = {fault.code for fault in faults_of(sheet) if fault.is_open and not fault.is_hard}
    said = {
        line.cell.pk: filing.Said(_entered(line.entered), words)
        for line in sheet.lines
        if line.cell.code in odd and not line.cell.is_formula
    }
    filing.fill(found, said, edition=found.edition, by=by)


def _entered(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


def take(collection: Collection, org: Org, step: str, *, by: Actor, **answers: str) -> None:
    """A step of a unit's filing: confirm, approve, return, withdraw."""
    found = Filing.objects.get(collection=collection, org=org)
    FILING.perform(found, step, by=by, **answers)
