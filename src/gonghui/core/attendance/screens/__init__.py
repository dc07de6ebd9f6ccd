"""The organiser's screens at the door."""

from . import door, doors, notice, panel, phone

__all__ = ["door", "doors", "notice", "panel", "phone"]
