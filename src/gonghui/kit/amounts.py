"""Amounts as people write them."""

from __future__ import annotations

from decimal import Decimal


def plain(amount: Decimal) -> str:
    """Without idle noughts: 2, 1.5, 0.25, and 10 instead of 1E+1."""
    return f"{amount.normalize():f}"
