"""The health page: which part of the installation works and which does not, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gonghui.core.access.middleware import public
from gonghui.core.notices.ticking import last_tick

LATE = timedelta(minutes=15)  # the scheduled job runs every minute

_seen_migrated: set[str] = set()


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when every part works, 503 otherwise; the answer names the parts and tells no secret."""
    parts = {name: _tried(check) for name, check in CHECKS.items()}
    ok = all(said == "ok" for said in parts.values())
    words = {"status": "ok" if ok else "failing", "parts": parts, "tick_age": _tick_age()}
    return JsonResponse(words, status=200 if ok else 503)


def _tried(check: Callable[[], str]) -> str:
    """What a check says; what a failing part throws may hold an address, so it is not shown."""
    try:
        return check()
    except (DatabaseError, OSError):
        return "unreachable"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    """Asked until they are all there; what is applied stays applied while this process runs."""
    if "yes" not in _seen_migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "missing"
        _seen_migrated.add("yes")
    return "ok"


def _tick() -> str:
    age = _tick_age()
    if age is None:
        return "never ran"
    return "ok" if age <= LATE.total_seconds() else "late"


def _disk() -> str:
    """Uploaded files and, in the embedded setting, the database are written below these."""
    for folder in (settings.VAR, settings.MEDIA_ROOT):
        nearest = next(path for path in (Path(folder), *Path(folder).parents) if path.exists())
        with tempfile.TemporaryFile(dir=nearest) as file:
            file.write(b"gonghui")
    return "ok"


def _tick_age() -> int | None:
    """Seconds since the scheduled job last ran through."""
    try:
        tick = last_tick()
    except DatabaseError:
        return None
    if tick is None or tick.last_ran_at is None:
        return None
    return int((timezone.now() - tick.last_ran_at).total_seconds())


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "tick": _tick,
    "disk": _disk,
}
