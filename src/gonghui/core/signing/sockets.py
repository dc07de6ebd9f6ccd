"""What other parts add to signing up: what holds a place fast, parts of a member's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q
from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.kit.registry import Registry

from .models import Quota, Registration

# A sentence why somebody's place cannot be given back, or nothing.
holds: Registry[Callable[[Registration], str]] = Registry("what holds a registration")

# A sentence why nobody can have these items, groups or shifts together, or nothing.
clashes: Registry[Callable[[Sequence[Quota]], str]] = Registry("what speaks against several items")


@dataclass(frozen=True)
class Part:
    """Of the sessions of activities a person signed up for, which are not theirs after all.

    ``others`` are somebody else's, ``waited`` those the person waits for a place at.
    """

    others: Q
    waited: Q


# By a person's number, or by what stands for it in a question about many; nothing registered says
# that whoever signed up comes to all of them.
parts_of_people: Registry[Callable[[int | OuterRef], Part]] = Registry("whose which sessions are")


@dataclass(frozen=True)
class PortalPart:
    """Something on a member's page of an activity; ``context`` is ``None`` where it has no place.

    It gets the activity, the member's registration if there is one, and the actor.
    """

    template: str
    context: Callable[[Activity, Registration | None, Actor], dict[str, Any] | None]


@dataclass(frozen=True)
class Way:
    """Another way of signing up several people: a page that is told which activity it is about."""

    label: str
    url_name: str
    code: str

    def url(self, activity: Activity) -> str:
        return f"{reverse(self.url_name, args=[self.code])}?about={activity.pk}"


@dataclass(frozen=True)
class PortalLink:
    """A way from a member's list of activities to a page of theirs, for those it is for."""

    label: str
    url_name: str
    icon: str
    shown: Callable[[Actor], bool]

    @property
    def url(self) -> str:
        return reverse(self.url_name)


portal_links: Registry[PortalLink] = Registry("links beside a member's activities")

ways: Registry[Way] = Registry("ways of signing up several people")

portal_parts: Registry[PortalPart] = Registry("parts of a member's page of an activity")
