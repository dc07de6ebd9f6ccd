"""What the site, the demo and the seams may do with bodies and people."""

from __future__ import annotations

from .actions.bodies import add_org, merge_org, move_org, set_second_parent
from .actions.people import add_person, end_post, give_post, move_person, open_account
from .queries import children_of

__all__ = [
    "add_org",
    "add_person",
    "children_of",
    "end_post",
    "give_post",
    "merge_org",
    "move_org",
    "move_person",
    "open_account",
    "set_second_parent",
]
