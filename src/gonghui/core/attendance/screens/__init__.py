"""The organiser's screens at the door."""

from . import door, doors, panel, phone

__all__ = ["door", "doors", "panel", "phone"]
