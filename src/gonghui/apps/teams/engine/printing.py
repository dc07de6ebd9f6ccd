"""A part of a board as items of text, for paper: what the screen says, without its markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

BREAKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "tr", "div", "dt", "dd", "ul", "ol"})
APART = frozenset({"span", "td", "th", "strong", "br"})
HEAD = 2  # a heading takes the room of so many items
SILENT = frozenset({"button", "form", "svg", "script", "style"})


@dataclass
class Item:
    """One line of a board: what it is, and below it what more there is to say."""

    title: str = ""
    details: list[str] = field(default_factory=list)
    is_vision: bool = False

    def say(self, words: str) -> None:
        if self.details:
            self.details[-1] += words
        else:
            self.title += words

    def told(self) -> dict[str, object]:
        details = "　".join(filter(None, (_tidy(one) for one in self.details)))
        return {"title": _tidy(self.title), "detail": details, "is_vision": self.is_vision}


def _tidy(words: str) -> str:
    return " ".join(words.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items = [Item()]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in BREAKS:
            self.items.append(Item(is_vision=("class", "vision") in attrs))
        elif tag == "small":
            self.items[-1].details.append("")
        elif tag in APART:
            self.items[-1].say(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in BREAKS:
            self.items.append(Item())
        elif tag == "small":
            self.items[-1].details.append("")
        elif tag in APART:
            self.items[-1].say(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.items[-1].say(data)


def items_of(markup: str) -> list[dict[str, object]]:
    """What one would read aloud, item by item; buttons and drawings say nothing."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    told = (item.told() for item in reader.items)
    return [one for one in told if one["title"] or one["detail"]]


def in_columns(parts: list[dict[str, Any]], count: int = 3) -> list[list[dict[str, Any]]]:
    """Parts in their order, in columns of about the same length."""
    length = [len(one["items"]) + HEAD for one in parts]
    whole = sum(length)
    columns: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    passed = 0
    for part, long in zip(parts, length, strict=True):
        # A part stands where its middle falls.
        columns[min(count * (2 * passed + long) // (2 * whole), count - 1)].append(part)
        passed += long
    return columns
