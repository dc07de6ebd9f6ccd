"""Processes of their own press at the same moment: as servers do, not as threads of one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from gonghui.core.activities.models import Activity
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory

PRESSER = Path(__file__).with_name("presser.py")
ROOT = Path(__file__).parents[3]
HANDS, EACH, PLACES = 2, 45, 30
READY = 8  # seconds a process may take to start on two busy cores


def database(tmp_path: Path) -> str:
    """The database the processes open: the test's own, or a file where that is in memory."""
    said = connection.settings_dict
    if connection.vendor == "postgresql":
        who = f"{said['USER']}:{said['PASSWORD']}@" if said["USER"] else ""
        return f"postgres://{who}{said['HOST']}:{said['PORT'] or 5432}/{said['NAME']}"
    file = tmp_path / "db.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    return f"sqlite:///{file}"


def press_together(address: str, activity: Activity, people: list[int]) -> list[int]:
    environment = os.environ | {"DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
    start = time.time() + READY
    hands = [
        subprocess.Popen(
            [sys.executable, str(PRESSER), *map(str, [activity.pk, start, *people[at::HANDS]])],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE,
        )
        for at in range(HANDS)
    ]  # fmt: skip
    said = [hand.communicate(timeout=120)[0] for hand in hands]
    assert [hand.returncode for hand in hands] == [0] * HANDS
    return [int(one) for one in said]


def asked(tmp_path: Path, sql: str) -> list[tuple]:
    """What the database the processes worked on says now."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(tmp_path / "db.sqlite3") as found:
            return found.execute(sql).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_never_overbook(tmp_path):
    activity = ActivityFactory(state="open", capacity=PLACES)
    people = [one.pk for one in PersonFactory.create_batch(HANDS * EACH)]

    errors = press_together(database(tmp_path), activity, people)

    assert errors == [0] * HANDS
    assert asked(tmp_path, "SELECT seats_taken FROM activities_activity") == [(PLACES,)]
    rows = asked(tmp_path, "SELECT status, line FROM signing_registration")
    withdrawn = HANDS * (EACH // 3)
    assert Counter(status for status, _ in rows) == {
        "signed": PLACES,
        "withdrawn": withdrawn,
        "waiting": HANDS * EACH - PLACES - withdrawn,
    }
    lines = [line for status, line in rows if status == "waiting"]
    assert len(lines) == len(set(lines))
