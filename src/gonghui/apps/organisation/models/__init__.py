"""Tables of this app: closings, units without a union, associations' reviews, outside contacts."""

from .associations import AssociationReview, Verdict
from .closings import Closing
from .contacts import Contact, Exchange, Sort
from .prospects import Prospect, ProspectState, SurveyNote

__all__ = [
    "AssociationReview",
    "Closing",
    "Contact",
    "Exchange",
    "Prospect",
    "ProspectState",
    "Sort",
    "SurveyNote",
    "Verdict",
]
