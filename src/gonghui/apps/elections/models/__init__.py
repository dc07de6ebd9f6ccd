"""Tables of terms, elections, what was counted, who leaves office, and a new chair's duties."""

from .counting import Candidate, Tally, Vote
from .departure import Departure, DepartureState, Leaving
from .election import (
    ChairBy,
    Election,
    ElectionKind,
    ElectionState,
    Meeting,
    Mode,
    Office,
    Race,
    Step,
)
from .term import ChairDuty, DutyKind, Term

__all__ = [
    "Candidate",
    "ChairBy",
    "ChairDuty",
    "Departure",
    "DepartureState",
    "DutyKind",
    "Election",
    "ElectionKind",
    "ElectionState",
    "Leaving",
    "Meeting",
    "Mode",
    "Office",
    "Race",
    "Step",
    "Tally",
    "Term",
    "Vote",
]
