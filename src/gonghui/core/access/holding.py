"""The posts a person holds today and what posts bring, read along with the account of a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from gonghui.core.people.models import Account, Person, Post
from gonghui.kit.gathered import Gathered
from gonghui.kit.prepared import about

from .models import Role


@dataclass(frozen=True, slots=True)
class Held:
    """Body, its path and kind, title of every post; kinds, titles and capabilities of roles."""

    posts: list[tuple[int, str, str, str]]
    brings: list[tuple[list[str], list[str], list[str]]]


NOTHING = Held([], [])


def account_of(pk: int) -> Account | None:
    """The account with its person, their body and what they hold; asked on every page."""
    day = timezone.localdate()

    def asked(pk: int) -> QuerySet[Account]:
        rows = Account.objects.select_related("person__org").filter(pk=pk)
        return _with_held(rows, "person", day)

    return next(iter(about(pk, ("account", day), asked)), None)


def held_by(pk: int) -> Held:
    """What somebody holds whose account was not asked for."""
    day = timezone.localdate()

    def asked(pk: int) -> QuerySet[Person]:
        return _with_held(Person.objects.filter(pk=pk), "pk", day)

    return next((read for one in about(pk, ("held", day), asked) if (read := held(one))), NOTHING)


def held(row: Any) -> Held | None:
    """What was read along with an account or a person; None where nobody asked."""
    if not hasattr(row, "held_posts"):
        return None
    return Held(row.held_posts or [], row.post_brings or [])


def _with_held(rows: QuerySet[Any], person: str, day: date) -> QuerySet[Any]:
    posts = Post.objects.held(day).filter(person=OuterRef(person)).order_by()
    roles = Role.objects.exclude(post_titles=[]).order_by()
    found: QuerySet[Any] = rows.annotate(
        held_posts=Gathered(posts, "org", "org__path", "org__kind", "title"),
        post_brings=Gathered(roles, "post_kinds", "post_titles", "capabilities"),
    )
    return found
