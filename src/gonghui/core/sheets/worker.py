"""Runs alone in a limited process: a sheet file on standard input, its rows as JSON lines out.

Imports nothing of ours, so that it starts fast and a hostile file meets as little as possible.
Says what sheets there are with their first rows, waits to be told which one, and says its rows.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any

MEGABYTE = 1024 * 1024
HEAD = 40  # rows shown before one sheet is chosen
CHUNK = 500
WIDEST = 200  # columns; whatever stands further right is told, not read
LONGEST_CELL = 2000
DAY = "\x01"  # opens a cell that the file says is a day
DELIMITERS = "\t,;"
SPELLED_OUT = re.compile(r'^="(.*)"$')  # how some programs keep the zeros of a number in a .csv
HIDDEN = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
HIDDEN_FIRST = re.compile(rb'<row\b[^>]*?\bhidden="(?:1|true)"[^>]*?\br="(\d+)"')

Row = list[Any]
Sheet = tuple[str, bool, int, Iterator[Row], set[int]]  # name, shown, lines, rows, hidden ones


def main(kind: str, memory: int, seconds: int) -> None:
    """Answer {"refused": …}, or {"sheets": […]}, then {"rows": […]} until {"end": n}."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    source = sys.stdin.buffer
    data = source.read(int(source.readline()))
    if kind == "text":
        text = _decoded(data)
        del data
        _converse(source, [("", True, text.count("\n"), _text_rows(text), set())])
    else:
        _converse(source, _book(data, kind))


def _converse(source: Any, sheets: list[Sheet]) -> None:
    heads, rests = [], []
    for name, shown, lines, rows, hidden in sheets:
        first = list(islice(rows, HEAD))
        heads.append({"name": name, "shown": shown, "lines": lines, "head": first})
        rests.append((chain(first, rows), hidden))
    _say({"sheets": heads})
    asked = source.readline().strip()
    if not asked:
        return
    rows, hidden = rests[int(asked)]
    number = 0
    while chunk := list(islice(rows, CHUNK)):
        unseen = [n for n in range(number + 1, number + len(chunk) + 1) if n in hidden]
        _say({"rows": chunk, "hidden": unseen})
        number += len(chunk)
    _say({"end": number})


def _book(data: bytes, kind: str) -> list[Sheet]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # after the limits are set

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets: list[Sheet] = []
    for number, meta in enumerate(book.sheets_metadata):
        if str(meta.typ) != "SheetTypeEnum.WorkSheet":
            continue
        sheet = book.get_sheet_by_index(number)
        hidden = _hidden_rows(data, number) if kind == "xlsx" else set()
        shown = str(meta.visible) == "SheetVisibleEnum.Visible"
        sheets.append((meta.name, shown, sheet.total_height + 1, _sheet_rows(sheet), hidden))
    return sheets


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    """From the very first row and column on, so that numbers are those of the spreadsheet."""
    pad: Row = [""] * (sheet.start or (0, 0))[1]
    for row in sheet.iter_rows():
        yield _ended(pad + [_cell(value) for value in row[:WIDEST]])


def _ended(row: Row) -> Row:
    """Without the empty cells at the end, which wide sheets are full of."""
    while row and row[-1] == "":
        row.pop()
    return row


def _cell(value: Any) -> Any:
    """Text and numbers as they are; a day is told apart from a text that looks like one."""
    if type(value) is str:
        return value if len(value) <= LONGEST_CELL else value[:LONGEST_CELL]
    if type(value) is float:
        return int(value) if value.is_integer() and abs(value) < 1e18 else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return DAY + value.date().isoformat()
    if isinstance(value, date):
        return DAY + value.isoformat()
    return str(value) if isinstance(value, time | timedelta) else value


def _hidden_rows(data: bytes, number: int) -> set[int]:
    """Rows the spreadsheet does not show, by a look at its XML; none where that is odd."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            name = _part(package, number)
            with package.open(name) as stream:
                return _scan(stream)
    except (KeyError, IndexError, ValueError, zipfile.BadZipFile):
        return set()


def _part(package: zipfile.ZipFile, number: int) -> str:
    book = package.read("xl/workbook.xml").decode("utf-8", "replace")
    named = re.findall(r"<(?:\w+:)?sheet\b[^>]*?\b\w+:id=\"([^\"]+)\"", book)
    relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for one in re.findall(r"<Relationship\b[^>]*>", relations):
        if f'Id="{named[number]}"' in one:
            target = re.search(r'Target="([^"]+)"', one)
            path = target[1] if target else ""
            return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    raise KeyError(number)


def _scan(stream: Any) -> set[int]:
    found: set[int] = set()
    tail = b""
    while block := stream.read(MEGABYTE):
        block = tail + block
        if b"hidden=" in block:
            for pattern in (HIDDEN, HIDDEN_FIRST):
                found.update(int(n) for n in pattern.findall(block))
        tail = block[-400:]
    return found


def _text_rows(text: str) -> Iterator[Row]:
    lines = text[:200_000].splitlines()[:20]
    delimiter = max(DELIMITERS, key=lambda d: sum(line.count(d) for line in lines))
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    del text
    for row in reader:
        yield _ended([_plain(cell) for cell in row[:WIDEST]])


def _plain(cell: str) -> str:
    """A cell of a text file, without what was put around a number to keep its digits."""
    if cell.startswith(("=", "'", "\t")) or cell.endswith("\t"):
        cell = cell.strip("\t")
        spelled = SPELLED_OUT.match(cell)
        cell = spelled[1] if spelled else cell.removeprefix("'")
    return cell[:LONGEST_CELL]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _attempt(data, ("utf-16",))
    if b"\0" in data[: 4 * MEGABYTE]:
        return _attempt(data, _unmarked(data))
    return _attempt(data, ("utf-8-sig", "gb18030"))


def _unmarked(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark has a zero beside every ASCII letter, always on the same side."""
    even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
    if max(even, odd) < 20 or min(even, odd) > 2:
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _attempt(data: bytes, encodings: Iterable[str]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text[:100_000].count("\ufffd") or "\0" in text[:100_000]:
            break
        return text
    _say({"refused": "garbled"})
    sys.exit(0)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _run() -> None:
    """Whatever the reading library stumbles over is one word; a signal tells the rest."""
    try:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    except MemoryError:
        _say({"refused": "heavy"})
    except BrokenPipeError:
        pass
    except Exception as error:  # a hostile file may raise anything
        name = type(error).__name__
        _say({"refused": "locked" if name == "PasswordError" else "corrupt"})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # the real one
    _run()
