"""The officer's screens of plans, one file a part."""

from . import passing, plans, review, summary

__all__ = ["passing", "plans", "review", "summary"]
