"""What ranks are worth to teams: points by rank, a team's item counted once; no Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placing:
    """Somebody of a team was placed in an item; ``together`` where the team did it as one.

    ``number`` tells items of one name apart.
    """

    team: str
    item: str
    rank: int
    together: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A team's place by its points, shared by those with as many; ``won`` says what they are of."""

    rank: int
    team: str
    points: int
    won: tuple[str, ...]

    @property
    def said(self) -> str:
        """第 1 名 第一分会 12 分."""
        return f"第 {self.rank} 名 {self.team} {self.points} 分"


def standings(
    placings: Iterable[Placing], points: Sequence[int], *, times: int = 1
) -> list[Standing]:
    """The teams that were placed, the most points first.

    ``points`` are of the first, the second and so on; later ranks have none. Of a team's item its
    best rank counts once, ``times`` as much. Who shares a rank has the points of it.
    """
    total: dict[str, int] = {}
    won: dict[str, list[str]] = defaultdict(list)
    for one in _counted(placings):
        worth = points[one.rank - 1] if one.rank <= len(points) else 0
        worth *= times if one.together else 1
        total[one.team] = total.get(one.team, 0) + worth
        if worth:
            won[one.team].append(f"{one.item} 第 {one.rank} 名 {worth} 分")
    order = sorted(total, key=lambda team: (-total[team], team))
    more = sorted(total.values(), reverse=True)
    return [
        Standing(more.index(total[team]) + 1, team, total[team], tuple(won[team])) for team in order
    ]


def _counted(placings: Iterable[Placing]) -> list[Placing]:
    """Each placing of a person, and of what a team did as one the best."""
    best: dict[tuple[str, str, int], Placing] = {}
    rest: list[Placing] = []
    for one in placings:
        key = one.team, one.item, one.number
        if not one.together:
            rest.append(one)
        elif key not in best or one.rank < best[key].rank:
            best[key] = one
    return sorted([*rest, *best.values()], key=lambda one: (one.item, one.rank))
