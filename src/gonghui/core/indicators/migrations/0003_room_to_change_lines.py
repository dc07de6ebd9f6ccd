"""Room in every page of lines: a day's differences are then written where the lines lie.

A changed line that finds no room on its page is written elsewhere, and into both indexes again.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

HALF = "ALTER TABLE indicators_line SET (fillfactor = 50)"
FULL = "ALTER TABLE indicators_line RESET (fillfactor)"


def leave_room(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(HALF)


def fill_up(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(FULL)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_lines_without_foreign_keys")]

    operations = [migrations.RunPython(leave_room, fill_up)]
