"""The organiser's screens afterwards, and what people earned."""

from . import credits, record

__all__ = ["credits", "record"]
