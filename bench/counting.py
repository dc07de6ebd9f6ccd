"""Figures of a whole tree: from scratch, after a day, on a page; three beside their SQL."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence

from .figures import Figure, Limit
from .places import Place

AGAINST_SQL = 2.0  # the hand-written GROUP BY, at the most
# What is promised for 1,000,000 people on PostgreSQL, and for 100,000 on SQLite.
PROMISED = {"postgresql": 1_000_000, "sqlite": 100_000}
WANTED = {
    "all figures from scratch": 120.0,
    "a day's 50,000 records": 10.0,
    "a page of thirty for the root": 0.3,
}
MOST_MEGABYTES = 1024
ROUNDS = 3


def measure(where: Sequence[Place]) -> Iterator[Figure]:
    """Trees of their own beside the cities: a union of fifty for every fifty people."""
    for place in (_own(place) for place in where):
        place.found()
        told = subprocess.run(
            [sys.executable, "-m", "bench.counting_worker", str(place.size), str(ROUNDS)],
            env=place.environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        for row in json.loads(told.stdout.splitlines()[-1]):
            yield _figure(place, row)


def _own(place: Place) -> Place:
    folder = place.folder.parent / f"{place.database}-counting-{place.size}"
    url = place.url.replace(f"_{place.size}", f"_counting_{place.size}")
    return Place(place.database, place.size, folder, url)


def _figure(place: Place, row: dict[str, object]) -> Figure:
    on = {"database": place.database, "size": place.size}
    name, value = str(row["name"]), statistics.median(row["times"])  # type: ignore[call-overload]
    if "bare" in row:
        bare = statistics.median(row["bare"])  # type: ignore[call-overload]
        return Figure("counting", name, value, "s", bare, Limit("ratio", AGAINST_SQL), **on)  # type: ignore[arg-type]
    if row.get("unit") == "MB":
        return Figure("counting", name, value, "MB", None, Limit("value", MOST_MEGABYTES), **on)  # type: ignore[arg-type]
    asked = place.size <= PROMISED[place.database]
    limit = Limit("value", WANTED[name]) if asked and name in WANTED else None
    return Figure("counting", name, value, str(row.get("unit", "s")), None, limit, **on)  # type: ignore[arg-type]
