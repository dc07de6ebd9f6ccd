"""Whether what was asked is done: met, still open, late, excused; and what goes over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .asking import Asked
from .facts import Item


class State(StrEnum):
    """How a person stands with an item on a day."""

    MET = "met"
    OPEN = "open"
    LATE = "late"
    EXCUSED = "excused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a person stands with an item in a turn; amounts in hundredths."""

    item: Item
    asked: Asked
    done: int
    carried: int
    state: State

    @property
    def required(self) -> int:
        return self.asked.required

    @property
    def missing(self) -> int:
        return max(0, self.required - self.done - self.carried)

    @property
    def due(self) -> date:
        return self.asked.due

    @property
    def over(self) -> int:
        """What goes into the next turn: of what was done in this one, up to the limit."""
        return carried_on(self.item, self.required, self.done, self.carried)


def judge(item: Item, asked: Asked, done: int, carried: int, day: date) -> Verdict:
    """How a person stands on a day."""
    if not asked.is_known:
        state = State.UNKNOWN
    elif asked.required == 0:
        state = State.EXCUSED
    elif done + carried >= asked.required:
        state = State.MET
    else:
        state = State.OPEN if day <= asked.due else State.LATE
    return Verdict(item, asked, done, carried, state)


def carried_on(item: Item, required: int, done: int, carried: int) -> int:
    """What was brought along is used up first; only what was done in the turn itself goes on."""
    over = max(0, done + carried - required)
    return min(item.carry, over, done)


def carried_into(item: Item, turns: Iterable[tuple[int, int]]) -> int:
    """What earlier turns, each ``(required, done)``, leave for the next."""
    carried = 0
    for required, done in turns:
        carried = carried_on(item, required, done, carried)
    return carried
