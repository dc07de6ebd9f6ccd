"""The server or the database is killed while people press and are signed in: what was said holds.

Whoever was told that they have a place, wait or are signed in stands so in the tables; nobody else
is half on the list.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bench.activities import worker
from bench.activities_data import make
from bench.activities_load import Seen, send
from bench.activities_server import Server
from bench.activities_visits import Hall, Phone
from bench.places import Place
from gonghui.core.access.roles import ship_roles

PEOPLE, ENOUGH = 120, 25
TOOLS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
SETTINGS = "tests.core.signing.survival_settings"


class Evening:
    """People pressing for seats, and others signed in at two doors, all at once."""

    def __init__(self, place: Place, made: dict) -> None:
        self.place, self.made = place, made
        told = {"DJANGO_SETTINGS_MODULE": SETTINGS, "GONGHUI_SECRET_KEY": settings.SECRET_KEY}
        self.server = Server(place, GONGHUI_JOBS="inline", **told)
        self.hall = Hall(self.server.port, made["rush"])
        self.phones = [self._phone(number) for number in range(2)]

    def _phone(self, number: int) -> Phone:
        key = self.made["phones"][number]
        return Phone(self.server.port, self.made["session"], key, f"{number + 1}号门")

    def goes_on(self) -> Seen:
        """All of them at once; those whom nobody answers any more give up."""
        people = [self.hall.visit(name, key) for name, key in self.made["people"].items()]
        signed_in = [self.phones[n % 2].visit(one) for n, one in enumerate(self.made["present"])]
        both = [one for pair in zip(people, signed_in, strict=True) for one in pair]
        return send([(0, one) for one in both], hands=8, most=60)

    def killed_by(self, blow) -> Seen:
        """What they met when the blow came in the middle of it."""
        seen: list[Seen] = []
        crowd = threading.Thread(target=lambda: seen.append(self.goes_on()))
        crowd.start()
        end = time.monotonic() + 60
        while min(len(self.hall.pressed), len(self.taken)) < ENOUGH:
            assert time.monotonic() < end, "they did not get in"
            time.sleep(0.01)
        blow()
        crowd.join()
        return seen[0]

    @property
    def taken(self) -> set[int]:
        return self.phones[0].taken | self.phones[1].taken

    def holds(self) -> None:
        """What was confirmed is there, and everything that is there is whole."""
        rush, evening = worker(self.place, "truth", self.made["rush"], self.made["evening"])
        names = set(rush["status"])
        assert self.hall.pressed <= names
        assert all(rush["status"][name] == word for name, word in self.hall.told.items())
        assert rush["counted"] == rush["signed"]
        assert rush["lines"] == list(range(1, len(names) - rush["signed"] + 1))
        assert (rush["entries"], rush["twice"]) == (len(names), 0)
        assert self.taken <= set(evening["came"])
        assert evening["marks"] == len(evening["came"])
        assert evening["quarrels"] == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the database of one file")
def test_killed_server_leaves_what_was_said_and_nothing_half(tmp_path):
    ship_roles()
    made = make(PEOPLE, PEOPLE)
    with sqlite3.connect(tmp_path / "gonghui.sqlite3") as file:
        connection.connection.backup(file)
    evening = Evening(Place("sqlite", PEOPLE, tmp_path), made)

    seen = evening.killed_by(evening.server.kill)

    assert seen.errors, "it was done before it could be killed"
    evening.holds()
