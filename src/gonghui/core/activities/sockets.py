"""What other parts add to activities: what a record needs, doors on its page, warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gonghui.core.access.actor import Actor
from gonghui.kit.registry import Registry

from .models import Activity


@dataclass(frozen=True)
class Part:
    """Something the record of an activity must have before it is complete (R-118)."""

    label: str
    is_there: Callable[[Activity], bool]


parts: Registry[Part] = Registry("parts of a record")
parts.add(
    "plan",
    Part(
        "计划（所落实的任务或议程）",
        lambda activity: bool(activity.carries_id or activity.programme),
    ),
)
parts.add("theme", Part("主题", lambda activity: bool(activity.theme)))


@dataclass(frozen=True)
class Door:
    """A button on an activity's page for whoever may do ``action``; it leads to its number."""

    label: str
    url_name: str
    action: str = "edit"


doors: Registry[Door] = Registry("doors of an activity")


def missing_of(activity: Activity) -> list[str]:
    """What the record of an activity still lacks, in words (R-118)."""
    return [part.label for part in parts if not part.is_there(activity)]


# What else speaks against the time of an activity, in sentences.
warnings: Registry[Callable[[Activity, Actor], Iterable[str]]] = Registry("warnings of a time")
