"""The one registry class: name → thing; a second thing under one name is an error."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Generic, TypeVar

from django.apps import apps

T = TypeVar("T")


class Registry(Generic[T]):
    """What apps plug in at start-up, in the order in which they did."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._things: dict[str, T] = {}

    def add(self, name: str, thing: T) -> T:
        if name in self._things:
            raise ValueError(f"{self.title}: {name!r} is registered twice")
        self._things[name] = thing
        return thing

    def __getitem__(self, name: str) -> T:
        return self._things[name]

    def get(self, name: str) -> T | None:
        return self._things.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def __len__(self) -> int:
        return len(self._things)

    def items(self) -> Iterator[tuple[str, T]]:
        return iter(self._things.items())


def discover(module: str) -> None:
    """Import ``<app>.<module>`` of every installed app of ours that has one."""
    for config in apps.get_app_configs():
        name = f"{config.name}.{module}"
        if config.name.startswith("gonghui.") and find_spec(name):
            import_module(name)
