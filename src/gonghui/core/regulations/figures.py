"""What standards there are: each app's ``standards.json`` names its figures and their sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps

from gonghui.kit.errors import DomainError
from gonghui.kit.registry import Registry

from .kinds import KINDS
from .models import Tag

FILE = "standards.json"


@dataclass(frozen=True)
class Figure:
    """A figure of a law or of a house: what it is, and its value for all where there is one.

    ``value`` is None where no national figure exists: a union sets its own, and a check that
    needs it does not run where none was set.
    """

    key: str
    title: str
    area: str
    kind: str
    unit: str = ""
    value: Any = None
    document: str = ""
    number: str = ""
    clause: str = ""
    tag: str = ""
    since: date | None = None
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def typed(self, kept: Any) -> Any:
        """The value as arithmetic wants it: int, Fraction, tuple of numbers or of bands, a word."""
        return kept if self.choices else KINDS[self.kind].typed(kept)

    def told(self, kept: Any) -> str:
        """The value in words, with its unit."""
        if self.choices:
            return dict(self.choices).get(kept, str(kept))
        return KINDS[self.kind].told(kept, self.unit)

    def written(self, kept: Any) -> str:
        """The value as a person would type it into the form."""
        return str(kept) if self.choices else KINDS[self.kind].written(kept)

    @property
    def hint(self) -> str:
        """How a value is to be typed."""
        return "选一项" if self.choices else KINDS[self.kind].hint

    def parse(self, text: str) -> Any:
        """What a person typed, as it is kept; refuses with a sentence."""
        if self.choices:
            if text not in dict(self.choices):
                raise DomainError("请从给出的几项里选一项。")
            return text
        return KINDS[self.kind].parse(text)


figures: Registry[Figure] = Registry("figures")


def read_all() -> None:
    """Read the figures of every installed app of ours that has a file of them."""
    for config in apps.get_app_configs():
        path = Path(config.path) / FILE
        if config.name.startswith("gonghui.") and path.exists():
            read(path)


def read(path: Path) -> None:
    """Add the figures of one file; a mistake in it stops the start, with the key."""
    for row in json.loads(path.read_text("utf-8")):
        figure = _figure(row)
        if figure.value is not None:
            figure.typed(figure.value)
        figures.add(figure.key, figure)


def _figure(row: dict[str, Any]) -> Figure:
    since = date.fromisoformat(row["since"]) if row.get("since") else None
    choices = tuple((row.get("choices") or {}).items())
    figure = Figure(**{**row, "since": since, "choices": choices})
    if figure.kind not in KINDS and not choices:
        raise ValueError(f"{figure.key}: unknown kind {figure.kind!r}")
    if figure.value is not None and figure.tag not in Tag.values:
        raise ValueError(f"{figure.key}: a value needs the tag of its source")
    return figure


def areas() -> list[str]:
    """The areas figures belong to, in the order in which they were declared."""
    return list(dict.fromkeys(figure.area for figure in figures))
