"""What an answer gains; whole points only, by rules a learner is told beforehand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

SINGLE, MULTIPLE, JUDGE, BLANK = "single", "multiple", "judge", "blank"
WHOLE, SHARE = "whole", "share"
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """A word as it is compared: full and half width, capitals and blanks make no difference."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def gained(answer: str, key: Sequence[Any], said: Sequence[Any], points: int, partial: str) -> int:
    """The points of an answer; nothing said and anything wrong gain nothing.

    By ``share`` a part of what is right gains its part of the points, rounded down: no half marks.
    """
    if not said:
        return 0
    if answer == BLANK:
        return points if plain(str(said[0])) in {plain(str(one)) for one in key} else 0
    wanted, given = set(key), set(said)
    if given == wanted:
        return points
    if answer == MULTIPLE and partial == SHARE and given < wanted:
        return points * len(given) // len(wanted)
    return 0


def tidy(answer: str, said: Sequence[str], options: int) -> list[Any]:
    """What a form sent as it is kept: places that exist, in order and once; a blank's words."""
    if answer == BLANK:
        words = " ".join(said[:1]).strip()[:200]
        return [words] if words else []
    places = sorted({int(one) for one in said if one.isascii() and one.isdecimal()})
    held = [one for one in places if one < options]
    return held if answer == MULTIPLE else held[:1]
