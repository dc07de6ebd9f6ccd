"""The officer's screens: bodies, the tree, changes of the tree, people with posts and accounts."""

from . import bodies, people, restructure, tree

__all__ = ["bodies", "people", "restructure", "tree"]
