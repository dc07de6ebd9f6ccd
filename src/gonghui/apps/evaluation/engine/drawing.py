"""Draws who rates whom: nobody more than needed, nobody where they must not, the same each time.

The seed is kept with the round, so the same draw can be made again before doubters.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Hashable, Mapping, Sequence


class NotEnough(Exception):
    """A contender has fewer raters who may rate it than are wanted."""

    def __init__(self, contender: Hashable, able: int) -> None:
        super().__init__(contender)
        self.contender, self.able = contender, able


def draw(
    able: Mapping[int, Collection[int]], raters: Sequence[int], each: int, seed: str
) -> dict[int, list[int]]:
    """Contender → ``each`` raters of those ``able``; the largest load is as small as it can be.

    ``able`` says who may rate a contender at all. Numbers, not rows: whoever draws again from
    the same numbers and seed gets the same.
    """
    for contender in sorted(able):
        if len(able[contender]) < each:
            raise NotEnough(contender, len(able[contender]))
    if not able:
        return {}
    luck = random.Random(seed)  # noqa: S311  # a draw to be repeated, no secret
    order, wanted = sorted(raters), sorted(able)
    luck.shuffle(order)
    luck.shuffle(wanted)
    least = -(-len(wanted) * each // max(1, len(order)))
    for most in range(least, len(wanted) + 1):
        tried = _Draw(able, {rater: at for at, rater in enumerate(order)}, most)
        if all(tried.place(contender, set()) for _ in range(each) for contender in wanted):
            return tried.found(wanted)
    raise AssertionError("everybody rating everything they may is always enough")


class _Draw:
    """A draw in which nobody rates more than ``most``."""

    def __init__(
        self, able: Mapping[int, Collection[int]], rank: Mapping[int, int], most: int
    ) -> None:
        self.able, self.rank, self.most = able, rank, most
        self.given: dict[int, set[int]] = {contender: set() for contender in able}
        self.load: dict[int, set[int]] = {rater: set() for rater in rank}

    def found(self, wanted: Sequence[int]) -> dict[int, list[int]]:
        return {one: sorted(self.given[one], key=self.rank.__getitem__) for one in wanted}

    def place(self, contender: int, seen: set[int]) -> bool:
        """Give it one more rater; where all that may are full, move another's along."""
        free = set(self.able[contender]) - self.given[contender] - seen
        for rater in sorted(free, key=lambda one: (len(self.load[one]), self.rank[one])):
            if rater in seen:
                continue
            seen.add(rater)
            if len(self.load[rater]) < self.most or self._make_room(rater, seen):
                self.given[contender].add(rater)
                self.load[rater].add(contender)
                return True
        return False

    def _make_room(self, rater: int, seen: set[int]) -> bool:
        for other in sorted(self.load[rater]):
            if self.place(other, seen):
                self.given[other].discard(rater)
                self.load[rater].discard(other)
                return True
        return False
