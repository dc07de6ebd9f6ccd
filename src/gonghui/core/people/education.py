"""How high an education is (GB/T 4658); plain Python, so that an engine may ask too."""

from __future__ import annotations

from collections.abc import Iterable

# 中等职业教育 and 普通高中 stand side by side; 其他 says nothing.
RANKS = {"10": 6, "20": 5, "30": 4, "40": 3, "60": 3, "70": 2, "80": 1}


def highest(codes: Iterable[str]) -> str:
    """The highest of some educations; the first of equals."""
    return max(codes, key=lambda code: RANKS.get(code, 0))


def above(code: str) -> list[str]:
    """The educations that stand above one; none above one that says nothing."""
    return [one for one in RANKS if code in RANKS and is_higher(one, code)]


def is_higher(code: str, than: str) -> bool:
    """Whether one education stands above another; anything stands above one nobody knows."""
    return RANKS.get(code, 0) > RANKS.get(than, 0)
