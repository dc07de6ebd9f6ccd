"""Applications, transfers and merged duplicates; people and their ledger are tables of the core."""

from .application import Application, ApplicationState, Way
from .duplicate import Merge, NotSame
from .transfer import Transfer, TransferState

__all__ = [
    "Application",
    "ApplicationState",
    "Merge",
    "NotSame",
    "Transfer",
    "TransferState",
    "Way",
]
