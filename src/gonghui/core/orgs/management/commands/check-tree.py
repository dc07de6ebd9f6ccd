"""``gonghui check-tree``: whether every body's path is what its parents say."""  # noqa: N999  # so named

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gonghui.core.orgs.tree import mend_paths, wrong_paths


class Command(BaseCommand):
    """Lists wrong paths and exits with 1 when there are any left."""

    help = "Recompute every path of the tree of bodies and compare; --mend writes the right ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="write the right paths")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mend"]:
            self.stdout.write(f"{mend_paths()} paths mended.")
        wrong = wrong_paths()
        for org, path in wrong:
            said = f"should be {path}" if path else "stands in a circle of parents"
            self.stdout.write(f"{org.pk} {org}: {org.path} {said}")
        if wrong:
            sys.exit(1)
        self.stdout.write("Every path is right.")
