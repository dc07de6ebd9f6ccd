"""Chinese text: pinyin and initials for search, and surnames that are read their own way."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

# A surname is read differently from the common word of the same character.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "任": "ren",
    "盖": "ge", "华": "hua", "朴": "piao", "冼": "xian", "乐": "yue", "员": "yun", "缪": "miao",
    "翟": "zhai", "尉": "wei", "种": "chong", "秘": "bi", "覃": "qin", "黑": "he", "牟": "mu",
    "洗": "xian", "折": "she", "召": "shao", "句": "gou", "幸": "xing", "令狐": "linghu",
    "尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "长孙": "zhangsun", "单于": "chanyu",
}  # fmt: skip


def pinyin(text: str) -> str:
    """The reading of a text without tones and blanks: ``安澜`` → ``anlan``."""
    return "".join(lazy_pinyin(text)).lower()


def initials(text: str) -> str:
    """The first letter of every character: ``安澜`` → ``al``."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def name_pinyin(name: str) -> tuple[str, str]:
    """Reading and initials of a person's name, its surname read as a surname."""
    for length in (2, 1):
        read = SURNAMES.get(name[:length])
        if read and len(name) >= length:
            rest = name[length:]
            first = read[0] if length == 1 else initials(name[:2])
            return read + pinyin(rest), first + initials(rest)
    return pinyin(name), initials(name)
