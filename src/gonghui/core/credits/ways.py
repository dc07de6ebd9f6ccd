"""Where a person puts down themselves what earns a kind of credit; apps register theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gonghui.kit.registry import Registry


@dataclass(frozen=True)
class Way:
    """A button (记一本书) and the address it posts to, which opens a fresh page."""

    label: str
    address: Callable[[], str]


ways: Registry[Way] = Registry("ways to put down a credit")  # by the code of its kind


def ways_to(kinds: Iterable[str]) -> list[Way]:
    """The ways there are to these kinds; what records alone prove has none."""
    return [ways[kind] for kind in kinds if kind in ways]
