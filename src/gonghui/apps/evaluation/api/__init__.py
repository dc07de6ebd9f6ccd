"""What others may ask of evaluation: schemes, rounds played through, what they awarded."""

from .awards import Awarded, Basis, awarded, basis_of
from .rounds import (
    apply,
    give_some,
    hold_vote,
    look_through,
    move_round,
    name_raters,
    plan_round,
    visit_all,
)
from .schemes import begin, draft_next, grade, issue

__all__ = [
    "Awarded",
    "Basis",
    "apply",
    "awarded",
    "basis_of",
    "begin",
    "draft_next",
    "give_some",
    "grade",
    "hold_vote",
    "issue",
    "look_through",
    "move_round",
    "name_raters",
    "plan_round",
    "visit_all",
]
