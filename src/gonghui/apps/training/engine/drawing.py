"""A paper drawn by chance from a bank: the same seed and bank give the same paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple


@dataclass(frozen=True)
class Slot:
    """So many questions of one sort, of a topic or of any."""

    topic: str
    answer: str
    count: int
    points: int


class Candidate(NamedTuple):
    """A question of the bank, as far as drawing looks at it."""

    number: int
    topic: str
    answer: str


@dataclass(frozen=True)
class Drawn:
    """A question on a paper and what it is worth there."""

    number: int
    points: int


class TooFew(Exception):
    """A slot asks for more questions than the bank has left for it."""

    def __init__(self, slot: Slot, there: int) -> None:
        super().__init__(slot, there)
        self.slot, self.there = slot, there


def draw(slots: Sequence[Slot], bank: Iterable[Candidate], seed: int) -> list[Drawn]:
    """Fill every slot without taking a question twice; questions are shuffled within their slot.

    Slots with a topic choose first: what they leave is enough for the others if any choice is.
    """
    chance = Random(seed)  # noqa: S311  # a draw that can be made again, no secret
    left: dict[str, dict[int, str]] = defaultdict(dict)
    for one in sorted(bank):
        left[one.answer][one.number] = one.topic
    chosen: dict[int, list[int]] = {}
    order = sorted(range(len(slots)), key=lambda at: (slots[at].topic == "", at))
    for at in order:
        slot = slots[at]
        pool = [n for n, topic in left[slot.answer].items() if slot.topic in ("", topic)]
        if len(pool) < slot.count:
            raise TooFew(slot, len(pool))
        chosen[at] = chance.sample(pool, slot.count)
        for number in chosen[at]:
            del left[slot.answer][number]
    return [Drawn(n, slot.points) for at, slot in enumerate(slots) for n in chosen[at]]


def shuffled(
    options: Sequence[str], key: Sequence[int], chance: Random
) -> tuple[list[str], list[int]]:
    """The options in another order, and the key as it counts there."""
    order = list(range(len(options)))
    chance.shuffle(order)
    return [options[at] for at in order], sorted(order.index(at) for at in key)
