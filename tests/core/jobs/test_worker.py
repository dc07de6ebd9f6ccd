"""A real worker process: does what waits, and when it is killed another goes on where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.schema import lay_copy

ROOT = Path(__file__).resolve().parents[3]
ASK = """
from gonghui.core.access.actor import Actor
from gonghui.core.jobs.running import start
from gonghui.core.orgs.models import Kind
from tests.factories.organisation import OrgFactory, PersonFactory
org = OrgFactory(kind=Kind.FEDERATION)
start("test.crawl", by=Actor(PersonFactory(org=org)), org=org, title="慢慢走")
"""


class House:
    """A database of its own with a job waiting in it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "gonghui.sqlite3"
        self.environment = os.environ | {
            "GONGHUI_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.file}",
            "GONGHUI_JOBS": "queue",
            "GONGHUI_HTTPS": "0",
            "DJANGO_SETTINGS_MODULE": "tests.core.jobs.settings_slow",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self.command = [sys.executable, "-m", "gonghui"]

    def run(self, *said: str) -> None:
        subprocess.run([*self.command, *said], env=self.environment, cwd=ROOT, check=True)

    def work(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*self.command, "work"], env=self.environment, cwd=ROOT)

    def ask(self, column: str) -> str:
        with sqlite3.connect(self.file, timeout=20) as base:
            return base.execute(f"SELECT {column} FROM jobs_job").fetchone()[0]

    def wait(self, column: str, wanted: object, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while str(self.ask(column)) != str(wanted):
            assert time.monotonic() < until, f"{column} is {self.ask(column)}"
            time.sleep(0.1)

    def silence(self) -> None:
        """As if a minute had passed since the runner was last heard of."""
        with sqlite3.connect(self.file, timeout=20) as base:
            base.execute("UPDATE jobs_job SET heartbeat_at = '2026-01-01 00:00:00'")


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    lay_copy(house.file)
    house.run("migrate", "-v0")
    house.run("shell", "-v0", "-c", ASK)
    return house


def runner(house: House) -> int:
    return int(house.ask("json_extract(kept, '$.steps[#-1][1]')"))


@pytest.mark.slow
def test_killed_worker_is_replaced_and_its_job_goes_on(house):
    worker = house.work()
    try:
        house.wait("done >= 5", 1)
        first = runner(house)
        os.kill(first, signal.SIGKILL)
        time.sleep(1)
        stood_at = int(house.ask("done"))
        house.silence()
        house.run("tick")
        house.wait("stage", "done")
    finally:
        worker.terminate()
        assert worker.wait(30) == 0

    steps = [
        int(n)
        for n in house.ask(
            "(SELECT group_concat(json_extract(value, '$[0]')) FROM json_each(kept, '$.steps'))"
        ).split(",")
    ]
    assert runner(house) != first
    assert stood_at < 40
    assert steps == list(range(40))
    assert house.ask("tries") == 2


@pytest.mark.slow
def test_running_job_stops_when_asked(house):
    worker = house.work()
    try:
        house.wait("done >= 3", 1)
        with sqlite3.connect(house.file, timeout=20) as base:
            base.execute("UPDATE jobs_job SET asked_to_stop = 1")
        house.wait("stage", "cancelled")
    finally:
        worker.terminate()
        assert worker.wait(30) == 0

    assert 3 <= int(house.ask("done")) < 40


@pytest.mark.slow
def test_killed_command_leaves_no_process_and_a_new_one_goes_on(house):
    worker = house.work()
    house.wait("done >= 3", 1)
    first = runner(house)
    worker.kill()
    worker.wait()

    until = time.monotonic() + 60
    while Path(f"/proc/{first}").exists():
        assert time.monotonic() < until, "an orphan works on"
        time.sleep(0.2)
    house.silence()
    house.run("tick")
    again = house.work()
    try:
        house.wait("stage", "done")
    finally:
        again.terminate()
        assert again.wait(30) == 0

    assert house.ask("tries") == 2
