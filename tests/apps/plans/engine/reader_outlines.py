"""Reads ``.outline`` files and prints readings the same way, so that tests compare plain lines."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from pathlib import Path

from gonghui.apps.plans.engine.reading import Node, Reading

REPOSITORY = Path(__file__).resolve().parents[4]
DOCUMENTS = REPOSITORY / "tests" / "documents" / "plans"
SHARED = Path(os.environ.get("GONGHUI_SHARED", REPOSITORY.parent / "shared")) / "plans"


def squeezed(text: str) -> str:
    whole = unicodedata.normalize("NFKC", text)
    return "".join(c for c in whole if not c.isspace() and unicodedata.category(c) != "Cf")


def key(text: str) -> str:
    return "".join(c for c in squeezed(text).lower() if unicodedata.category(c)[0] not in "PZC")[
        :10
    ]


def gold_lines(path: Path) -> list[str]:
    """``depth marker key attributes`` of every line of an outline."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = [p.strip() for p in line.strip().split(" | ")]
        depth = (len(line) - len(line.lstrip(" "))) // 2
        stated = sorted(_one(a) for a in parts[2].split(";")) if len(parts) == 3 else []
        stated = [a for a in stated if not a.startswith("when=")]
        marker = "" if parts[0] == "-" else squeezed(parts[0])
        found.append(f"{depth} {marker} {key(parts[1])} {'; '.join(stated)}")
    return found


def _one(attribute: str) -> str:
    name, _, value = attribute.strip().partition("=")
    if name != "due" or "-" not in value or not value[0].isdigit():
        return attribute.strip()
    month, day = value.split("-")
    return f"due={int(month):02d}-{int(day):02d}"


def read_lines(reading: Reading) -> list[str]:
    depths: dict[tuple[int, int | None], int] = {}
    found = []
    for number, plan in enumerate(reading.plans):
        depths[number, None] = -1
        for node in plan.nodes:
            depth = depths[number, node.id] = depths[number, node.parent] + 1
            stated = "; ".join(sorted(stated_by(node)))
            found.append(f"{depth} {squeezed(node.marker)} {key(node.text)} {stated}")
    return found


def stated_by(node: Node) -> list[str]:
    found = ["blank"] if node.blank else []
    if node.months:
        found.append("m=" + ",".join(map(str, node.months)))
    if node.due:
        found.append(f"due={node.due}")
    if node.every:
        found.append("every=" + ",".join(_rhythm(e.unit, e.min, e.max) for e in node.every))
    return found + [f"t={t.op}{t.value}{t.unit}" for t in node.targets]


def _rhythm(unit: str, low: int, high: int) -> str:
    return f"{unit}:{low}" if low == high else f"{unit}:{low}-{high}"


def lost_and_invented(source: str, reading: Reading) -> tuple[Counter[str], Counter[str]]:
    """Characters of the source that the reading lacks, and the other way round."""
    pieces = [*reading.furniture]
    for plan in reading.plans:
        pieces += [plan.title, *(n.marker + n.text for n in plan.nodes)]
    given, told = Counter("".join(source.split())), Counter("".join("".join(pieces).split()))
    return given - told, told - given


def in_order(source: str, reading: Reading) -> bool:
    """Title, markers and texts stand in the source one after the other."""
    rest = iter("".join(source.split()))
    told = "".join(p.title + "".join(n.marker + n.text for n in p.nodes) for p in reading.plans)
    return all(char in rest for char in "".join(told.split()))


def tree(reading: Reading) -> list[str]:
    """Indented markers and the first characters of the texts."""
    lines = []
    for plan in reading.plans:
        depth: dict[int | None, int] = {None: -1}
        for node in plan.nodes:
            depth[node.id] = depth[node.parent] + 1
            lines.append("  " * depth[node.id] + f"{node.marker or '-'} {node.text[:4]}".rstrip())
    return lines
