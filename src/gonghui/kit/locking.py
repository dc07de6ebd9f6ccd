"""Lets one at a time do what two would spoil; where no row stands that could be locked."""

from __future__ import annotations

import zlib

from django.db import connection


def alone(name: str) -> None:
    """Wait for whoever does this, and keep others waiting, until the transaction ends.

    On SQLite every writer is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
