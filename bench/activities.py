"""A rush for few seats and a full door, over real HTTP against a real server.

Everybody presses within a minute of the opening; ten phones sign people in. Each visit is timed
from the moment it was due, so a server that cannot keep up shows it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from .activities_load import Browser, Seen, Visit, send
from .activities_server import Server, serving
from .activities_visits import Hall, Phone
from .figures import Figure, Limit
from .places import Place

MINUTE = 60.0
MOST = 3  # times the planned duration, after which no visit is begun
AGAIN = 10  # every so many notes one is sent a second time
TURNS, BURST, HANDS = 3, 100, 8
HALF = 0.5


@dataclass(frozen=True)
class Plan:
    """How many press within a minute and how many come within ``door`` seconds; what p95 may be."""

    people: int
    present: int
    within: float
    door: float = 300.0


PLANS = {"postgresql": Plan(3000, 2000, 1), "sqlite": Plan(500, 300, 2)}


def measure(where: Sequence[Place]) -> Iterator[Figure]:
    for place in _own(where):
        plan = PLANS[place.database]
        made = worker(place, "prepare", plan.people, plan.present)
        with serving(place) as server:
            yield from Run(place, plan, made, server).figures()


def _own(where: Sequence[Place]) -> list[Place]:
    """A place of each kind that is used for nothing else."""
    found: dict[str, Place] = {}
    for place in where:
        folder = place.folder.parent / f"{place.database}-activities"
        url = place.url.replace(f"_{place.size}", "_activities")
        own = Place(place.database, PLANS[place.database].people, folder, url)
        found.setdefault(place.database, own)
    return list(found.values())


def worker(place: Place, *said: object) -> Any:
    """Ask ``activities_data`` for something, in a process that has the place's database."""
    place.found()
    told = subprocess.run(
        [sys.executable, "-m", "bench.activities_worker", *map(str, said)],
        env=place.environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


@dataclass
class Run:
    """One server under load; what is confirmed to people is held against the tables."""

    place: Place
    plan: Plan
    made: dict[str, Any]
    server: Server

    def figures(self) -> Iterator[Figure]:
        yield from self._rush()
        yield from self._door()
        yield from self._rates()

    def _rush(self) -> Iterator[Figure]:
        """Everybody opens the page, presses and sees what came of it, some time in the minute."""
        hall = Hall(self.server.port, self.made["rush"])
        dice = Random(self.plan.people)
        visits = [
            (dice.uniform(0, MINUTE), hall.visit(name, key))
            for name, key in self.made["people"].items()
        ]
        seen, spent = self._sent(visits, MINUTE)
        (told,) = worker(self.place, "truth", self.made["rush"])
        seats = self.made["seats"]
        wrong = sum(told["status"].get(name) != word for name, word in hall.told.items())
        lines = list(range(1, len(visits) - told["signed"] + 1))
        yield self._none("sign-up, errors", len(seen.errors))
        yield self._none("sign-up, places given beyond the seats", max(0, told["signed"] - seats))
        yield self._none("sign-up, seats left empty", max(0, seats - told["signed"]))
        yield self._none("sign-up, people twice on the list", told["twice"])
        yield self._none(
            "sign-up, turns of the line given twice or left out", told["lines"] != lines
        )
        yield self._none("sign-up, people told otherwise than is kept", wrong)
        yield from self._times("sign-up", seen, ("page", "press", "answer"))
        yield self._figure("sign-up, processor time of one visit", spent / len(visits) * 1000, "ms")

    def _door(self) -> Iterator[Figure]:
        """Ten phones at ten doors, people coming one after another; what was sent is sent again."""
        phones = [self._phone(number) for number in range(len(self.made["phones"]))]
        dice = Random(self.plan.present)
        visits = [
            (
                dice.uniform(0, self.plan.door),
                phones[at % len(phones)].visit(one, times=1 if at % AGAIN else 2),
            )
            for at, one in enumerate(self.made["present"])
        ]
        seen, spent = self._sent(visits, self.plan.door)
        for phone in phones:
            phone.browser.end()
        (told,) = worker(self.place, "truth", self.made["evening"])
        taken = set[int]().union(*(phone.taken for phone in phones))
        yield self._none("check-in, errors", len(seen.errors))
        yield self._none(
            "check-in, people confirmed and not on record", len(taken - set(told["came"]))
        )
        yield self._none("check-in, marks made twice", told["marks"] - len(told["came"]))
        yield self._none("check-in, conflicts", told["quarrels"])
        yield from self._times("check-in", seen, ("list", "check-in"))
        yield self._figure("check-in, processor time of one", spent / len(visits) * 1000, "ms")

    def _rates(self) -> Iterator[Figure]:
        """How many a second with as many hands as the server has, in turn with one bare insert."""
        keys = list(self.made["people"].values())[: TURNS * BURST]
        hall = f"/signing/portal/{self.made['rates']}/"
        phones = [self._phone(number) for number in range(HANDS)]
        bursts: dict[str, list[Visit]] = {
            "bare": [self._post(key, "/bare/insert/") for key in keys],
            "sign-up": [self._post(key, hall) for key in keys],
            "check-in": [
                phones[at % HANDS].visit(one) for at, one in enumerate(self.made["spare"])
            ],
        }
        best = dict.fromkeys(bursts, 0.0)
        self._sent([(0, phone.fetch) for phone in phones], MINUTE)  # the lists are there before
        self._sent([(0, one) for one in bursts["bare"]], MINUTE)  # and all have just been seen
        for turn in range(TURNS):
            for name, visits in bursts.items():
                part = visits[turn * BURST : (turn + 1) * BURST]
                seen, _ = self._sent([(0, one) for one in part], MINUTE, hands=HANDS)
                if not seen.errors:
                    best[name] = max(best[name], len(part) / seen.seconds)
        for phone in phones:
            phone.browser.end()
        for name in ("sign-up", "check-in"):
            limit = Limit("ratio", HALF, least=True)
            yield self._figure(f"{name}, requests", best[name], "1/s", limit, best["bare"])

    def _phone(self, number: int) -> Phone:
        key = self.made["phones"][number]
        return Phone(self.server.port, self.made["session"], key, f"{number + 1}号门")

    def _post(self, key: str, path: str) -> Visit:
        def visit(seen: Seen, due: float) -> None:
            browser = Browser(self.server.port, key, seen)
            try:
                browser.post("post", path, "")
            finally:
                browser.end()

        return visit

    def _sent(
        self, visits: list[tuple[float, Visit]], seconds: float, **how: int
    ) -> tuple[Seen, float]:
        """What they met, and the processor time the server took for it."""
        before = self.server.spent()
        seen = send(visits, most=seconds * MOST, **how)
        for words, times in Counter(seen.errors).most_common(5):
            print(f"!! {times} x {words}", file=sys.stderr)
        return seen, self.server.spent() - before

    def _times(self, name: str, seen: Seen, steps: Sequence[str]) -> Iterator[Figure]:
        limit = Limit("value", self.plan.within)
        for step in steps:
            yield self._figure(f"{name}, p95 of the {step}", seen.within(step), "s", limit)
        yield self._figure(f"{name}, all of it", seen.seconds, "s")

    def _none(self, name: str, number: int) -> Figure:
        return self._figure(name, number, "", Limit("value", 0))

    def _figure(
        self,
        name: str,
        value: float,
        unit: str,
        limit: Limit | None = None,
        reference: float | None = None,
    ) -> Figure:
        on = {"database": self.place.database, "size": self.place.size}
        return Figure("activities", name, value, unit, reference, limit, **on)
