"""Whose value holds at a body that is led twice, by its place and by its industry.

A body has one parent in the tree and may have a second (工会章程 第十一条, decision 0008). The
order of the domain (§0.3) is: the body's own value, that of its industry, that of its place, that
for all. So of all who lead a body over either parent, those that are no 地方总工会 come first,
its own line before the second parent's and the nearer before the farther; then the 地方总工会,
the lower before the higher. The places a second parent stands in count only where it is no
产业工会: an industry's union hands down the industry's rules, never those of another city.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models

from gonghui.core.orgs.models import STEP, Kind, Org

ROUNDS = 4  # a body led twice by one led twice: deeper than any real tree
Kinds = Mapping[str, str]  # path of a body with a value of its own → its kind


@dataclass(frozen=True, slots=True)
class Second:
    """Who leads a body a second time."""

    path: str
    is_industry: bool


def led_twice(paths: Iterable[str] | None = None) -> dict[str, Second]:
    """Path of a body led twice → who leads it a second time; of all, or on these lines up.

    One query for all; for a few lines one, and one more for each second leader who is led twice.
    """
    rows = Org.objects.exclude(second_parent=None).order_by()
    if paths is None:
        return _read(rows)
    found: dict[str, Second] = {}
    wanted = {up for path in paths for up in line(path)}
    for _ in range(ROUNDS):
        fresh = _read(rows.filter(path__in=wanted - found.keys()))
        if not fresh:
            break
        found |= fresh
        wanted = {up for second in fresh.values() for up in line(second.path)}
    return found


def _read(rows: models.QuerySet[Org]) -> dict[str, Second]:
    columns = rows.values_list("path", "second_parent__path", "second_parent__kind")
    return {path: Second(above, kind == Kind.INDUSTRY) for path, above, kind in columns}


def above(path: str) -> set[str]:
    """The paths of a body and of all who lead it, over either parent."""
    led = led_twice([path])
    return {up for one in [path, *(second.path for second in led.values())] for up in line(one)}


def line(path: str) -> list[str]:
    """The paths from a body up to the root, its own first."""
    return [path[:end] for end in range(len(path), 0, -STEP)]


def first_of(path: str, kinds: Kinds, led: Mapping[str, Second]) -> str | None:
    """Whose own value holds at a body, by its path; None where only that for all does."""
    near, places = _leaders(path, kinds, led, ROUNDS)
    return next(iter([*near, *places]), None)


def _leaders(
    path: str, kinds: Kinds, led: Mapping[str, Second], rounds: int
) -> tuple[list[str], list[str]]:
    """Those with a value who lead a body: its own side and its industry's, and its places'."""
    ups = line(path)
    near = [up for up in ups if up in kinds and kinds[up] != Kind.FEDERATION]
    places = [up for up in ups if kinds.get(up) == Kind.FEDERATION]
    for second in [led[up] for up in ups if up in led and rounds]:
        also_near, also_places = _leaders(second.path, kinds, led, rounds - 1)
        near += also_near
        places += [] if second.is_industry else also_places
    return near, sorted(places, key=len, reverse=True)
