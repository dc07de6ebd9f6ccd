"""Tables of what people attend, split by what they are about."""

from .activity import OVER, Activity, ActivityQuerySet, Admits, Booking, Session, State
from .resource import Resource
from .series import Series

__all__ = [
    "OVER",
    "Activity",
    "ActivityQuerySet",
    "Admits",
    "Booking",
    "Resource",
    "Series",
    "Session",
    "State",
]
