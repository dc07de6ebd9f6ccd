"""``gonghui reindex``: writes the search cards anew."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gonghui.core.search.cards import reindex
from gonghui.core.search.sources import sources


class Command(BaseCommand):
    help = "重建搜索索引。可以随时运行，期间照常能搜索。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="*", help="只重建这些种类，如 people.person")

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = [kind for kind in options["kind"] if kind not in sources]
        if unknown:
            known = "、".join(kind for kind, _ in sources.items())
            raise CommandError(f"没有这个种类：{unknown[0]}。可用的有：{known}。")
        for kind, source in sources.items():
            if not options["kind"] or kind in options["kind"]:
                started = time.monotonic()
                count = reindex(source)
                self.stdout.write(f"{source.label} {count} 条，{time.monotonic() - started:.1f} 秒")
