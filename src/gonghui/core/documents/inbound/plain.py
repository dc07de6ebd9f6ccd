"""Reads a text file in the encodings Chinese offices use and refuses what is not text."""

from __future__ import annotations

import codecs
import unicodedata

from gonghui.core.documents.inbound import refusals
from gonghui.core.documents.inbound.refusals import MOST_TEXT, Unreadable

LAYOUT = frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f\x85\xad")
# Of a text read in the wrong encoding far more than this is rare, private or unassigned.
MOST_STRANGE = 0.02


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GB18030; refused when the result does not look written."""
    text = _decoded(data)
    if len(text) > MOST_TEXT:
        raise Unreadable(refusals.TOO_LONG)
    if not text.strip():
        raise Unreadable(refusals.NO_TEXT)
    if "\0" in text or _controls(text) > len(text) * 0.003:
        raise Unreadable(refusals.NOT_A_DOCUMENT)
    if _strange(text) > len(text) * MOST_STRANGE:
        raise Unreadable(refusals.GARBLED)
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _attempt(data, ("utf-16",))
    if b"\0" in data:  # neither UTF-8 nor GB18030 text contains a NUL
        raise Unreadable(refusals.NOT_A_DOCUMENT)
    return _attempt(data, ("utf-8-sig", "gb18030"))


def _attempt(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(refusals.GARBLED)


def _controls(text: str) -> int:
    return sum(1 for c in text if c < " " and c not in LAYOUT)


def _strange(text: str) -> int:
    return sum(1 for c in text if c > "\x7f" and c not in LAYOUT and _is_strange(c))


def _is_strange(char: str) -> bool:
    """Private, unassigned and half characters, and ideographs too rare for office text."""
    return unicodedata.category(char) in ("Co", "Cn", "Cs", "Cc") or char > "\U0001ffff"
