"""The officer's screens of mentoring, split by what they are about."""

from . import growing, pairs, study, tracks

__all__ = ["growing", "pairs", "study", "tracks"]
