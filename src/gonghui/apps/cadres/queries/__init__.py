"""What is asked of rules and ratings, and of what cadres did in a year."""

from .records import in_force, ratings_before, with_version

__all__ = ["in_force", "ratings_before", "with_version"]
