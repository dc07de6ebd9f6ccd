"""Tables of evaluation: schemes, rounds with their sheets, how they are judged and voted on."""

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
from .voting import Choice, Opinion, Poll, Tally, Voter

__all__ = [
    "RUNNING",
    "SHOWN",
    "BallotCount",
    "Band",
    "Choice",
    "Contender",
    "ContenderState",
    "Criterion",
    "Filler",
    "Method",
    "Objection",
    "ObjectionState",
    "Opinion",
    "Poll",
    "Rater",
    "Review",
    "Round",
    "RoundState",
    "Scheme",
    "SheetLine",
    "Tally",
    "Target",
    "Voter",
]
