"""Tables of the care of workers: the register of hardship, and dismissals told to the union."""

from .dismissal import Dismissal
from .hardship import Cause, Ending, Grade, Hardship, HardshipQuerySet

__all__ = ["Cause", "Dismissal", "Ending", "Grade", "Hardship", "HardshipQuerySet"]
