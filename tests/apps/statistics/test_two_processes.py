"""Two processes save one filing at the same moment, and one is killed in the middle of it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from gonghui.apps.statistics.models import Cell, Filing
from tests.factories.statistics import CellFactory, CollectionFactory, FilingFactory
from tests.processes import READY, address_of_database, asked, started

FILLER = Path(__file__).with_name("filler.py")
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _on_an_october_day():
    """The processes live by the clock of the machine, and so does this test."""


@pytest.fixture
def filing() -> tuple[Filing, Cell]:
    collection = CollectionFactory()
    return FilingFactory(collection=collection), CellFactory(form=collection.form)


@pytest.fixture
def address(filing, tmp_path) -> str:
    return address_of_database(tmp_path)


def filling(address: str, filing: Filing, cell: Cell, *said: object) -> subprocess.Popen[str]:
    return started(address, FILLER, filing.pk, cell.pk, filing.edition, *said)


def held(address: str, filing: Filing) -> tuple[list[float], list[int]]:
    """The figures that stand now, and the edition of the filing."""
    figures = asked(address, f"SELECT entered FROM statistics_amount WHERE filing_id = {filing.pk}")
    editions = asked(address, f"SELECT edition FROM statistics_filing WHERE id = {filing.pk}")
    return [float(one) for (one,) in figures], [one for (one,) in editions]


def test_of_two_at_once_one_is_kept_and_the_other_is_told(filing, address):
    moment = time.time() + READY
    hands = [filling(address, *filing, moment, figure) for figure in (5, 7)]

    said = [hand.communicate(timeout=120)[0].strip() for hand in hands]

    assert sorted(said) == ["kept", "refused"]
    assert held(address, filing[0]) == ([float((5, 7)[said.index("kept")])], [1])


def test_one_killed_in_the_middle_leaves_nothing_and_the_next_goes_on(filing, address):
    first = filling(address, *filing, 0, 5, "and-wait")
    assert first.stdout.readline().strip() == "kept"
    first.kill()
    first.communicate(timeout=60)
    after = held(address, filing[0])

    second = filling(address, *filing, 0, 7)

    assert after == ([], [0])
    assert second.communicate(timeout=120)[0].strip() == "kept"
    assert held(address, filing[0]) == ([7.0], [1])
