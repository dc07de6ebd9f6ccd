"""The organiser's screens at the door and afterwards."""

from . import door, doors, phone, record

__all__ = ["door", "doors", "phone", "record"]
