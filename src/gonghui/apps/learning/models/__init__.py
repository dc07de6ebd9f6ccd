"""Tables of study rules, of what excuses, of terms and of named slogans."""

from .circumstances import Hire, Leave, LeaveKind, PartTime
from .seasons import Season
from .slogans import Slogan
from .study import Every, Measure, Rounding, StudyItem, StudyRule, Who

__all__ = [
    "Every",
    "Hire",
    "Leave",
    "LeaveKind",
    "Measure",
    "PartTime",
    "Rounding",
    "Season",
    "Slogan",
    "StudyItem",
    "StudyRule",
    "Who",
]
