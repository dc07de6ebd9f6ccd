"""``gonghui holidays``: enters a year's days off and days worked from a small file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from gonghui.core.access.actor import SYSTEM
from gonghui.core.regulations.holidays import enter_year, read_text
from gonghui.kit.errors import DomainError


class Command(BaseCommand):
    """Each line: 2027-01-01,放假,元旦; nothing is entered while a line is wrong."""

    help = "录入一年的放假安排：每行“日期,放假或上班,节日”。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="哪一年")
        parser.add_argument("file", type=Path, help="CSV 文件，UTF-8")
        parser.add_argument("--document", required=True, help="依据的通知")
        parser.add_argument("--number", default="", help="文号")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = read_text(options["file"].read_text("utf-8-sig"), options["year"])
        for line in lines:
            if line.wrong:
                self.stderr.write(f"第 {line.number} 行 {line.said}：{line.wrong}")
        paper = {"document": options["document"], "number": options["number"]}
        try:
            enter_year(options["year"], lines, by=SYSTEM, **paper)
        except DomainError as error:
            self.stderr.write(error.sentence)
            sys.exit(1)
        self.stdout.write(f"{options['year']} 年：录入 {len(lines)} 天。")
