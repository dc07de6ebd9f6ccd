"""A server that is killed while it reads or writes a roster loses nothing and doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.apps.membership.rosters import number
from tests.schema import lay_copy

ROWS = 6000
SURVIVOR = Path(__file__).with_name("survivor.py")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def server(tmp_path):
    """Runs the survivor on a database of its own; jobs wait until they are run by hand."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "GONGHUI_VAR": str(tmp_path),
        "GONGHUI_JOBS": "queue",
        "PYTHONPATH": str(ROOT),
    }

    def start(*said: object) -> subprocess.Popen:
        command = [sys.executable, str(SURVIVOR), *map(str, said)]
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE)

    return start


def ask(server, *said):
    process = server(*said)
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return json.loads(out)


def kill_when(process, database: Path, question: str, enough: int) -> None:
    """End it without a word as soon as the database says that it is in the middle."""
    for _ in range(2000):
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as db:
            if db.execute(question).fetchone()[0] >= enough:
                break
        assert process.poll() is None, "it was done before it could be killed"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_a_killed_server_goes_on_where_it_was(server, tmp_path):
    file = tmp_path / "roster.csv"
    days = [f"19{year:02}{month:02}{day:02}" for year in range(50, 100) for month in range(1, 13)
            for day in range(1, 11)]  # fmt: skip
    rows = ["姓名,身份证号,入会日期"]
    for at in range(ROWS):
        rows.append(f"安{chr(0x4E00 + at)},{number(born=days[at])},2015-07-01")
    file.write_text("\n".join(rows), encoding="gb18030")
    database = tmp_path / "db.sqlite3"

    lay_copy(database)
    batch, job = ask(server, "prepare", file)
    kill_when(server("run", job), database, "SELECT COUNT(*) FROM exchange_chunk", 2)
    assert ask(server, "counts", batch)["stage"] == "reading"
    assert ask(server, "run", job) == "done"
    read = ask(server, "counts", batch)
    assert (read["stage"], read["rows"], read["counts"]["new"]) == ("previewed", ROWS, ROWS)
    assert read["tries"] == 2

    batch, job = ask(server, "begin", batch)
    kill_when(server("run", job), database, "SELECT COUNT(*) FROM people_person", 2000)
    assert 0 < ask(server, "counts", batch)["people"] < ROWS
    assert ask(server, "run", job) == "done"
    written = ask(server, "counts", batch)
    assert (written["stage"], written["outcome"]) == ("committed", {"c": ROWS})
    assert {written[name] for name in ("people", "spans", "ledger", "entries")} == {ROWS}
