"""The few questions asked of WordprocessingML everywhere."""

from __future__ import annotations

from gonghui.core.documents.inbound.package import TRANSITIONAL, Element

W = "{" + TRANSITIONAL.decode() + "}"
OFF = frozenset(("0", "false", "off", "none"))


def value_of(element: Element | None, child: str) -> str:
    """``w:val`` of a child element, "" if either is missing."""
    found = None if element is None else element.find(W + child)
    return "" if found is None else str(found.get(W + "val", ""))


def number_of(element: Element, attribute: str, otherwise: int = 0) -> int:
    """An attribute as a number of at most seven digits; anything else is ``otherwise``."""
    text = str(element.get(W + attribute, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def is_on(element: Element | None, child: str) -> bool:
    """Whether a switch such as ``<w:vanish/>`` stands and is not turned off."""
    found = None if element is None else element.find(W + child)
    return found is not None and str(found.get(W + "val", "1")).lower() not in OFF
