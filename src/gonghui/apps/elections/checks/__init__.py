"""What should be noticed of terms, chairs and elections, over all unions at once."""

from . import chairs, contracts, elections, meetings, terms

__all__ = ["chairs", "contracts", "elections", "meetings", "terms"]
