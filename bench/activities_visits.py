"""What people at an activity do over HTTP: sign up on the phone, sign others in at the door."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from uuid import uuid4

from .activities_load import JSON, Browser, Seen, Visit

LISTS = 20  # seconds after which a phone fetches its list anew, as static/attendance/door.js does
SAID = (("您已报名", "signed"), ("您在候补", "waiting"))


class Hall:
    """An activity people press for; ``told`` keeps what the page said to each of them.

    ``pressed`` are those whose press was answered: whatever happens then, they are on the list.
    """

    def __init__(self, port: int, activity: int) -> None:
        self.port, self.path = port, f"/signing/portal/{activity}/"
        self.told: dict[str, str] = {}
        self.pressed: set[str] = set()

    def visit(self, name: str, key: str) -> Visit:
        """Open the page, press, and read what came of it."""

        def visit(seen: Seen, due: float) -> None:
            browser = Browser(self.port, key, seen)
            try:
                browser.get("page", self.path, due)
                browser.post("press", self.path, "")
                self.pressed.add(name)
                page = browser.get("answer", self.path)
                self.told[name] = next((word for words, word in SAID if words in page), "")
            finally:
                browser.end()

        return visit


class Phone:
    """An organiser's phone at a door: it sends one note after another, and sometimes one again."""

    def __init__(self, port: int, session: int, key: str, door: str) -> None:
        self.path, self.door = f"/attendance/session/{session}", door
        self.browser = Browser(port, key, Seen())
        self.turn = threading.Lock()
        self.listed = float("-inf")
        self.taken = set[int]()  # whom a receipt confirmed

    def fetch(self, seen: Seen, due: float) -> None:
        self.browser.seen = seen
        self.browser.get("list", f"{self.path}/carry/", due)
        self.listed = time.perf_counter()

    def visit(self, registration: int, *, times: int = 1) -> Visit:
        note = {
            "number": str(uuid4()),
            "act": "in",
            "way": "scanned",
            "registration": registration,
            "door": self.door,
        }

        def visit(seen: Seen, due: float) -> None:
            with self.turn:
                self.browser.seen = seen
                if time.perf_counter() - self.listed > LISTS:
                    self.fetch(seen, time.perf_counter())
                note.setdefault("at", datetime.now(UTC).isoformat())
                for _ in range(times):
                    self._send(note, due)
                    due = time.perf_counter()

        return visit

    def _send(self, note: dict[str, object], due: float) -> None:
        body = json.dumps({"now": datetime.now(UTC).isoformat(), "notes": [note]})
        answer = json.loads(self.browser.post("check-in", f"{self.path}/notes/", body, JSON, due))
        (receipt,) = answer["receipts"]
        if receipt["refused"]:
            raise ValueError(receipt["refused"])
        self.taken.add(int(str(note["registration"])))
