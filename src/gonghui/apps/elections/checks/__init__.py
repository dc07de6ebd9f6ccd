"""What should be noticed of terms, chairs and elections, over all unions at once."""

from . import chairs, contracts, duties, elections, leaving, meetings, terms

__all__ = ["chairs", "contracts", "duties", "elections", "leaving", "meetings", "terms"]
