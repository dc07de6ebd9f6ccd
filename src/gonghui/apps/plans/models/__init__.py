"""The tables of plans: plan and draft, the items, what they owe and what was passed down."""

from .item import UNFINISHED, Area, Item, ItemState, Kind, Occurrence, Progress, Target
from .measuring import Reading
from .passing import Directive, DirectiveState
from .plan import (
    EDITABLE_STATES,
    OPEN_STATES,
    PUBLISHED_STATES,
    Draft,
    Edit,
    Pattern,
    Plan,
    PlanKind,
    PlanState,
    UpperDocument,
)

__all__ = [
    "EDITABLE_STATES",
    "OPEN_STATES",
    "PUBLISHED_STATES",
    "UNFINISHED",
    "Area",
    "Directive",
    "DirectiveState",
    "Draft",
    "Edit",
    "Item",
    "ItemState",
    "Kind",
    "Occurrence",
    "Pattern",
    "Plan",
    "PlanKind",
    "PlanState",
    "Progress",
    "Reading",
    "Target",
    "UpperDocument",
]
