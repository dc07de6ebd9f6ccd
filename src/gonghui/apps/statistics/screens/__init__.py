"""The officer's screens of forms, of what was sent down, and of what units file."""

from . import collections, filings, forms

__all__ = ["collections", "filings", "forms"]
