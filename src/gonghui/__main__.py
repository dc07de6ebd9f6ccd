"""The command line: ``gonghui <command>``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gonghui.site.settings")
    execute_from_command_line(["gonghui", *sys.argv[1:]])


if __name__ == "__main__":
    main()
