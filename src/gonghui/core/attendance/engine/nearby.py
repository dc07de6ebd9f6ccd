"""Whether a place lies within a number of metres of another."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_000  # metres, the mean radius


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the earth, in degrees."""

    latitude: float
    longitude: float


def metres_between(here: Spot, there: Spot) -> float:
    """Along the great circle."""
    rise = radians(there.latitude - here.latitude) / 2
    turn = radians(there.longitude - here.longitude) / 2
    across = cos(radians(here.latitude)) * cos(radians(there.latitude))
    return 2 * EARTH * asin(min(1.0, sqrt(sin(rise) ** 2 + across * sin(turn) ** 2)))
