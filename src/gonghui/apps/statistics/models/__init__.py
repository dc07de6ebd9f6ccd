"""Tables of statistics: forms with their cells and checks, what was sent down, what was filed."""

from .filing import EDITABLE, HANDED_IN, SETTLED, Amount, Collection, Filing, FilingState
from .form import Cadence, Cell, Form, How, Relation, Sign

__all__ = [
    "EDITABLE",
    "HANDED_IN",
    "SETTLED",
    "Amount",
    "Cadence",
    "Cell",
    "Collection",
    "Filing",
    "FilingState",
    "Form",
    "How",
    "Relation",
    "Sign",
]
