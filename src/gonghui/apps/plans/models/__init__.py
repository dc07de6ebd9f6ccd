"""The tables of plans: plan and draft, the items, what they owe and what was passed down."""

from .item import Area, Item, ItemState, Kind, Occurrence, Progress, Target
from .passing import Directive, DirectiveState
from .plan import Draft, Edit, Feed, Plan, PlanKind, PlanState, UpperDocument

__all__ = [
    "Area",
    "Directive",
    "DirectiveState",
    "Draft",
    "Edit",
    "Feed",
    "Item",
    "ItemState",
    "Kind",
    "Occurrence",
    "Plan",
    "PlanKind",
    "PlanState",
    "Progress",
    "Target",
    "UpperDocument",
]
