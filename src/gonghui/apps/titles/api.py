"""What others may do with titles: give them."""

from __future__ import annotations

from .actions import Given, grant

__all__ = ["Given", "grant"]
