"""Who is told: the people a body's matters are in the hands of, for many bodies at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Post

from .models import Grant, GrantQuerySet, Role

Holders = dict[int, set[int]]  # body → people, by their numbers


def holders_at(orgs: Iterable[int], capability: str, day: date) -> Holders:
    """Who holds a capability by a role given at the very body, not from above."""
    held = _held(capability, day).filter(org__in=set(orgs))
    found: Holders = defaultdict(set)
    for org, person in held.values_list("org_id", "person_id"):
        found[org].add(person)
    return found


def holders_below(org: Org, capability: str, day: date) -> set[int]:
    """Who holds a capability by a role given at any body below one, not at it or from above."""
    bodies = Org.objects.filter(subtree(org.path), until=None).exclude(pk=org.pk).order_by()
    held = _held(capability, day).filter(org__in=bodies.values("pk"))
    return set(held.values_list("person_id", flat=True))


def leaders_of(orgs: Iterable[int], day: date) -> Holders:
    """Who works for a body's tasks: its role holders, else those who hold a post in it."""
    wanted = set(orgs)
    found = holders_at(wanted, "plans.work", day)
    rest = wanted - set(found)
    posts = Post.objects.held(day).filter(org__in=rest, person__left_on=None).order_by()
    for org, person in posts.values_list("org_id", "person_id"):
        found[org].add(person)
    return found


def nearest_holders(
    orgs: Iterable[Org], capability: str, day: date, *, below: str = "", but: int | None = None
) -> Holders:
    """The holders at each body, or at the nearest one above it that has any.

    Bodies on the path ``below`` are not asked, and ``but`` is a person who is not counted.
    """
    bodies = list(orgs)
    paths = {path for org in bodies for path in org.ancestor_paths() if not below.startswith(path)}
    held = _held(capability, day).filter(org__path__in=paths)
    at: dict[str, set[int]] = defaultdict(set)
    for path, person in held.exclude(person=but).values_list("org__path", "person_id"):
        at[path].add(person)
    return {org.pk: _nearest(org, at) for org in bodies}


def _nearest(org: Org, at: dict[str, set[int]]) -> set[int]:
    return next((at[path] for path in reversed(org.ancestor_paths()) if path in at), set())


def _held(capability: str, day: date) -> GrantQuerySet:
    # Few roles: asked here, because SQLite cannot look into a list in a column.
    roles = [
        pk for pk, held in Role.objects.values_list("pk", "capabilities") if capability in held
    ]
    return Grant.objects.held(day).filter(role__in=roles, person__left_on=None).order_by()
