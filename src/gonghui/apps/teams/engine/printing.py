"""A part of a board as lines of text, for paper: what the screen says, without its markup."""

from __future__ import annotations

from html.parser import HTMLParser

BREAKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "tr", "div", "dt", "dd", "ul", "ol", "br"})
APART = frozenset({"small", "span", "td", "th", "strong"})
SILENT = frozenset({"button", "form", "svg", "script", "style", "input"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT and tag != "input":
            self.silent += 1
        if tag in BREAKS:
            self.lines.append("")
        elif tag in APART:
            self.lines[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        if tag in BREAKS:
            self.lines.append("")
        elif tag in APART:
            self.lines[-1] += " "

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines[-1] += data


def lines_of(markup: str) -> list[str]:
    """The lines one would read aloud; buttons and drawings say nothing."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    told = [" ".join(line.split()) for line in reader.lines]
    return [line for line in told if line]
