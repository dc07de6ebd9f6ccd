"""Tables of what activities left, split by what they are about."""

from .certificate import Certificate
from .photo import Photo
from .record import Contribution, Feedback, Record
from .scoring import Scoring

__all__ = ["Certificate", "Contribution", "Feedback", "Photo", "Record", "Scoring"]
