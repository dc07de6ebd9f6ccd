"""Tables of evaluation: schemes, rounds with their sheets, and how they are judged."""

from .judging import BallotCount, Objection, ObjectionState, Rater, Review
from .round import (
    RUNNING,
    SHOWN,
    Contender,
    ContenderState,
    Round,
    RoundState,
    SheetLine,
)
from .scheme import Band, Criterion, Filler, Method, Scheme, Target

__all__ = [
    "RUNNING",
    "SHOWN",
    "BallotCount",
    "Band",
    "Contender",
    "ContenderState",
    "Criterion",
    "Filler",
    "Method",
    "Objection",
    "ObjectionState",
    "Rater",
    "Review",
    "Round",
    "RoundState",
    "Scheme",
    "SheetLine",
    "Target",
]
