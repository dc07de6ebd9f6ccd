"""The organiser's screens of activities, split by what they are about."""

from . import activities, calendar, clone, series

__all__ = ["activities", "calendar", "clone", "series"]
