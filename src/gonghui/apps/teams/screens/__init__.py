"""The officer's screens of teams, split by what they are about."""

from . import board, records, rollout, study

__all__ = ["board", "records", "rollout", "study"]
