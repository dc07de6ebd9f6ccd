"""Draws who rates whom: nobody more than needed, nobody where they must not, the same each time.

The seed is kept with the round, so the same draw can be made again before doubters.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence


def draw(
    able: Mapping[int, Collection[int]],
    raters: Sequence[int],
    each: int,
    seed: str,
    kept: Mapping[int, Collection[int]] | None = None,
) -> dict[int, list[int]]:
    """Contender → raters of those ``able``; the largest load is as small as it can be.

    ``able`` says who may rate a contender at all; ``kept`` who rates it already, which stays as
    it is and counts. Each gets what it lacks of ``each``, or all there are. Numbers, not rows:
    whoever draws again from the same numbers and seed gets the same.
    """
    there = {one: set((kept or {}).get(one, ())) for one in able}
    free = {one: set(able[one]) - there[one] for one in able}
    lacks = {one: min(max(0, each - len(there[one])), len(free[one])) for one in able}
    busy = Counter(rater for one in there.values() for rater in one)
    luck = random.Random(seed)  # noqa: S311  # a draw to be repeated, no secret
    order, wanted = sorted(raters), sorted(able)
    luck.shuffle(order)
    luck.shuffle(wanted)
    turns = [one for turn in range(each) for one in wanted if turn < lacks[one]]
    if not turns:
        return {one: [] for one in wanted}
    rank = {rater: at for at, rater in enumerate(order)}
    least = -(-(len(turns) + sum(busy[rater] for rater in order)) // len(order))
    for most in range(least, len(wanted) + 1):
        tried = _Draw(free, rank, {rater: most - busy[rater] for rater in order})
        if all(tried.place(contender, set()) for contender in turns):
            return tried.found(wanted)
    raise AssertionError("everybody rating everything they may is always enough")


class _Draw:
    """A draw in which nobody is given more than there is ``room`` for."""

    def __init__(
        self,
        able: Mapping[int, Collection[int]],
        rank: Mapping[int, int],
        room: Mapping[int, int],
    ) -> None:
        self.able, self.rank, self.room = able, rank, room
        self.given: dict[int, set[int]] = {contender: set() for contender in able}
        self.load: dict[int, set[int]] = {rater: set() for rater in rank}

    def found(self, wanted: Sequence[int]) -> dict[int, list[int]]:
        return {one: sorted(self.given[one], key=self.rank.__getitem__) for one in wanted}

    def place(self, contender: int, seen: set[int]) -> bool:
        """Give it one more rater; where all that may are full, move another's along."""
        free = set(self.able[contender]) - self.given[contender] - seen
        for rater in sorted(free, key=self._order):
            if rater in seen:
                continue
            seen.add(rater)
            if self._left(rater) > 0 or self._make_room(rater, seen):
                self.given[contender].add(rater)
                self.load[rater].add(contender)
                return True
        return False

    def _left(self, rater: int) -> int:
        return self.room[rater] - len(self.load[rater])

    def _order(self, rater: int) -> tuple[int, int]:
        """The least busy first, of equals as the lot fell."""
        return -self._left(rater), self.rank[rater]

    def _make_room(self, rater: int, seen: set[int]) -> bool:
        for other in sorted(self.load[rater]):
            if self.place(other, seen):
                self.given[other].discard(rater)
                self.load[rater].discard(other)
                return True
        return False
