"""A figure that was measured, what it is held against, and whether it is good enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Limit:
    """The most a figure may be, or the least: itself (``value``) or against its reference."""

    of: Literal["value", "ratio"]
    bound: float
    least: bool = False

    def __str__(self) -> str:
        return f"{self.of} {'>=' if self.least else '<='} {self.bound:g}"

    def holds(self, told: float) -> bool:
        return told >= self.bound if self.least else told <= self.bound


@dataclass(frozen=True)
class Figure:
    """One line of the table; ``reference`` was measured in the same run on the same machine."""

    subject: str
    name: str
    value: float
    unit: str
    reference: float | None = None
    limit: Limit | None = None
    database: str = ""
    size: int = 0

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """None where nothing is asked of the figure; a ratio nobody could take is not met."""
        if self.limit is None:
            return None
        told = self.value if self.limit.of == "value" else self.ratio
        return told is not None and self.limit.holds(told)

    def row(self) -> dict[str, Any]:
        """As it stands in ``latest.json``."""
        return {
            "subject": self.subject,
            "name": self.name,
            "database": self.database,
            "size": self.size,
            "value": _short(self.value),
            "unit": self.unit,
            "reference": _short(self.reference),
            "ratio": _short(self.ratio),
            "wanted": str(self.limit) if self.limit else "",
            "met": self.met,
        }


def _short(number: float | None) -> float | None:
    """Four figures say all that a stopwatch knows."""
    return None if number is None else float(f"{number:.4g}")
