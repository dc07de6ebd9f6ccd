"""What may be subscribed to; whoever keeps something with a date registers its calendars here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest

from gonghui.core.access.actor import Actor
from gonghui.kit.icalendar import Event
from gonghui.kit.registry import Registry

Lead = Callable[[str], str]  # an address of ours → the whole of it, with the host


@dataclass(frozen=True)
class Offer:
    """A calendar somebody may subscribe to; without a record it is their own."""

    about: int | None
    title: str


@dataclass(frozen=True)
class Calendar:
    """What a phone gets: a name and what is in it."""

    title: str
    events: Iterable[Event]


@dataclass(frozen=True)
class Source:
    """Calendars of one sort.

    ``offers`` lists what the actor may subscribe to, or only the record that is asked for.
    ``read`` is the calendar within the rules as they stand at that moment, or None where the
    actor may not read it any more.
    """

    code: str
    label: str
    offers: Callable[[Actor, int | None], list[Offer]]
    read: Callable[[Actor, int | None, Lead], Calendar | None]


sources: Registry[Source] = Registry("calendars")


def lead_of(request: HttpRequest) -> Lead:
    """Addresses as a phone outside must know them."""
    return partial(request.build_absolute_uri)
