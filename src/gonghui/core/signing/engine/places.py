"""Who gets a place and who moves up: pure counting, done by the caller on locked rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """One registration that wants ``seats`` places in all and of each of its quotas."""

    key: int
    seats: int
    quotas: tuple[int, ...] = ()


@dataclass(slots=True)
class House:
    """Places taken of how many (``None``: no limit), and the free ones of each quota."""

    taken: int
    capacity: int | None
    free: dict[int, int] = field(default_factory=dict)

    def fits(self, wish: Wish) -> bool:
        if self.capacity is not None and self.taken + wish.seats > self.capacity:
            return False
        return all(wish.seats <= self.free[quota] for quota in wish.quotas)

    def take(self, wish: Wish) -> None:
        self._move(wish, wish.seats)

    def give_back(self, wish: Wish) -> None:
        self._move(wish, -wish.seats)

    def _move(self, wish: Wish, seats: int) -> None:
        self.taken += seats
        for quota in wish.quotas:
            self.free[quota] -= seats


def moving_up(house: House, line: Iterable[Wish]) -> Iterator[Wish]:
    """Those of the line who now get a place, first come first served; they are seated.

    Who wants more places than are free is passed over and keeps their turn.
    """
    for wish in line:
        if house.fits(wish):
            house.take(wish)
            yield wish
