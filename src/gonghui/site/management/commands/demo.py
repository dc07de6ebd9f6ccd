"""``gonghui demo``: loads the demo city, on wish with a crowd for measuring."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gonghui.site.demo.city import DEMO_PASSWORD
from gonghui.site.demo.load import load_demo
from gonghui.site.demo.papers import WORD_PLANS, word_file
from gonghui.site.demo.people import SHOWCASE
from gonghui.site.readiness import refuse_unmigrated


class Command(BaseCommand):
    help = "载入演示城市安澜市；已经载入的不再重复。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, help="另外凑到这么多人，用来测速，如 1000000")
        parser.add_argument("--files", type=Path, help="把几份演示计划写成 Word 文件放到这个文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unmigrated()
        summary = load_demo(people=options["people"], say=self.stdout.write)
        if summary.was_there and not options["people"]:
            self.stdout.write("演示城市已经在了，没有改动。")
        self.stdout.write(f"共 {summary.bodies} 个组织，{summary.people} 人。")
        if options["files"]:
            self._write_files(options["files"])
        self.stdout.write(f"可以登录的人（密码都是 {DEMO_PASSWORD}）：")
        for one in SHOWCASE:
            self.stdout.write(f"  {one.username:<10} {one.name}　{one.says}")

    def _write_files(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for key in WORD_PLANS:
            name, content = word_file(key, timezone.localdate().year)
            (folder / name).write_bytes(content)
            self.stdout.write(f"写好了 {folder / name}")
