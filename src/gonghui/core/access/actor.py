"""The person acting, with the reach of every capability worked out once per request."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q

from gonghui.core.orgs.models import BODIES, STEP, Org, subtree
from gonghui.core.people.models import Person
from gonghui.kit.rules import EVERYBODY, NOBODY, Rule, any_of

from .holding import NOTHING, Granted, Held, held_by

MAX_ROUNDS = 4  # a body led twice that leads others twice: deeper than any real tree


class Actor:
    """A person with their grants; ``Actor(None)`` is nobody and may do nothing."""

    def __init__(
        self, person: Person | None, *, request_id: str = "", held: Held | None = None
    ) -> None:
        """``held`` is what was read of the person's posts beforehand (``holding``)."""
        self.person = person
        self.request_id = request_id
        self._read = held

    @property
    def person_id(self) -> int | None:
        """Their number; the system has none."""
        return self.person.pk if self.person else None

    @cached_property
    def grants(self) -> list[Granted]:
        """What roles allow the person today, and where."""
        return self._held.grants

    @cached_property
    def spans(self) -> dict[str, list[str]]:
        """Capability → paths of the subtrees it reaches, those inside another dropped."""
        paths = {grant.org.path for grant in self.grants}
        beyond = any(grant.leads_beyond for grant in self.grants)
        widened = _with_second_children(paths) if beyond else {path: {path} for path in paths}
        found: dict[str, set[str]] = {}
        for grant in self.grants:
            for capability in grant.capabilities:
                found.setdefault(capability, set()).update(widened[grant.org.path])
        for path, capabilities in self.by_post:
            for capability in capabilities:
                found.setdefault(capability, set()).add(path)
        return {
            # Most people hold all they hold in one place.
            name: list(paths) if len(paths) == 1 else _outermost(paths)
            for name, paths in found.items()
        }

    @property
    def roots(self) -> int:
        """How many trees there are; 0 for whoever holds no role."""
        return self.grants[0].roots if self.grants else 0

    @cached_property
    def posts(self) -> dict[int, str]:
        """The bodies in which the person holds a post today: number → path."""
        return {org: path for org, path, *_ in self._held.posts}

    @cached_property
    def by_post(self) -> list[tuple[str, list[str]]]:
        """What posts bring with them: the path of the body, and what one may do there.

        Nothing stands below an association, so its leaders' right ends with it.
        """
        return [
            (path, capabilities)
            for _, path, kind, title in self._held.posts
            if kind in BODIES
            for kinds, titles, capabilities in self._held.brings
            if kind in kinds and title in titles
        ]

    @cached_property
    def _held(self) -> Held:
        if self.person is None:
            return NOTHING
        return self._read or held_by(self.person.pk)

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """All that rules read of a person: who it is, their body, what they reach, their posts."""
        if self.person is None:
            return ()
        reach = tuple((name, tuple(paths)) for name, paths in sorted(self.spans.items()))
        home = (self.person.pk, self.person.org_id, self.home_path)
        return (*home, self.roots, reach, tuple(sorted(self.posts.items())))

    def reach(self, capability: str, *, field: str = "org") -> Q:
        """Rows whose body lies in a subtree where the actor holds the capability."""
        paths = self.spans.get(capability, [])
        if not paths:
            return NOBODY
        if self._whole_tree(paths):
            return EVERYBODY
        if field == "":
            return _any(subtree(path) for path in paths)
        return Q(**{f"{field}__within": tuple(paths)})

    def can(self, capability: str, *, at: Org | None = None) -> bool:
        paths = self.spans.get(capability, [])
        return bool(paths) if at is None else any(at.path.startswith(path) for path in paths)

    def _whole_tree(self, paths: list[str]) -> bool:
        tops = {path for path in paths if len(path) == STEP}
        return bool(tops) and len(tops) == self.roots

    @cached_property
    def home_path(self) -> str:
        """The path of the body the person belongs to; empty for the system."""
        return self.person.org.path if self.person else ""


def covers(seen: Q, path: str, *, field: str = "org") -> bool:
    """Whether a condition that ``reach`` had a part in holds for all rows of a body for certain."""
    parts = (paths for name, paths in any_of(seen) if name == f"{field}__within")
    return any(path.startswith(one) for paths in parts for one in paths)


SYSTEM = Actor(None)


def by_itself() -> Rule:
    """What nobody is asked about, since it follows from something else that was done."""
    return Rule(lambda actor: EVERYBODY if actor is SYSTEM else NOBODY, "by itself")


def _any(conditions: Iterable[Q]) -> Q:
    whole = NOBODY
    for condition in conditions:
        whole = condition if whole == NOBODY else whole | condition
    return whole


def _outermost(paths: set[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def _with_second_children(paths: set[str]) -> dict[str, set[str]]:
    """For each path, itself and the bodies led a second time from within it (章程 第十一条)."""
    reached = {path: {path} for path in paths}
    # What every path holds already need not be asked for: the whole tree's holders ask for nothing.
    held = Q()
    for path in paths:
        held &= subtree(path)
    pairs: set[tuple[str, str]] = set()
    fresh = set(paths)
    for _ in range(MAX_ROUNDS):
        if not fresh:
            break
        # The few bodies that lead a second time come first: the subtree may be the whole tree.
        leaders = Org.objects.exclude(second_parent=None).order_by().values("second_parent")
        inside_fresh = _any(subtree(path) for path in fresh)
        within = Org.objects.filter(inside_fresh, pk__in=leaders).order_by()
        led = Org.objects.filter(second_parent__in=within.values("pk")).order_by()
        pairs |= set(led.exclude(held).values_list("second_parent__path", "path"))
        before = set().union(*reached.values())
        for inside in reached.values():
            inside |= {p for above, p in pairs if any(above.startswith(q) for q in inside)}
        fresh = set().union(*reached.values()) - before
    return reached


def in_reach(capability: str, *, field: str = "org") -> Rule:
    """The actor holds the capability over the row's body; ``field=""`` when the row is the body."""
    return Rule(lambda actor: actor.reach(capability, field=field), f"reach {capability}")


def is_person(field: str) -> Rule:
    """The row names the actor in this field."""
    return Rule(
        lambda actor: Q(**{field: actor.person.pk}) if actor.person else NOBODY, f"is {field}"
    )


def at_home(*, field: str = "org") -> Rule:
    """The row's body is the actor's own or stands above it: what a member's unions publish."""

    def condition(actor: Actor) -> Q:
        if actor.person is None:
            return NOBODY
        above = actor.person.org.ancestor_paths()
        return Q(**{f"{field}__path__in" if field else "path__in": above})

    return Rule(condition, "at home")
