"""The server or the database is killed while people press and are signed in: what was said holds.

Whoever was told that they have a place, wait or are signed in stands so in the tables; nobody else
is half on the list.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bench.activities import worker
from bench.activities_data import make
from bench.activities_load import Seen, send
from bench.activities_server import Server, processes
from bench.activities_visits import Hall, Phone
from bench.places import Place
from gonghui.core.access.roles import ship_roles

PEOPLE, ENOUGH = 60, 15
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

    def goes_on(self, *, without: tuple[Collection[str], Collection[int]] = ((), ())) -> Seen:
        """All of them at once; those whom nobody answers any more give up."""
        on_list, came = without
        keys = {name: key for name, key in self.made["people"].items() if name not in on_list}
        people = [self.hall.visit(name, key) for name, key in keys.items()]
        others = [one for one in self.made["present"] if one not in came]
        signed_in = [self.phones[at % 2].visit(one) for at, one in enumerate(others)]
        both = [one for pair in zip_longest(people, signed_in) for one in pair if one]
        return send([(0, one) for one in both], hands=8, most=120)

    def killed_by(self, blow: Callable[[], None]) -> Seen:
        """What they met when the blow came in the middle of it."""
        seen: list[Seen] = []
        crowd = threading.Thread(target=lambda: seen.append(self.goes_on()))
        crowd.start()
        end = time.monotonic() + 60
        while min(len(self.hall.pressed), len(self.taken)) < ENOUGH and time.monotonic() < end:
            time.sleep(0.01)
        blow()
        crowd.join()
        assert seen[0].errors, "it was done before it could be killed"
        return seen[0]

    @property
    def taken(self) -> set[int]:
        return self.phones[0].taken | self.phones[1].taken

    def holds(self) -> tuple[set[str], set[int]]:
        """What was confirmed is there, all that is there is whole: who is on the list, who came."""
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
        return names, set(evening["came"])


@contextmanager
def evening_at(place: Place, made: dict) -> Iterator[Evening]:
    evening = Evening(place, made)
    try:
        yield evening
    finally:
        for phone in evening.phones:
            phone.browser.end()
        if evening.server.process.poll() is None:
            evening.server.end()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the database of one file")
def test_killed_server_leaves_what_was_said_and_nothing_half(tmp_path):
    ship_roles()
    made = make(PEOPLE, PEOPLE)
    with sqlite3.connect(tmp_path / "gonghui.sqlite3") as file:
        connection.connection.backup(file)

    with evening_at(Place("sqlite", PEOPLE, tmp_path), made) as evening:
        evening.killed_by(evening.server.kill)

        evening.holds()


class Cluster:
    """A PostgreSQL server of our own, which may be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.tools = folder, folder / "data", TOOLS[-1].parent
        self.who: list[str] = []
        if os.geteuid() == 0:  # it does not run as root
            shutil.chown(folder, "postgres")
            self.who = ["runuser", "-u", "postgres", "--"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"postgres://gonghui@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "--username=gonghui", "--auth=trust", "--locale=C.UTF-8",
                  "--encoding=UTF8", "--no-sync")  # fmt: skip

    def _run(self, tool: str, *said: str) -> None:
        command = [*self.who, str(self.tools / tool), f"--pgdata={self.data}", *said]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        how = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "--wait", f"--log={self.folder / 'log'}", "-o", how, "start")

    def copy_from(self, database: dict) -> None:
        """Everything of the test's own database."""
        named = {"host": "HOST", "port": "PORT", "username": "USER"}
        where = [f"--{word}={database[key]}" for word, key in named.items() if database[key]]
        dump = [str(self.tools / "pg_dump"), *where, "--no-owner", database["NAME"]]
        told = subprocess.run(dump, check=True, stdout=subprocess.PIPE).stdout
        load = [str(self.tools / "psql"), "--quiet", "-v", "ON_ERROR_STOP=1", self.url]
        subprocess.run(load, input=told, check=True, stdout=subprocess.DEVNULL)

    def kill_and_start(self) -> None:
        """End all its processes at once, without a word, and begin anew."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        for pid in processes(first):
            os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + 5
        while Path(f"/proc/{first}").exists() and time.monotonic() < end:
            time.sleep(0.05)
        self.start()

    def end(self) -> None:
        self._run("pg_ctl", "--mode=immediate", "stop")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory() as folder:
        made = Cluster(Path(folder))
        made.start()
        yield made
        made.end()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="its database is copied")
@pytest.mark.skipif(not TOOLS, reason="no PostgreSQL to start")
def test_killed_database_leaves_what_was_said_and_the_server_goes_on(cluster, tmp_path):
    ship_roles()
    made = make(PEOPLE, PEOPLE)
    cluster.copy_from(connection.settings_dict)

    with evening_at(Place("postgresql", PEOPLE, tmp_path, cluster.url), made) as evening:
        evening.killed_by(cluster.kill_and_start)

        on_list, came = evening.holds()
        assert evening.goes_on(without=(on_list, came)).errors == []
        on_list, came = evening.holds()
        assert (len(on_list), len(came)) == (PEOPLE, PEOPLE)
