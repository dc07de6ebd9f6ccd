"""Processes of their own press at the same moment: as servers do, not as threads of one."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from gonghui.core.activities.models import Activity
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory
from tests.processes import READY, address_of_database, asked, started

PRESSER = Path(__file__).with_name("presser.py")
HANDS, EACH, PLACES = 2, 45, 30


def press_together(address: str, activity: Activity, people: list[int]) -> list[int]:
    start = time.time() + READY
    hands = [
        started(address, PRESSER, activity.pk, start, *people[at::HANDS]) for at in range(HANDS)
    ]
    said = [hand.communicate(timeout=120)[0] for hand in hands]
    assert [hand.returncode for hand in hands] == [0] * HANDS
    return [int(one) for one in said]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_never_overbook(tmp_path):
    activity = ActivityFactory(state="open", capacity=PLACES)
    people = [one.pk for one in PersonFactory.create_batch(HANDS * EACH)]

    address = address_of_database(tmp_path)
    errors = press_together(address, activity, people)

    assert errors == [0] * HANDS
    assert asked(address, "SELECT seats_taken FROM activities_activity") == [(PLACES,)]
    rows = asked(address, "SELECT status, line FROM signing_registration")
    withdrawn = HANDS * (EACH // 3)
    assert Counter(status for status, _ in rows) == {
        "signed": PLACES,
        "withdrawn": withdrawn,
        "waiting": HANDS * EACH - PLACES - withdrawn,
    }
    lines = [line for status, line in rows if status == "waiting"]
    assert len(lines) == len(set(lines))
