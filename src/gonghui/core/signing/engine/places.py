"""Who gets a place and who moves up: pure counting, done by the caller on locked rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody (``key``) wants ``seats`` places of the unit's and in all, and of one item.

    Who wants several items has a wish for each, and takes a place in all once.
    """

    key: int
    seats: int
    unit: int | None = None
    item: int | None = None


@dataclass(slots=True)
class House:
    """Places taken of how many (``None``: no limit), the free ones of each quota, who is inside."""

    taken: int
    capacity: int | None
    free: dict[int, int] = field(default_factory=dict)
    inside: set[int] = field(default_factory=set)

    def fits(self, wish: Wish) -> bool:
        if wish.item is not None and wish.seats > self.free[wish.item]:
            return False
        if wish.key in self.inside:
            return True
        if self.capacity is not None and self.taken + wish.seats > self.capacity:
            return False
        return wish.unit is None or wish.seats <= self.free[wish.unit]

    def take(self, wish: Wish) -> None:
        if wish.item is not None:
            self.free[wish.item] -= wish.seats
        if wish.key not in self.inside:
            self.inside.add(wish.key)
            self._move(wish, wish.seats)

    def leave(self, whole: Wish, items: Iterable[int] = ()) -> None:
        """Somebody gives back the place in all and those in items."""
        self._move(whole, -whole.seats)
        for item in items:
            self.free[item] += whole.seats
        self.inside.discard(whole.key)

    def _move(self, wish: Wish, seats: int) -> None:
        self.taken += seats
        if wish.unit is not None:
            self.free[wish.unit] -= seats


def moving_up(house: House, line: Iterable[Wish]) -> Iterator[Wish]:
    """Those of the line who now get a place, first come first served; they are seated.

    Who wants more places than are free is passed over and keeps their turn. Once through is enough:
    seating somebody makes no room for anybody else's wish, nor for another of their own.
    """
    for wish in line:
        if house.fits(wish):
            house.take(wish)
            yield wish
