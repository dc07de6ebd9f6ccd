"""A column of a list, declared once: how it is headed, read, shown, and what may stand in it."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from . import cells
from .cells import Cell, CellError, Parse

_ASIDE = re.compile(r"[(\[（【〔<《].*?[)\]）】〕>》]")
_SIGNS = re.compile(r"[\s*＊:：、,，.。/／\\|_\-—#“”\"'!！?？]+")
# Whose it is says nothing about what it is: 职工姓名 is 姓名. 配偶姓名 is something else.
_WHOSE = ("教职工", "教职员工", "职工", "员工", "会员", "工会会员", "本人", "人员", "个人")


@dataclass(frozen=True)
class Column:
    """One column of a list, for its template, its import and its export."""

    field: str
    head: str
    parse: Parse = cells.text
    synonyms: tuple[str, ...] = ()
    example: str = ""
    choices: Mapping[str, str] = dataclasses.field(
        default_factory=dict
    )  # value → label; drop-down in Excel
    required: bool = False
    sealed: bool = False  # shown masked, and never in a history entry
    strict: bool = False  # a day without its day stops the row; elsewhere it is left out and told
    note: str = ""
    width: int = 14

    def shown(self, value: Any) -> str:
        """A value as people read it."""
        if value is None or value == "":
            return ""
        if self.sealed:
            return masked(str(value))
        if isinstance(value, bool):
            return "是" if value else "否"
        return str(self.choices.get(value, value))


@dataclass(slots=True)
class Taken:
    """A row as it was understood; ``problems`` stop it, ``remarks`` only tell.

    Values are what JSON can hold, so a day is its ISO spelling.
    """

    values: dict[str, Any]
    problems: list[str]
    remarks: list[str]


def masked(said: str) -> str:
    """The first and the last few characters of what must not be read over a shoulder."""
    if len(said) >= 15:
        return f"{said[:6]}********{said[-4:]}"
    return f"{said[:3]}****{said[-4:]}" if len(said) >= 8 else "****"


def folded(head: str) -> str:
    """A head without what people add to it: blanks, signs, (必填), whose it is."""
    plain = _SIGNS.sub("", _ASIDE.sub("", cells.narrow(head))).lower()
    for whose in sorted(_WHOSE, key=len, reverse=True):
        rest = plain.removeprefix(whose)
        if rest != plain and len(rest) > 1:
            return rest
    return plain


def with_synonyms(columns: Sequence[Column], path: Path) -> tuple[Column, ...]:
    """The columns with the other heads they are known by, from a file of field → heads."""
    told: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    unknown = set(told) - {column.field for column in columns}
    if unknown:
        raise ValueError(f"{path.name}: no such columns: {', '.join(sorted(unknown))}")
    return tuple(replace(c, synonyms=tuple(told.get(c.field, ()))) for c in columns)


def take(row: Sequence[Cell], mapping: Sequence[tuple[int, Column]]) -> Taken:
    """Understand the cells of a row; what is wrong with each is said, and none hides another."""
    taken = Taken({}, [], [])
    width = len(row)
    for at, column in mapping:
        cell = row[at] if at < width else ""
        if not cells.is_blank(cell):
            _take_cell(cell, column, taken)
        elif column.required:
            taken.problems.append(f"没有填{column.head}。")
    return taken


def _take_cell(cell: Cell, column: Column, taken: Taken) -> None:
    try:
        value = column.parse(cell)
    except cells.PartialDay as error:
        if column.strict:
            taken.problems.append(f"{column.head}{error}")
        else:
            taken.remarks.append(f"{column.head}{error}这一项没有写入。")
    except CellError as error:
        taken.problems.append(f"{column.head}{error}")
    else:
        if value != "":
            plain = value.isoformat() if isinstance(value, date) else value
            taken.values[column.field] = plain
