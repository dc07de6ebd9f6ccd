"""The columns of the lists of plans, of tasks and of what was passed down."""

from .passing import DIRECTIVE_TONES, DirectiveTable, FollowUpTable, SentTable
from .plans import PLAN_TONES, PlanTable
from .tasks import ItemTable

__all__ = [
    "DIRECTIVE_TONES",
    "PLAN_TONES",
    "DirectiveTable",
    "FollowUpTable",
    "ItemTable",
    "PlanTable",
    "SentTable",
]
