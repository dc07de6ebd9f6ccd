"""The officer's screens of plans, one file a part."""

from . import activities, feeds, items, passing, plans, review, summary, views

__all__ = ["activities", "feeds", "items", "passing", "plans", "review", "summary", "views"]
