"""Tables of this app: units without a union, associations' reviews, outside contacts."""

from .associations import AssociationReview, Verdict
from .contacts import Contact, Exchange, Sort
from .prospects import Prospect, ProspectState, SurveyNote

__all__ = [
    "AssociationReview",
    "Contact",
    "Exchange",
    "Prospect",
    "ProspectState",
    "Sort",
    "SurveyNote",
    "Verdict",
]
