"""The organiser's screens of activities, split by what they are about."""

from . import activities, clone, series

__all__ = ["activities", "clone", "series"]
