"""The officer's screens: bodies, the tree, changes of the tree, posts."""

from . import bodies, posts, restructure, tree

__all__ = ["bodies", "posts", "restructure", "tree"]
