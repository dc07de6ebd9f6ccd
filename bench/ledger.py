"""Headcounts of a day, transfers and the export of a list, beside the SQL or library they need."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence

from .figures import Figure, Limit
from .places import Place

TIMES = 3.0  # the hand-written statement, at the most
BIG = 100_000  # the size the wanted seconds are said for
WANTED = {"export of all people": 20.0}
ROUNDS = 5


def measure(where: Sequence[Place]) -> Iterator[Figure]:
    for place in where:
        place.found()
        told = subprocess.run(
            [sys.executable, "-m", "bench.ledger_worker", str(place.size), str(ROUNDS)],
            env=place.environment() | {"GONGHUI_JOBS": "queue"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        for row in json.loads(told.stdout.splitlines()[-1]):
            yield from _figures(place, row["name"], row["times"], row["bare"])


def _figures(place: Place, name: str, times: list[float], bare: list[float]) -> Iterator[Figure]:
    on = {"database": place.database, "size": place.size}
    value, reference = statistics.median(times), statistics.median(bare)
    limit = Limit("ratio", TIMES)
    if name in WANTED:
        limit = Limit("value", WANTED[name]) if place.size == BIG else None
    yield Figure("ledger", name, value, "s", reference, limit, **on)
