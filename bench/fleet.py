"""Measures pages on several databases at once, in turn, so that noise hits all of them alike."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .figures import Figure, Limit
from .places import SMALL, Place

ROUNDS, WARM_UP = 40, 3
# What finding somebody may take, whoever and wherever they are.
WITHIN = {"finding": {"postgresql": 100.0, "sqlite": 300.0}}
GROWTH = 1.3  # a page among a million people against itself among a thousand


@dataclass
class Measured:
    """One page on one database."""

    place: Place
    name: str
    queries: int
    bare_queries: int
    most: float
    times: list[float] = field(default_factory=list)
    bare_times: list[float] = field(default_factory=list)

    @property
    def value(self) -> float:
        return statistics.median(self.times)

    @property
    def reference(self) -> float:
        return statistics.median(self.bare_times)


class Worker:
    """A process with one database; it works only while it is asked."""

    def __init__(self, place: Place, subject: str) -> None:
        place.found()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker", str(place.size), subject],
            env=place.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        names = ("name", "queries", "bare_queries", "most")
        told = self._answer()
        self.pages = [Measured(place, **{name: page[name] for name in names}) for page in told]

    def round(self, *, keep: bool) -> None:
        if self.process.stdin is None:
            raise RuntimeError("the worker was started without a pipe")
        self.process.stdin.write("round\n")
        self.process.stdin.flush()
        for page, (taken, bare) in zip(self.pages, self._answer(), strict=True):
            if keep:
                page.times.append(taken)
                page.bare_times.append(bare)

    def _answer(self) -> Any:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise SystemExit(f"The worker ended with {self.process.wait()}.")
        return json.loads(line)

    def end(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


def measure(subject: str, where: Sequence[Place], rounds: int = ROUNDS) -> Iterator[Figure]:
    workers: list[Worker] = []
    try:
        for place in where:
            workers.append(Worker(place, subject))  # one after the other: loading is work
        for number in range(WARM_UP + rounds):
            for worker in workers:
                worker.round(keep=number >= WARM_UP)
    finally:
        for worker in workers:
            worker.end()
    yield from figures(subject, [page for worker in workers for page in worker.pages])


def figures(subject: str, pages: Sequence[Measured]) -> Iterator[Figure]:
    """For every page its time and its queries, and for a large place both against the small."""
    small = {(page.place.database, page.name): page for page in pages if page.place.size == SMALL}
    for page in pages:
        yield from _own(subject, page)
        before = small.get((page.place.database, page.name))
        if before and before is not page:
            yield from _grown(subject, page, before)


def _own(subject: str, page: Measured) -> Iterator[Figure]:
    on = {"database": page.place.database, "size": page.place.size}
    within = WITHIN.get(subject)
    limit = Limit("value", within[page.place.database]) if within else Limit("ratio", page.most)
    yield Figure(subject, page.name, page.value, "ms", page.reference, limit, **on)
    yield Figure(subject, page.name, page.queries, "queries", page.bare_queries, **on)


def _grown(subject: str, page: Measured, small: Measured) -> Iterator[Figure]:
    on = {"database": page.place.database, "size": page.place.size}
    name = f"{page.name}, against {small.place.size:,} people"
    limit = Limit("ratio", GROWTH)
    yield Figure(subject, name, page.value, "ms", small.value, limit, **on)
    yield Figure(subject, name, page.queries, "queries", small.queries, Limit("ratio", 1), **on)
