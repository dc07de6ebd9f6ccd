"""Calendars on a page: a body's for who organises, a member's own on the phone."""

from . import calendar, mine

__all__ = ["calendar", "mine"]
