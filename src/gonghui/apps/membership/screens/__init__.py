"""The officer's screens: people, their records and ledger, joining, transfers, duplicates."""

from . import (
    applications,
    counts,
    duplicates,
    ledger,
    people,
    privacy,
    record,
    retirement,
    transfers,
)

__all__ = [
    "applications",
    "counts",
    "duplicates",
    "ledger",
    "people",
    "privacy",
    "record",
    "retirement",
    "transfers",
]
