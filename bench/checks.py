"""All checks over a city and over a national tree, and two of them beside the SQL they come to."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence

from .figures import Figure, Limit
from .places import Place

NATIONAL = 20_000  # unions, the size the whole run is promised for
MOST_SECONDS = 60
AGAINST_SQL = 3
ROUNDS = 5


def measure(where: Sequence[Place], *, large: bool) -> Iterator[Figure]:
    """Cities of people, and the national tree when asked for or when somebody made it before."""
    nations = [place for place in _nations(where) if large or place.exists]
    for place in [*where, *nations]:
        yield from _measured(place)


def _nations(where: Sequence[Place]) -> list[Place]:
    """One place of the national size beside each kind of database that is measured."""
    found: dict[str, Place] = {}
    for place in where:
        folder = place.folder.parent / f"{place.database}-unions-{NATIONAL}"
        url = place.url.replace(f"_{place.size}", f"_unions_{NATIONAL}")
        found.setdefault(place.database, Place(place.database, NATIONAL, folder, url))
    return list(found.values())


def _measured(place: Place) -> Iterator[Figure]:
    place.found()
    kind = "unions" if "unions" in place.folder.name else "people"
    told = subprocess.run(
        [sys.executable, "-m", "bench.checks_worker", str(place.size), kind, str(ROUNDS)],
        env=place.environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    on = {"database": place.database, "size": place.size}
    for row in json.loads(told.stdout.splitlines()[-1]):
        name = f"{row['name']}, {kind}"
        value = statistics.median(row["times"])
        if "bare" in row:
            bare, limit = statistics.median(row["bare"]), Limit("ratio", AGAINST_SQL)
            yield Figure("checks", name, value, "s", bare, limit, **on)
        else:
            limit = Limit("value", MOST_SECONDS) if kind == "unions" else None
            yield Figure("checks", name, value, "s", None, limit, **on)
        if "found" in row:
            yield Figure("checks", f"findings of {name}", row["found"], "findings", **on)
