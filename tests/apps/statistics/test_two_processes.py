"""Two processes save one filing at the same moment, and one is killed in the middle of it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from gonghui.apps.statistics.models import Cell, Filing
from tests.factories.statistics import CellFactory, CollectionFactory, FilingFactory

FILLER = Path(__file__).with_name("filler.py")
ROOT = Path(__file__).parents[3]
READY = 8  # seconds a process may take to start on two busy cores
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
    """The database the processes open: the test's own, or a file where that is in memory."""
    said = connection.settings_dict
    if connection.vendor == "postgresql":
        who = f"{said['USER']}:{said['PASSWORD']}@" if said["USER"] else ""
        return f"postgres://{who}{said['HOST']}:{said['PORT'] or 5432}/{said['NAME']}"
    file = tmp_path / "db.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    return f"sqlite:///{file}"


def started(address: str, filing: Filing, cell: Cell, *said: object) -> subprocess.Popen[str]:
    environment = os.environ | {"DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
    told = map(str, (filing.pk, cell.pk, filing.edition, *said))
    return subprocess.Popen(
        [sys.executable, str(FILLER), *told],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def held(address: str, filing: Filing) -> tuple[list[float], list[int]]:
    """The figures that stand now, and the edition of the filing."""
    questions = (
        f"SELECT entered FROM statistics_amount WHERE filing_id = {filing.pk}",
        f"SELECT edition FROM statistics_filing WHERE id = {filing.pk}",
    )
    if address.startswith("sqlite"):
        with sqlite3.connect(address.removeprefix("sqlite:///")) as found:
            rows = [found.execute(sql).fetchall() for sql in questions]
    else:
        with connection.cursor() as cursor:
            rows = []
            for sql in questions:
                cursor.execute(sql)
                rows.append(cursor.fetchall())
    return [float(one) for (one,) in rows[0]], [one for (one,) in rows[1]]


def test_of_two_at_once_one_is_kept_and_the_other_is_told(filing, address):
    moment = time.time() + READY
    hands = [started(address, *filing, moment, figure) for figure in (5, 7)]

    said = [hand.communicate(timeout=120)[0].strip() for hand in hands]

    assert sorted(said) == ["kept", "refused"]
    assert held(address, filing[0]) == ([float((5, 7)[said.index("kept")])], [1])


def test_one_killed_in_the_middle_leaves_nothing_and_the_next_goes_on(filing, address):
    first = started(address, *filing, 0, 5, "and-wait")
    assert first.stdout.readline().strip() == "kept"
    first.kill()
    first.communicate(timeout=60)
    after = held(address, filing[0])

    second = started(address, *filing, 0, 7)

    assert after == ([], [0])
    assert second.communicate(timeout=120)[0].strip() == "kept"
    assert held(address, filing[0]) == ([7.0], [1])
