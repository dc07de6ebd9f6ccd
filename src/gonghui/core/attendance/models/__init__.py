"""Tables of who came and what was left, split by what they are about."""

from .attendance import Attendance, Mark
from .record import Contribution, Feedback, Record

__all__ = ["Attendance", "Contribution", "Feedback", "Mark", "Record"]
