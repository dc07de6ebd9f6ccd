"""Whether the database is prepared for this version; commands ask before they read or write."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def refuse_unmigrated() -> None:
    """Refuse a database out of reach or without its tables, naming the command that is missing."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise CommandError(f"连不上数据库，请检查 DATABASE_URL：{error}") from error
    if missing:
        raise CommandError("数据库还没有准备好，请先运行 gonghui migrate。")
