"""The forms shipped as examples to edit; the tables themselves are in ``tables.py``.

A line of a table is ``code | name | unit | how``: nothing is an entry, ``@code`` an indicator,
``= formula`` worked out; ``?`` behind the unit lets it stay empty. ``# words`` opens a part of the
table, ``! left <= right`` is a check, with ``~`` before the sign one that may be explained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tables import TABLES

BASIS = (
    "示例：栏目凭《工会统计调查制度》的大意整理（待核实），表号由本系统自编，不是现行制度的表式；"
    "请按上级当年下发的表式修改。"
)
OWN_BASIS = "示例：本系统编写，上级没有规定表式，请按本单位的月报表制度修改。"
CHECK = re.compile(r"(?P<left>.+?)\s*(?P<soft>~?)(?P<sign><=|>=|=)\s*(?P<right>.+)")


@dataclass(frozen=True)
class Line:
    """One cell of a shipped form."""

    code: str
    name: str
    unit: str
    section: str = ""
    indicator: str = ""
    formula: str = ""
    is_optional: bool = False


@dataclass(frozen=True)
class Check:
    """What has to stand between cells of a shipped form."""

    left: str
    sign: str
    right: str
    is_hard: bool


@dataclass(frozen=True)
class Template:
    """A form as it is shipped."""

    code: str
    title: str
    cadence: str
    size: str
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    basis: str = BASIS


def read(text: str) -> Template:
    """A table written as above; its first line is ``code | title | cadence | size``."""
    first, *rest = filter(None, map(str.strip, text.splitlines()))
    code, title, cadence, size = (part.strip() for part in first.split("|"))
    lines, checks, section = [], [], ""
    for row in rest:
        if row.startswith("#"):
            section = row.removeprefix("#").strip()
        elif row.startswith("!"):
            checks.append(_check(row))
        else:
            lines.append(_line(row, section))
    basis = OWN_BASIS if cadence == "month" else BASIS
    return Template(code, title, cadence, size, tuple(lines), tuple(checks), basis)


def _line(row: str, section: str) -> Line:
    code, name, unit, how = [*(part.strip() for part in row.split("|")), ""][:4]
    indicator = how.removeprefix("@") if how.startswith("@") else ""
    formula = how.removeprefix("=").strip() if how.startswith("=") else ""
    return Line(code, name, unit.rstrip("?"), section, indicator, formula, unit.endswith("?"))


def _check(row: str) -> Check:
    found = CHECK.fullmatch(row.removeprefix("!").strip())
    if found is None:
        raise ValueError(f"a check that cannot be read: {row}")
    return Check(found["left"], found["sign"], found["right"], not found["soft"])


TEMPLATES = tuple(read(text) for text in TABLES.split("\n\n"))
