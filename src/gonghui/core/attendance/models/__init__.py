"""Tables of who came."""

from .attendance import Attendance, Mark

__all__ = ["Attendance", "Mark"]
