"""Book numbers: read as people copy them, checked by their last digit, kept as thirteen digits."""

from __future__ import annotations

import re

_WIDE = str.maketrans("０１２３４５６７８９－ｘＸ—–‐", "0123456789-xX---")
_BETWEEN = re.compile(r"[\s-]+")
BOOKLAND = ("978", "979")


class NoISBN(ValueError):
    """It is no book number; the words say why, for whoever typed it."""


def looks_like(said: str) -> bool:
    """Whether somebody meant a number and not a title."""
    kept = _plain(said)
    return len(kept) in (10, 13) and kept[:-1].isdigit() and (kept[-1].isdigit() or kept[-1] == "X")


def read(said: str) -> str:
    """The thirteen digits of a number of ten or thirteen; refuses what cannot be one."""
    kept = _plain(said)
    if not looks_like(kept):
        raise NoISBN("书号应是 10 位或 13 位数字，在书的封底条码上方。")
    if len(kept) == 10:
        if not _ten_fits(kept):
            raise NoISBN("书号的末位对不上，请对照封底再看一遍。")
        first = "978" + kept[:9]
        return first + check_digit(first)
    if not kept.startswith(BOOKLAND) or kept[12] != check_digit(kept[:12]):
        raise NoISBN("书号的末位对不上，请对照封底再看一遍。")
    return kept


def check_digit(twelve: str) -> str:
    """The thirteenth digit: weights one and three, up to the next ten."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-total % 10)


def _ten_fits(ten: str) -> bool:
    """Weights ten to one, a multiple of eleven; X is ten."""
    digits = [10 if digit == "X" else int(digit) for digit in ten]
    return sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11 == 0


def _plain(said: str) -> str:
    words = said.translate(_WIDE).upper().strip()
    return _BETWEEN.sub("", words.removeprefix("ISBN").lstrip(":： "))
