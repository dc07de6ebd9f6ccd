"""What is in a cell, understood: texts, days, numbers and choices as people really type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from gonghui.kit.text import whole_name

Cell = Any  # str, int or float, as the sheet holds it; "" where it holds nothing
Parse = Callable[[Cell], Any]

DAY = "\x01"  # opens a cell that the file itself says is a day
LOST = 10**15  # from here on a spreadsheet no longer keeps every digit of a number
LOST_DIGITS = "Excel 已把号码改成数字，末几位丢失。请把这一列设为文本，重新填写。"
SERIALS = range(7306, 73051)  # 1920 to 2099 as a spreadsheet counts days
EPOCH = date(1899, 12, 30)
NOTHING = frozenset({"", "/", "-", "—", "——", "无", "暂无", "不详", "空", "null", "none", "n/a"})

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_UNSEEN = dict.fromkeys(
    [0x00A0, 0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x202A, 0x202C]
)
_LETTERS = {
    code: narrow for code, narrow in _WIDE.items() if chr(narrow).isalnum() or chr(narrow) == " "
}
NARROW = {**_WIDE, **_UNSEEN, ord("。"): ord("."), ord("—"): ord("-"), ord("－"): ord("-")}
PLAIN = {**_LETTERS, **_UNSEEN}
_BLANKS = re.compile(r"\s+")
_PARTED = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$")
_MONTH = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$")
_CLOCK = re.compile(r"[ T]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
_SCIENCE = re.compile(r"^\d(\.\d+)?[eE]\+?\d{2}$")


class CellError(Exception):
    """What a cell holds cannot be taken; the sentence says why and what to write."""


class PartialDay(CellError):
    """A year, or a year and a month: too little for a day, and none is invented."""


def narrow(text: str) -> str:
    """Codes, numbers and days as machines write them: half-width, nothing invisible."""
    return text.translate(NARROW).strip()


def text(cell: Cell) -> str:
    """Words as typed, without stray blanks; full-width letters and digits become plain."""
    if isinstance(cell, str):
        if cell.startswith(DAY):
            return cell[1:]
        if cell.isascii() and cell.isprintable():
            return cell.strip()
        return _BLANKS.sub(" ", cell.translate(PLAIN)).strip()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def short_text(longest: int) -> Parse:
    """Words of at most so many characters."""

    def parse(cell: Cell) -> str:
        said = text(cell)
        if len(said) > longest:
            raise CellError(f"「{said[:20]}…」太长，最多 {longest} 个字。")
        return said

    return parse


def name(longest: int) -> Parse:
    """A person's name, without the blanks that spread two characters over the width of three."""
    words = short_text(longest)
    return lambda cell: whole_name(words(cell))


def code(cell: Cell) -> str:
    """A number that is a name: card, staff or licence number, with its zeros, without blanks."""
    if isinstance(cell, int | float) and abs(cell) >= LOST:
        raise CellError(LOST_DIGITS)
    if isinstance(cell, str) and _SCIENCE.match(cell):
        raise CellError(
            f"「{cell}」是 Excel 的科学计数，末几位丢失。请把这一列设为文本，重新填写。"
        )
    return "".join(narrow(text(cell)).split())


def day(cell: Cell) -> date:
    """A day in any of the usual spellings; a month alone is no day."""
    if isinstance(cell, str):
        return _day_of_text(cell)
    if isinstance(cell, float) and not cell.is_integer():
        whole, part = divmod(cell, 1)
        if 1900 <= whole <= 2100 and part < 0.13:
            raise PartialDay(
                f"「{cell:g}」只有年月（Excel 还会把 10 月变成 1 月）。请写全年月日，或留空。"
            )
        cell = whole  # a moment of a day, as a spreadsheet counts it
    return _day_of_number(int(cell))


@lru_cache(maxsize=50_000)
def _day_of_text(said: str) -> date:
    if said.startswith(DAY):
        return date.fromisoformat(said[1:])
    plain = _CLOCK.sub("", narrow(said))
    if parted := _PARTED.match(plain):
        return _made(said, *map(int, parted.groups()))
    if plain.isdigit():
        return _day_of_number(int(plain))
    if _MONTH.match(plain):
        raise PartialDay(f"「{said}」只有年月，没有日。请写全年月日，或留空。")
    raise CellError(f"「{said}」认不出是哪一天。请写成 2026-01-05 这样。")


def _day_of_number(number: int) -> date:
    if 19000101 <= number <= 21001231:
        return _made(str(number), number // 10_000, number // 100 % 100, number % 100)
    if number in SERIALS:
        return EPOCH + timedelta(days=number)
    if 190001 <= number <= 210012 or 1900 <= number <= 2100:
        raise PartialDay(f"「{number}」没有写到日。请写全年月日，或留空。")
    raise CellError(f"「{number}」认不出是哪一天。请写成 2026-01-05 这样。")


def _made(said: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise CellError(f"「{said}」不是日历上有的一天，请核对。") from None


def whole_number(cell: Cell) -> int:
    """A count: an integer, also where the sheet holds 12.0 or 1,200 or 12人."""
    if isinstance(cell, int | float):
        if cell == int(cell) and cell >= 0:
            return int(cell)
        raise CellError(f"「{cell:g}」应是不小于 0 的整数。")
    plain = narrow(text(cell)).replace(",", "").removesuffix("人").removesuffix(".0")
    if not plain.isdigit():
        raise CellError(f"「{cell}」应是不小于 0 的整数。")
    return int(plain)


def choice(choices: Mapping[str, str], also: Mapping[str, str] | None = None) -> Parse:
    """One of ``choices`` (value → label), by its label, its value or another word in ``also``."""
    known = {label: value for value, label in choices.items()} | {v: v for v in choices}
    known |= dict(also or {})
    known = {_folded(said): value for said, value in known.items()}
    offered = "、".join(choices.values())

    @lru_cache(maxsize=10_000)
    def find(said: str) -> str:
        value = known.get(_folded(said))
        if value is None:
            raise CellError(f"「{said}」不在可选的内容里。请填其中一个：{offered}。")
        return value

    return lambda cell: find(text(cell))


def _folded(said: str) -> str:
    return "".join(narrow(said).lower().split())


def yes_or_no(cell: Cell) -> bool:
    said = _folded(text(cell))
    if said in {"是", "有", "1", "y", "yes", "√", "✓", "对", "true"}:
        return True
    if said in {"否", "无", "0", "n", "no", "×", "x", "不是", "false"}:
        return False
    raise CellError(f"「{text(cell)}」请填「是」或「否」。")


def is_blank(cell: Cell) -> bool:
    """Nothing, or one of the signs people put where there is nothing."""
    return isinstance(cell, str) and (not cell or cell.strip().lower() in NOTHING)
