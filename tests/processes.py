"""Processes of their own on the database of a test: as servers do, not as threads of one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).parents[1]
READY = 8  # seconds a process may take to start on two busy cores


def address_of_database(folder: Path) -> str:
    """The database the processes open: the test's own, or a file where that is in memory."""
    said = connection.settings_dict
    if connection.vendor == "postgresql":
        who = f"{said['USER']}:{said['PASSWORD']}@" if said["USER"] else ""
        return f"postgres://{who}{said['HOST']}:{said['PORT'] or 5432}/{said['NAME']}"
    file = folder / "db.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    return f"sqlite:///{file}"


def started(address: str, script: Path, *said: object) -> subprocess.Popen[str]:
    """The script at work on that database; what it prints is read from its ``stdout``."""
    return subprocess.Popen(
        [sys.executable, str(script), *map(str, said)],
        env=os.environ | {"DATABASE_URL": address, "PYTHONPATH": str(ROOT)},
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def asked(address: str, sql: str) -> list[tuple[Any, ...]]:
    """What the database the processes worked on says now."""
    if address.startswith("sqlite"):
        with sqlite3.connect(address.removeprefix("sqlite:///")) as found:
            return found.execute(sql).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
