"""What makes a question: how its key is written by people, and why one cannot be answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .marking import BLANK, JUDGE, MULTIPLE, SINGLE

TRUE = {"对", "正确", "是", "√", "✓", "t", "true", "a"}
FALSE = {"错", "错误", "否", "×", "x", "f", "false", "b"}
BETWEEN = re.compile(r"[、,，;；|/\s]+")


def key_from(answer: str, said: str) -> list[Any]:
    """The key a person wrote: letters, 对 or 错, the words a blank takes (one a line or with |)."""
    if answer == BLANK:
        return [one.strip() for one in re.split(r"[|\n]+", said) if one.strip()]
    plain = said.strip().lower()
    if answer == JUDGE:
        return [0] if plain in TRUE else [1] if plain in FALSE else []
    letters = BETWEEN.sub("", plain)
    if not letters.isascii() or not letters.isalpha():
        return []
    return sorted({ord(one) - ord("a") for one in letters})


def key_in_words(answer: str, key: Sequence[Any], between: str = "\n") -> str:
    """The key as one writes it."""
    if answer == BLANK:
        return between.join(map(str, key))
    if answer == JUDGE:
        return "错" if list(key) == [1] else "对"
    return "".join(chr(ord("A") + one) for one in key)


def problem_of(answer: str, options: Sequence[str], key: Sequence[Any]) -> str:
    """Why options and key do not make a question, in a sentence; empty where they do."""
    if answer == BLANK:
        return "" if any(str(one).strip() for one in key) else "填空题要写至少一个正确的答法。"
    if answer == JUDGE:
        return "" if len(key) == 1 and key[0] in (0, 1) else "判断题的答案是「对」或「错」。"
    return _problem_of_choice(answer, [str(one).strip() for one in options], key)


def _problem_of_choice(answer: str, options: Sequence[str], key: Sequence[Any]) -> str:
    if len(options) < 2 or not all(options):
        return "选择题至少要有两个选项，中间不能空着。"
    if len(set(options)) < len(options):
        return "有两个选项一样，请改开。"
    if not key or any(one not in range(len(options)) for one in key):
        return "请写正确选项的字母，并且要在选项里。"
    if answer == SINGLE and len(key) != 1:
        return "单选题只能有一个正确选项；有几个对的请改成多选题。"
    if answer == MULTIPLE and len(key) < 2:
        return "多选题至少有两个正确选项；只有一个对的请改成单选题。"
    return ""
