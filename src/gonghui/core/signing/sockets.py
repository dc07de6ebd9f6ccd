"""What other parts add to signing up: what holds a place fast, parts of a member's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.kit.registry import Registry

from .models import Registration

# A sentence why somebody's place cannot be given back, or nothing.
holds: Registry[Callable[[Registration], str]] = Registry("what holds a registration")


@dataclass(frozen=True)
class PortalPart:
    """Something on a member's page of an activity; ``context`` is ``None`` where it has no place.

    It gets the activity, the member's registration if there is one, and the actor.
    """

    template: str
    context: Callable[[Activity, Registration | None, Actor], dict[str, Any] | None]


portal_parts: Registry[PortalPart] = Registry("parts of a member's page of an activity")
