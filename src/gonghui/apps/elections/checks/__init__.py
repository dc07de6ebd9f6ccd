"""What should be noticed of terms, chairs and elections, over all unions at once."""

from . import chairs, elections, terms

__all__ = ["chairs", "elections", "terms"]
