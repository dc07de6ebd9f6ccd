"""Two processes register one ID number at once: one of them does, the other is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.schema import lay_copy

ROOT = Path(__file__).resolve().parents[3]
REGISTRAR = Path(__file__).with_name("registrar.py")


@pytest.fixture
def start(tmp_path):
    """A process on a database of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gonghui.site.settings_test",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "GONGHUI_VAR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }

    def run(*said: object) -> subprocess.Popen:
        command = [sys.executable, str(REGISTRAR), *map(str, said)]
        return subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    return run


def answer(process: subprocess.Popen) -> str:
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return out.strip()


@pytest.mark.slow
def test_two_processes_keep_one_number_once(start, tmp_path):
    lay_copy(tmp_path / "db.sqlite3")
    people = answer(start("set_up")).split()
    moment = time.time() + 12

    racing = [start("register", person, moment) for person in people]

    assert sorted(answer(one) for one in racing) == ["kept", "refused"]
    assert answer(start("count")) == "1"
