"""The migrated schema of a test run on SQLite: made once for each set of migrations, then copied.

Migrating takes most of a minute, since Django renders its models anew with each step; a copy
into memory takes a moment. What follows a migration (roles, standards) is shipped afresh.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

ROOT = Path(__file__).parents[1]
STORE = ROOT / "var" / "tests"


def fill_from_copy() -> None:
    """Give the open database in memory the migrated schema."""
    STORE.mkdir(parents=True, exist_ok=True)
    kept = _kept()
    with _alone():
        if not kept.exists():
            call_command("migrate", verbosity=0)
            _keep(kept)
            return
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as source:
        source.backup(connection.connection)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def lay_copy(file: Path) -> None:
    """A database for a process of its own, migrated already where a run on SQLite did it before."""
    if _kept().exists():
        shutil.copyfile(_kept(), file)


def _kept() -> Path:
    return STORE / f"schema-{_key()}.sqlite3"


def _keep(kept: Path) -> None:
    for old in STORE.glob("schema-*"):
        old.unlink()
    unfinished = kept.with_suffix(".part")
    with closing(sqlite3.connect(unfinished)) as target:
        connection.connection.backup(target)
    unfinished.rename(kept)


def _key() -> str:
    """What the schema is made of: the migrations, and the Django that runs them."""
    sources = sorted((ROOT / "src").glob("**/migrations/*.py"))
    digest = hashlib.sha256(django.__version__.encode())
    for source in sources:
        digest.update(str(source.relative_to(ROOT)).encode() + source.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """One worker migrates, the others wait for its copy."""
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
