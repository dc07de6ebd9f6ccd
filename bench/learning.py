"""Study rules: ten of them over everybody, one person's page, and the city's page."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence

from .figures import Figure, Limit
from .places import Place

BIG = 100_000  # the size the wanted seconds are said for
WANTED = {"ten rules over all people": 10.0, "one person's page": 0.05}
EVERYWHERE = {"one person's page"}
ROUNDS = 5


def measure(where: Sequence[Place]) -> Iterator[Figure]:
    for place in where:
        place.found()
        told = subprocess.run(
            [sys.executable, "-m", "bench.learning_worker", str(place.size), str(ROUNDS)],
            env=place.environment() | {"GONGHUI_JOBS": "queue"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        for row in json.loads(told.stdout.splitlines()[-1]):
            yield _figure(place, row["name"], row["times"])


def _figure(place: Place, name: str, times: list[float]) -> Figure:
    asked = name in EVERYWHERE or place.size == BIG
    limit = Limit("value", WANTED[name]) if asked and name in WANTED else None
    value = statistics.median(times)
    return Figure(
        "learning", name, value, "s", limit=limit, database=place.database, size=place.size
    )
