"""What a paragraph takes from its Word style, through all the styles that one builds on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gonghui.core.documents.inbound.package import Element
from gonghui.core.documents.inbound.word_xml import W, is_on, number_of, value_of

HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)$", re.IGNORECASE)
LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph takes from its style."""

    heading: int | None = None
    num_id: str = ""
    num_level: int | None = None
    numbered_by: str = ""  # the style in the chain that brings the numbering
    is_contents: bool = False
    is_hidden: bool = False


class Styles:
    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default = ""
        self._known: dict[str, Style] = {}
        self.list_styles: dict[str, str] = {}
        for style in [] if root is None else root.iterfind(W + "style"):
            self._add(style)

    def _add(self, style: Element) -> None:
        name, kind = style.get(W + "styleId", ""), style.get(W + "type", "")
        if kind == "numbering":
            self.list_styles[name] = value_of(style.find(f"{W}pPr/{W}numPr"), "numId")
        elif kind in ("paragraph", "character"):
            self._elements[name] = style
            if kind == "paragraph" and style.get(W + "default") in ("1", "true"):
                self._default = name

    def of(self, name: str) -> Style:
        """The style of that id, the default paragraph style for an unknown or empty one."""
        name = name if name in self._elements else self._default
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def _chain(self, name: str) -> list[Element]:
        """The style and those it is based on; a circle is cut."""
        chain: list[Element] = []
        while name in self._elements and len(chain) < LONGEST_CHAIN:
            chain.append(self._elements[name])
            name = value_of(chain[-1], "basedOn")
        return chain

    def _resolve(self, name: str) -> Style:
        chain = self._chain(name)
        num_id, level, by = _numbering(chain)
        return Style(
            heading=_heading(chain),
            num_id=num_id,
            num_level=level,
            numbered_by=by,
            is_contents=any(CONTENTS.match(value_of(s, "name")) for s in chain[:1]),
            is_hidden=any(is_on(s.find(W + "rPr"), "vanish") for s in chain[:1]),
        )


def outline_level(properties: Element | None) -> int | None:
    """``w:outlineLvl`` counted from 1; 0 says plainly "body text"; None says nothing."""
    found = None if properties is None else properties.find(W + "outlineLvl")
    if found is None:
        return None
    level = number_of(found, "val", 9) + 1
    return level if level <= 9 else 0


def _heading(chain: list[Element]) -> int | None:
    for style in chain:
        level = outline_level(style.find(W + "pPr"))
        if level is not None:
            return level or None
        if match := HEADING.match(value_of(style, "name")):
            return int(match[1])
    return None


def _numbering(chain: list[Element]) -> tuple[str, int | None, str]:
    for style in chain:
        numbering = style.find(f"{W}pPr/{W}numPr")
        if numbering is not None and value_of(numbering, "numId"):
            level = numbering.find(W + "ilvl")
            name = style.get(W + "styleId", "")
            return (
                value_of(numbering, "numId"),
                None if level is None else number_of(level, "val"),
                name,
            )
    return "", None, ""
