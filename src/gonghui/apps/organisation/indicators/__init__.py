"""What is counted of bodies, posts, units without a union and outside contacts."""

from . import bodies, outside, posts

__all__ = ["bodies", "outside", "posts"]
