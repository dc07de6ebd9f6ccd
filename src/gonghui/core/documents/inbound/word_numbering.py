"""Computes the numbers Word shows in front of paragraphs, which stand nowhere in their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gonghui.core.documents.inbound.package import Element
from gonghui.core.documents.inbound.word_xml import W, number_of, value_of
from gonghui.kit import numerals

DEEPEST = 9
PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None  # 0 never; n: after level n (counted from 1) or one above it
    legal: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class _Num:
    """One list: which abstract definition it uses, its own levels, and where it starts again."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The document's lists and how far each has counted; ask in reading order."""

    def __init__(self, root: Element | None, list_styles: dict[str, str] | None = None) -> None:
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}  # abstract → the list style that really defines it
        self._nums: dict[str, _Num] = {}
        self._list_styles = list_styles or {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for abstract in root.iterfind(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._abstracts[name] = dict(_level(lvl) for lvl in abstract.iterfind(W + "lvl"))
            if link := value_of(abstract, "numStyleLink"):
                self._links[name] = link
        for num in root.iterfind(W + "num"):
            self._nums[num.get(W + "numId", "")] = _num(num)

    def _abstract_of(self, num: _Num) -> str:
        """Follow a list style to the list that defines it; once, as Word does."""
        target = self._nums.get(self._list_styles.get(self._links.get(num.abstract, ""), ""))
        return target.abstract if target is not None else num.abstract

    def level_for_style(self, num_id: str, style: str) -> int:
        """The level a paragraph style is tied to in a list, 0 if to none."""
        num = self._nums.get(num_id)
        levels = self._abstracts.get(self._abstract_of(num), {}) if num else {}
        return next((n for n, lvl in levels.items() if lvl.paragraph_style == style), 0)

    def label(self, num_id: str, depth: int) -> str | None:
        """Count one paragraph; its label, "" for a bullet, None if there is no such list."""
        num = self._nums.get(num_id)
        if num is None or not 0 <= depth < DEEPEST:
            return None
        abstract = self._abstract_of(num)
        levels = {**self._abstracts.get(abstract, {}), **num.levels}
        if depth not in levels:
            return None
        counts = self._counts.setdefault(abstract, {})
        self._advance(num_id, num, counts, levels, depth)
        return _shown(levels, counts, depth)

    def _advance(
        self, num_id: str, num: _Num, counts: dict[int, int], levels: dict[int, Level], depth: int
    ) -> None:
        fresh = (num_id, depth) not in self._restarted and depth in num.starts
        self._restarted.add((num_id, depth))
        start = num.starts.get(depth, levels[depth].start)
        counts[depth] = start if fresh or depth not in counts else counts[depth] + 1
        for upper in range(depth):
            # Word shows the start of an upper level that has not been used yet.
            counts.setdefault(upper, levels[upper].start if upper in levels else 1)
        for lower in [n for n in counts if n > depth and _restarts(levels.get(n), n, depth)]:
            del counts[lower]


def _restarts(level: Level | None, depth: int, used: int) -> bool:
    """Whether a level starts again after a paragraph at the (higher) level ``used``."""
    if level is None or level.restart is None:
        return True
    return level.restart != 0 and used < level.restart


def _shown(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.style == "bullet":
        return ""

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        style = levels[at].style if at in levels else "decimal"
        return numerals.write(counts.get(at, 1), "decimal" if level.legal else style)

    return PLACE.sub(place, level.text)


def _level(lvl: Element) -> tuple[int, Level]:
    restart = lvl.find(W + "lvlRestart")
    return number_of(lvl, "ilvl"), Level(
        start=_int(value_of(lvl, "start"), 1),
        style=_style(lvl),
        text=value_of(lvl, "lvlText")[:100],
        restart=None if restart is None else number_of(restart, "val"),
        legal=lvl.find(W + "isLgl") is not None and value_of(lvl, "isLgl") not in ("0", "false"),
        paragraph_style=value_of(lvl, "pStyle"),
    )


def _style(lvl: Element) -> str:
    """The format; newer ones stand in an AlternateContent with an older one to fall back on."""
    found = next(lvl.iter(W + "numFmt"), None)
    return "decimal" if found is None else str(found.get(W + "val", "decimal"))


def _num(num: Element) -> _Num:
    result = _Num(value_of(num, "abstractNumId"))
    for override in num.iterfind(W + "lvlOverride"):
        depth = number_of(override, "ilvl")
        lvl = override.find(W + "lvl")
        if lvl is not None:
            result.levels[depth] = _level(lvl)[1]
        if start := value_of(override, "startOverride"):
            result.starts[depth] = _int(start, 1)
    return result


def _int(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise
