"""The organiser's screens of places and of those who come."""

from . import inviting, people, places, swapping, teams

__all__ = ["inviting", "people", "places", "swapping", "teams"]
