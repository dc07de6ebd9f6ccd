"""What other parts add to activities: what a record needs, doors on its page, warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.kit.registry import Registry
from gonghui.kit.rules import holds

from .models import Activity


@dataclass(frozen=True)
class Part:
    """Something the record of an activity must have before it is complete (R-118).

    ``there`` is the condition that an activity has it, asked of one or of all of a city at once.
    """

    label: str
    there: Q


parts: Registry[Part] = Registry("parts of a record")
parts.add(
    "plan",
    Part("计划（所落实的任务或议程）", Q(carries_id__isnull=False) | Q(programme__gt="")),
)
parts.add("theme", Part("主题", Q(theme__gt="")))


@dataclass(frozen=True)
class Door:
    """A button on an activity's page for whoever may do ``action``; it leads to its number.

    ``is_ahead``: there is nothing behind it any more once the activity was held.
    """

    label: str
    url_name: str
    action: str = "edit"
    is_ahead: bool = False


doors: Registry[Door] = Registry("doors of an activity")


def missing_of(activity: Activity) -> list[str]:
    """What the record of an activity still lacks, in words (R-118)."""
    return lacking(with_parts(Activity.objects.filter(pk=activity.pk)).get())


def with_parts(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Each activity with ``has_…`` for every part of a record."""
    return rows.annotate(
        **{f"has_{name}": holds(Activity, one.there) for name, one in parts.items()}
    )


def lacking(activity: Activity) -> list[str]:
    """What an activity of ``with_parts`` lacks, in words."""
    return [one.label for name, one in parts.items() if not getattr(activity, f"has_{name}")]


# What else speaks against the time of an activity, in sentences.
warnings: Registry[Callable[[Activity, Actor], Iterable[str]]] = Registry("warnings of a time")
