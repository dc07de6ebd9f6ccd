"""``gonghui readplan FILE --json``: what the plan reader makes of a file; needs no database."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gonghui.apps.plans.engine.printing import as_json
from gonghui.apps.plans.engine.reader import read
from gonghui.core.documents.inbound import read_upload
from gonghui.kit.errors import DomainError


class Command(BaseCommand):
    help = "Read a plan (text, .docx or .pdf; - is standard input) and print its outline."
    requires_system_checks: list[str] = []  # Django asks for a list here

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true", help="the contract's JSON")
        parser.add_argument("--year", type=int, action="append", default=[], help="the plan's own")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            found = read_upload(io.BytesIO(data), _named(data) if name == "-" else Path(name).name)
        except (OSError, DomainError) as problem:
            raise CommandError(str(problem)) from problem
        result = as_json(read(found.blocks, years=options["year"]))
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
            return
        for plan in result["plans"]:
            self.stdout.write(plan["title"])
            self._tree(plan["nodes"])

    def _tree(self, nodes: list[dict[str, Any]]) -> None:
        depth: dict[int | None, int] = {None: -1}
        for node in nodes:
            depth[node["id"]] = depth[node["parent"]] + 1
            self.stdout.write(f"{'  ' * depth[node['id']]}{node['marker']} {node['text'][:60]}")


def _named(data: bytes) -> str:
    """Standard input has no name that says what it is; its first bytes do."""
    kinds = {b"PK\x03\x04": "docx", b"%PDF": "pdf"}
    return f"stdin.{kinds.get(data[:4], 'txt')}"
