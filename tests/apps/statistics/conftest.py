"""A form of four cells, issued by the province, on a day in October."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from gonghui.apps.statistics.actions import collecting
from gonghui.apps.statistics.actions.filing import Said, fill
from gonghui.apps.statistics.flow import FILING
from gonghui.apps.statistics.models import Collection, Filing, Form
from gonghui.kit.dates import Period
from tests.cast import Cast
from tests.factories.statistics import CellFactory, FormFactory, RelationFactory

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))


@pytest.fixture(autouse=True)
def _on_an_october_day():
    with time_machine.travel(datetime(2026, 10, 8, 2, tzinfo=UTC), tick=False):
        yield


def make_form(org, **values) -> Form:
    """Members by the records; asked and answered by the unit; the share worked out."""
    form = FormFactory(org=org, state="issued", title="月报表", **values)
    CellFactory(form=form, code="A1", name="会员", unit="人", how="indicator",
                indicator="membership.members")  # fmt: skip
    CellFactory(form=form, code="D1", name="收到诉求", unit="件")
    CellFactory(form=form, code="D2", name="已答复", unit="件")
    CellFactory(form=form, code="D3", name="答复率", unit="%", how="formula",
                formula="D2 ÷ D1 × 100")  # fmt: skip
    RelationFactory(form=form, left="D2", sign="<=", right="D1")
    return form


class Office:
    """What people do with the form, each by the door a screen would take."""

    def __init__(self, cast: Cast, collection: Collection) -> None:
        self.cast, self.collection = cast, collection

    def of(self, org) -> Filing:
        return Filing.objects.get(collection=self.collection, org=org)

    def enters(self, name: str, org, note: str = "", **figures) -> Filing:
        """``D1=5``: by codes; each save begins from what is there."""
        filing = self.of(org)
        cells = {one.code: one.pk for one in self.collection.form.cells.all()}
        said = {
            cells[code]: Said(None if value is None else Decimal(value), note)
            for code, value in figures.items()
        }
        return fill(filing, said, edition=filing.edition, by=self.cast.actor(name))

    def takes(self, name: str, org, step: str, **answers) -> Filing:
        FILING.perform(self.of(org), step, by=self.cast.actor(name), **answers)
        return self.of(org)

    def hands_in(self, name: str, org, above: str, note: str = "", **figures) -> None:
        """Entered, confirmed, and approved by whoever stands above."""
        self.enters(name, org, note, **figures)
        self.takes(name, org, "confirm")
        self.takes(above, org, "approve")

    def values(self, org) -> dict[str, object]:
        """Code → the value as it was confirmed."""
        rows = self.of(org).amounts.values_list("cell__code", "value")
        return {code: None if value is None else float(value) for code, value in rows}


@pytest.fixture
def office(cast: Cast) -> Office:
    """The province asks its city and the company below it."""
    form = make_form(cast.province)
    made = collecting.send(
        form, [cast.city, cast.company], SEPTEMBER, due_on=date(2026, 10, 12),
        by=cast.actor("erin"),
    )  # fmt: skip
    return Office(cast, made)
