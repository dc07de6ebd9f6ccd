"""Numbers of books: ISBN-10 and ISBN-13 checked by their last digit, the short one made long."""

from __future__ import annotations

import re

SHORT, LONG = 10, 13
PREFIXES = ("978", "979")
_DASHES = str.maketrans("", "", "-‐‑‒–—－ \t　")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LEAD = re.compile(r"^ISBN[:]?", re.IGNORECASE)


class BadNumber(ValueError):
    """``sentence`` says what is wrong with the number and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read(said: str) -> str:
    """Thirteen digits, from either way of writing it; nothing from nothing."""
    plain = _LEAD.sub("", said.translate(_WIDE).translate(_DASHES)).upper()
    if not plain:
        return ""
    if len(plain) == SHORT and plain[:-1].isascii() and plain[:-1].isdecimal():
        return _from_short(plain)
    if len(plain) != LONG or not (plain.isascii() and plain.isdecimal()):
        raise BadNumber(f"ISBN 应为 13 位或 10 位数字，「{said.strip()[:30]}」不是，请对照封底。")
    if not plain.startswith(PREFIXES):
        raise BadNumber("13 位的 ISBN 以 978 或 979 开头，请对照封底。")
    if plain[-1] != check_digit(plain[:-1]):
        raise BadNumber("ISBN 的最后一位对不上，请对照封底逐位核对。")
    return plain


def _from_short(plain: str) -> str:
    if plain[-1] != short_check_digit(plain[:-1]):
        raise BadNumber("ISBN 的最后一位对不上，请对照封底逐位核对。")
    body = PREFIXES[0] + plain[:-1]
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The thirteenth digit of twelve."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return str(-total % 10)


def short_check_digit(body: str) -> str:
    """The tenth sign of nine digits; ten is written X."""
    total = sum(int(digit) * (SHORT - at) for at, digit in enumerate(body))
    rest = -total % 11
    return "X" if rest == SHORT else str(rest)
