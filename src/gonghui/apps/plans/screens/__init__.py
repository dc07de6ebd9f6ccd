"""The officer's screens of plans, one file a part."""

from . import feeds, items, passing, plans, review, summary, views

__all__ = ["feeds", "items", "passing", "plans", "review", "summary", "views"]
