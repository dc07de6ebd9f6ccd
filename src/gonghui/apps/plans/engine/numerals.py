"""Characters and numbers as Chinese plans write them: one-to-one folding, numerals, ordinals."""

from __future__ import annotations

import unicodedata

DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
POWERS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERALS = DIGITS.keys() | POWERS.keys() | MYRIADS.keys()
CHINESE = "〇零一二两三四五六七八九十百千"
ROMAN = {"I": 1, "V": 5, "X": 10}

# Punctuation that NFKC leaves alone but that means the same to a reader of plans.
_SAME = {"．": ".", "﹒": ".", "∶": ":", "︰": ":", "〔": "(", "〕": ")"}
_SAME |= {"～": "~", "〜": "~", "—": "-", "–": "-", "―": "-", "－": "-", "‐": "-", "−": "-"}
_SAME |= {"\u3000": " ", "\u00a0": " ", "\t": " ", "\ufeff": " ", "\u200b": " "}


def _fold_char(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if "\uff01" <= char <= "\uff5e":  # full-width forms; circled and compat characters stay
        return unicodedata.normalize("NFKC", char)
    return char


_FOLDED: dict[int, str] = {
    code: _fold_char(chr(code))
    for code in [*range(0xFF01, 0xFF5F), *(ord(c) for c in _SAME)]
    if _fold_char(chr(code)) != chr(code)
}


def fold(text: str) -> str:
    """The same text, character for character, with half-width punctuation, digits and letters."""
    return text.translate(_FOLDED)


def squeeze(text: str) -> str:
    """The text without white space, as losslessness counts it."""
    return "".join(text.split())


def number_of(words: str) -> int | None:
    """``12``, ``十二``, ``一百二十``, ``两千`` → the number; anything else → None."""
    if words.isascii() and words.isdigit():
        return int(words)
    if not words or any(c not in _NUMERALS for c in words):
        return None
    if not any(c in POWERS or c in MYRIADS for c in words):
        return int("".join(str(DIGITS[c]) for c in words))
    return _sum_of_powers(words)


def _sum_of_powers(words: str) -> int:
    total = section = digit = 0
    for char in words:
        if char in MYRIADS:
            total += (section + digit or 1) * MYRIADS[char]
            section = digit = 0
        elif char in POWERS:
            section += (digit or 1) * POWERS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + section + digit


def ordinal_of(words: str) -> int | None:
    """The place in its series of any numbering sign: ``3``, ``三``, ``③``, ``⑶``, ``⒊``, ``㈢``."""
    if len(words) == 1:
        sign = _ordinal_of_sign(words)
        if sign is not None:
            return sign
    number = number_of(words)
    return number if number else None


def _ordinal_of_sign(char: str) -> int | None:
    code = ord(char)
    for first, last in ((0x2460, 0x2473), (0x2474, 0x2487), (0x2488, 0x249B), (0x2776, 0x277F)):
        if first <= code <= last:
            return code - first + 1
    if 0x3220 <= code <= 0x3229:  # ㈠ … ㈩
        return code - 0x3220 + 1
    if 0x2160 <= code <= 0x216B:  # Ⅰ … Ⅻ
        return code - 0x2160 + 1
    if char.isascii() and char.isalpha():
        return ord(char.lower()) - ord("a") + 1
    return None


def roman_of(words: str) -> int | None:
    """Small roman numbers written in letters: I … XX."""
    if not words or any(c not in ROMAN for c in words):
        return None
    values = [ROMAN[c] for c in words]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-v if v < following else v for v, following in pairs)


def apart(marker: str) -> str:
    """A marker as it is shown before its words: ``1、`` closes itself, ``1`` wants a blank."""
    return f"{marker} " if marker[-1:].isdecimal() else marker
