"""What the site, the demo and the seams may do with people and their membership."""

from __future__ import annotations

from .actions.accounts import open_account
from .actions.applications import apply
from .actions.education import lower_education, raise_education
from .actions.people import add_person, move_person
from .actions.transfers import ask_transfer
from .flow import HANDOVER, JOINING

__all__ = [
    "HANDOVER",
    "JOINING",
    "add_person",
    "apply",
    "ask_transfer",
    "lower_education",
    "move_person",
    "open_account",
    "raise_education",
]
