"""Chinese text: pinyin and initials for search, and surnames that are read their own way."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST_NAME = 4  # characters read one by one where they are no word together
# A surname is read differently from the common word of the same character.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "任": "ren",
    "盖": "ge", "华": "hua", "朴": "piao", "冼": "xian", "乐": "yue", "员": "yun", "缪": "miao",
    "翟": "zhai", "尉": "wei", "种": "chong", "秘": "bi", "覃": "qin", "黑": "he", "牟": "mu",
    "洗": "xian", "折": "she", "召": "shao", "句": "gou", "幸": "xing", "令狐": "linghu",
    "尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "长孙": "zhangsun", "单于": "chanyu",
}  # fmt: skip


_CHARACTER = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_GAP = re.compile(rf"(?<={_CHARACTER})\s+(?={_CHARACTER})")
_DOT = re.compile(rf"(?<={_CHARACTER})\s*[·•‧・．.]\s*(?={_CHARACTER})")


@lru_cache(maxsize=20_000)  # given names repeat, and a roster has a hundred thousand of them
def _syllables(text: str) -> tuple[str, ...]:
    if len(text) <= LONGEST_NAME and _all_chinese(text) and not _holds_phrase(text):
        return tuple(map(_syllable, text))
    return tuple(lazy_pinyin(text))


def _all_chinese(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)


def _holds_phrase(text: str) -> bool:
    """Whether neighbours are a word of the dictionary: only then a character may read otherwise."""
    ends = range(2, len(text) + 1)
    return any(text[start:end] in PHRASES_DICT for end in ends for start in range(end - 1))


@lru_cache(maxsize=10_000)
def _syllable(character: str) -> str:
    return "".join(lazy_pinyin(character))


def pinyin(text: str) -> str:
    """The reading of a text without tones and blanks: ``安澜`` → ``anlan``."""
    return "".join(_syllables(text)).lower()


def initials(text: str) -> str:
    """The first letter of every character: ``安澜`` → ``al``."""
    if _all_chinese(text):
        return "".join(syllable[0] for syllable in _syllables(text)).lower()
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def whole_name(name: str) -> str:
    """A person's name as it is: 「邱　雨」, spread out to fill a column, is 「邱雨」.

    Names of several parts have the one dot of the standard (GB/T 15834 4.15), whatever was typed.
    """
    return _DOT.sub("·", _GAP.sub("", name.strip()))


def name_pinyin(name: str) -> tuple[str, str]:
    """Reading and initials of a person's name, its surname read as a surname."""
    for length in (2, 1):
        read = SURNAMES.get(name[:length])
        if read and len(name) >= length:
            rest = name[length:]
            first = read[0] if length == 1 else initials(name[:2])
            return read + pinyin(rest), first + initials(rest)
    return pinyin(name), initials(name)
