"""The officer's and the keeper's screens of bookrooms, split by what they are about."""

from . import books, circles, desk, rooms

__all__ = ["books", "circles", "desk", "rooms"]
