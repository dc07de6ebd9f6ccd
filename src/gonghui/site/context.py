"""What the shell of every page needs; each part is asked for only where a template draws it."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gonghui.apps.plans.api import waiting_for
from gonghui.core.access.actor import Actor
from gonghui.core.access.anyone import count_for_anyone
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.screens.place import Place, place_of
from gonghui.kit.addresses import address
from gonghui.kit.counting import count_prepared

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
            "url": address("usersessions_list"),
            "logout_url": address("account_logout"),
        }

    @cached_property
    def search_url(self) -> str:
        return address("search") if self.actor.person else ""

    @cached_property
    def inbox(self) -> dict[str, Any] | None:
        if self.actor.person is None:
            return None
        return {"url": address("inbox:list"), "count": self.counts["unread"]}

    @cached_property
    def place(self) -> dict[str, Any] | None:
        """Where the officer looks from; a member has nothing to choose."""
        if self.actor.person is None or not is_officer(self.actor):
            return None
        place = place_of(self.request)
        return _place_words(place, self.request.get_full_path()) if place.org else None

    @cached_property
    def counts(self) -> dict[str, int]:
        """The figures behind the words of the menu and the inbox, by one query."""
        person = self.actor.person
        if person is None:
            return {}
        place = place_of(self.request) if is_officer(self.actor) else None
        actor, org, today = self.actor, place.org if place else None, timezone.localdate()

        def asked(actor: Actor = actor) -> dict[str, QuerySet[Any]]:
            unread = inbox_of(actor.person).filter(read_at=None)  # type: ignore[arg-type]  # somebody
            return {"unread": unread, **waiting_for(actor, org, today)}

        if place is None and not actor.posts:  # members ask alike
            return count_for_anyone(actor, "shell", asked)
        return count_prepared((actor.key, place and place.key, today), asked)

    @cached_property
    def key(self) -> tuple[Any, ...] | None:
        """All that the header and the menu show, so that they are drawn once; whose, first."""
        if self.actor.person is None or self.person is None:
            return None
        place = tuple(self.place.values()) if self.place else ()
        counts = tuple(self.counts.items())
        return (self.actor.key, self.person["name"], self.request.get_full_path(), place, counts)

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


def _place_words(place: Place, here: str) -> dict[str, Any]:
    if place.org is None:
        raise ValueError("a place without a body has no words")
    switch = address("place")
    return {
        "name": str(place.org),
        "id": place.org.pk,
        "scope": "below" if place.below else "own",
        "switch_url": switch,
        # The choices are fetched when the switch is opened: hardly a page needs them.
        "choices_url": f"{switch}?{urlencode({'next': here})}" if place.may_switch else "",
    }
