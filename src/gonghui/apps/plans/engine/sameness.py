"""Notices a plan that was pasted before, also renumbered or with other punctuation (R §5b 19)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from .numerals import fold

# All that renumbering and retyping changes: signs, digits, Chinese numerals, white space.
_IGNORED = re.compile(r"[\W\d_一二三四五六七八九十〇零两①-⒛㈠-㈩Ⅰ-ⅫxX×]+")
_GRAM = 6
_SIZE = 128
_SPAN = 1 << 32


def fingerprint(text: str) -> dict[str, Any]:
    """A small JSON-ready fingerprint: the smallest hashes of all six-character runs."""
    words = _IGNORED.sub("", fold(text)).lower()
    hashes = {_hash(words[i : i + _GRAM]) for i in range(max(1, len(words) - _GRAM + 1))}
    return {"v": 1, "n": len(words), "h": sorted(hashes)[:_SIZE] if words else []}


def likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """How much of the shorter text is in the longer one: 0.0 … 1.0, from two fingerprints.

    Bottom-k sketches: the smallest hashes of the union are a fair sample of it; a copy with other
    numbering gives 1.0, the half of a text (002 of 001-8) about what it shares.
    """
    a, b = set(one.get("h", ())), set(other.get("h", ()))
    if not a or not b or one.get("v") != other.get("v"):
        return 0.0
    sample = sorted(a | b)[: min(_SIZE, max(len(a), len(b)))]
    shared = sum(h in a and h in b for h in sample) / len(sample)
    if shared == 0:
        return 0.0
    small, large = sorted((max(1, int(one["n"])), max(1, int(other["n"]))))
    together = (small + large) / (1 + shared)  # length of the union, from its shared part
    return round(min(1.0, shared * together / small), 4)


def _hash(gram: str) -> int:
    digest = hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % _SPAN
