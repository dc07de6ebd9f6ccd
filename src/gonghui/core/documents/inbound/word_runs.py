"""Gathers what one Word paragraph says: text, and what hangs on it (boxes, notes, hidden words)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gonghui.core.documents.inbound.package import Element
from gonghui.core.documents.inbound.word_xml import W, is_on

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

TEXTS = frozenset((W + "t", MATH + "t"))
SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
# Deleted and moved-away text, properties, the small reading above a ruby, field instructions.
SKIPPED = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "instrText"),
        *("delText", "delInstrText", "fldChar", "tblPr", "softHyphen"),
    )
)
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
# Ticks and boxes from the Wingdings fonts, which stand for answers in forms.
SYMBOLS = {"F0A8": "□", "F06F": "□", "F0A3": "□", "F0FE": "☑", "F052": "☑", "F0FC": "√"}


@dataclass(slots=True)
class Words:
    """The pieces of one paragraph."""

    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The text, one entry a line as the writer broke it."""
        return "".join(self.text).split("\n")


def gather(element: Element, words: Words) -> None:
    """Add everything below ``element`` to ``words``."""
    for child in element:
        tag = child.tag
        if tag in TEXTS:
            words.text.append(_text(child))
        elif tag in SIGNS:
            words.text.append(SIGNS[tag])
        elif tag not in SKIPPED:
            _gather_other(child, tag, words)


def _gather_other(child: Element, tag: str, words: Words) -> None:
    if tag == W + "r" and is_on(child.find(W + "rPr"), "vanish"):
        aside = Words()
        gather(child, aside)
        words.hidden += aside.text
    elif tag == W + "txbxContent":
        words.boxes.append(child)
    elif tag in NOTES:
        words.notes.append((NOTES[tag], child.get(W + "id", "")))
    elif tag == W + "sym":
        words.text.append(SYMBOLS.get(child.get(W + "char", "").upper(), ""))
    elif tag == COMPATIBILITY + "AlternateContent":
        _gather_alternative(child, words)
    else:
        gather(child, words)


def _gather_alternative(element: Element, words: Words) -> None:
    """A drawing is stored twice, for new and for old readers; take it once."""
    for name in ("Choice", "Fallback"):
        found = element.find(COMPATIBILITY + name)
        if found is not None:
            gather(found, words)
            return


def _text(element: Element) -> str:
    text = str(element.text or "").replace("\r", " ").replace("\n", " ")
    return text if element.get(SPACE) == "preserve" else text.strip(" ")
