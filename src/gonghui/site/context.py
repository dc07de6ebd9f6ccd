"""What the shell of every page needs; each part is asked for only where a template draws it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.plans.api import counts_of
from gonghui.core.access.actor import Actor
from gonghui.core.notices.inbox import unread_count
from gonghui.core.screens.place import Place, place_of

from .navigation import Group, Shown, is_officer, navigation, tabs

THEMES = frozenset({"light", "dark"})


class Shell:
    """The frame around a page; fragments and pages without a log-in ask it for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request: Any = request

    @cached_property
    def actor(self) -> Actor:
        """Nobody where an error came before the person was known."""
        return getattr(self.request, "actor", None) or Actor(None)

    @cached_property
    def theme(self) -> str:
        said = self.request.COOKIES.get("theme", "")
        return said if said in THEMES else ""

    @cached_property
    def large(self) -> bool:
        return bool(self.request.COOKIES.get("large") == "1")

    @cached_property
    def person(self) -> dict[str, str] | None:
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        name = user.get_full_name()
        return {
            "name": name,
            "initial": name[:1],
            "url": reverse("usersessions_list"),
            "logout_url": reverse("account_logout"),
        }

    @cached_property
    def search_url(self) -> str:
        return reverse("search") if self.actor.person else ""

    @cached_property
    def inbox(self) -> dict[str, Any] | None:
        person = self.actor.person
        if person is None:
            return None
        return {"url": reverse("inbox:list"), "count": unread_count(person)}

    @cached_property
    def place(self) -> dict[str, Any] | None:
        """Where the officer looks from; a member has nothing to choose."""
        if self.actor.person is None or not is_officer(self.actor):
            return None
        place = place_of(self.request)
        return _place_words(place) if place.org else None

    @cached_property
    def counts(self) -> dict[str, int]:
        """The figures behind the words of the menu."""
        org = place_of(self.request).org if is_officer(self.actor) else None
        return counts_of(self.actor, org, timezone.localdate())

    @cached_property
    def navigation(self) -> list[Group]:
        if self.actor.person is None:
            return []
        return navigation(self.actor, self.request.path, self.counts)

    @cached_property
    def tabs(self) -> list[Shown]:
        if self.actor.person is None or is_officer(self.actor):
            return []
        return tabs(self.request.path, self.counts)


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}


def _place_words(place: Place) -> dict[str, Any]:
    org, choices = place.org, place.choices
    if org is None:
        raise ValueError("a place without a body has no words")
    top = min((choice.depth for choice in choices), default=0)
    return {
        "name": str(org),
        "id": org.pk,
        "scope": "below" if place.below else "own",
        "switch_url": reverse("place"),
        "choices": [
            {
                "id": choice.pk,
                "name": str(choice),
                "depth": min(choice.depth - top, 6),
                "current": choice.pk == org.pk,
            }
            for choice in choices
        ],
    }
