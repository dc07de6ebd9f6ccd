"""A bounded load tool: visits at the times set for them, each timed from when it was due."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

HANDS = 64  # visits under way at once, at the most
PATIENCE = 30  # seconds a single answer may take
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TOKEN = "m" * 32  # any does, as long as the cookie and the request say the same


@dataclass
class Seen:
    """What visits met: how long each step took, in seconds, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, step: str, seconds: float) -> None:
        with self.lock:
            self.times.setdefault(step, []).append(seconds)

    def failed(self, words: str) -> None:
        with self.lock:
            self.errors.append(words)

    def within(self, step: str, share: float = 0.95) -> float:
        """The time that so large a share of a step's answers kept, in seconds."""
        ordered = sorted(self.times.get(step, [float("inf")]))
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Browser:
    """One person's browser at the server, with the cookie of a log-in."""

    def __init__(self, port: int, key: str, seen: Seen) -> None:
        self.cookies, self.seen = f"sessionid={key}; csrftoken={TOKEN}", seen
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, step: str, path: str, since: float | None = None) -> str:
        return self._step(step, since, 200, "GET", path)

    def post(
        self, step: str, path: str, body: str, kind: str = FORM, since: float | None = None
    ) -> str:
        """What a form answers is a way on, what a script asked for is the answer itself."""
        return self._step(step, since, 302 if kind == FORM else 200, "POST", path, body, kind)

    def _step(
        self, step: str, since: float | None, good: int, method: str, path: str, *sent: str
    ) -> str:
        begun = time.perf_counter() if since is None else since
        said = {"Cookie": self.cookies, "X-CSRFToken": TOKEN}
        body = None
        if sent:
            body, said["Content-Type"] = sent[0].encode(), sent[1]
        self.line.request(method, path, body, said)
        answer = self.line.getresponse()
        page = answer.read().decode()
        self.seen.took(step, time.perf_counter() - begun)
        if answer.status != good:
            raise ValueError(f"{step} answered {answer.status}")
        return page

    def end(self) -> None:
        self.line.close()


Visit = Callable[[Seen, float], None]  # given when it was due, on the clock of ``perf_counter``


def send(visits: Iterable[tuple[float, Visit]], *, hands: int = HANDS, most: float) -> Seen:
    """Make the visits, each so many seconds after the start; after ``most`` seconds none is begun.

    A visit that finds no free hand waits, and its waiting counts as the server's.
    """
    seen, begun = Seen(), time.perf_counter()
    # A list's own iterator is safe in many hands: the interpreter lets one at a time draw from it.
    line = iter(sorted(visits, key=lambda one: one[0]))
    threads = [
        threading.Thread(target=_work, args=(line, seen, begun, begun + most), daemon=True)
        for _ in range(hands)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.seconds = time.perf_counter() - begun
    return seen


def _work(line: Iterator[tuple[float, Visit]], seen: Seen, begun: float, end: float) -> None:
    for at, visit in line:
        due = begun + at
        time.sleep(max(0, due - time.perf_counter()))
        if time.perf_counter() > end:
            seen.failed("not begun in time")
            continue
        try:
            visit(seen, due)
        except (OSError, http.client.HTTPException, ValueError) as error:
            seen.failed(f"{type(error).__name__}: {error}")
