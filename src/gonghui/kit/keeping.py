"""A few things worked out before, kept in the process; the longest unused falls out."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """What was made for a key, which must name all that went into it; safe among threads.

    Two threads may make the same thing at once: then the later one stays, and both are right.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        try:
            found = self._held[key]
            self._held.move_to_end(key)
        except KeyError:
            found = make()
            self._held[key] = found
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return found

    def clear(self) -> None:
        self._held.clear()


def fingerprint(plain: Any) -> bytes:
    """A short key for plain values, alone or in lists and dicts: equal for equal ones."""
    return hashlib.blake2b(repr(plain).encode(), digest_size=16).digest()
