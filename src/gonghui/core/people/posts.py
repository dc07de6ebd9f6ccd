"""Giving and ending posts, without an actor: whoever calls leaves the history entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, When

from gonghui.core.orgs.models import Function, Org
from gonghui.kit.errors import DomainError

from .models import Person, Post
from .models.post import PostQuerySet

# Asked before a post ends by an ordinary door; one that must end another way raises a
# ``DomainError`` with the way. Elections, departures, mergers and who leaves the unit do not ask.
endings: list[Callable[[Post, date], None]] = []


def begin_post(
    person: Person, org: Org, *, title: str, since: date, until: date | None = None, **facts: Any
) -> Post:
    """Let a person hold a post in a body from a day on; ``facts`` are the post's other columns."""
    if org.until is not None:
        raise DomainError(f"「{org}」已经撤销，请选别的组织。")
    if person.left_on and person.left_on <= since:
        raise DomainError(f"{person}已经离开，不能任职。")
    if until and until < since:
        raise DomainError("离任日期不能早于任职日期。")
    held = Post.objects.filter(person=person, org=org, title=title, until=None)
    if until is None and held.exists():
        raise DomainError(f"{person}已在「{org}」任{title}。")
    return Post.objects.create(
        person=person, org=org, title=title, since=since, until=until, **facts
    )


def check_ending(post: Post, until: date) -> None:
    """Refuse, in a sentence, what may not end by being entered."""
    for ask in endings:
        ask(post, until)


def finish_post(post: Post, *, until: date) -> Post:
    """Let a post end on a day, which still counts."""
    held = Post.objects.select_for_update().get(pk=post.pk)
    if until < held.since:
        raise DomainError("离任日期不能早于任职日期。")
    held.until = until
    held.save(update_fields=["until"])
    return held


def officers_of(union: Org, day: date) -> PostQuerySet:
    """Posts in a union's own committee on a day: at the union, or at its committee as a body.

    decision 0011
    """
    return Post.objects.held(day).filter(at_committee(union))


def at_committee(union: Org) -> Q:
    """The condition that a post is one of a union's own committee."""
    below = Q(org__parent=union, org__function=Function.UNION, org__until=None)
    return Q(org=union) | below


def union_of_post() -> Case:
    """The number of the union a committee post belongs to, for ``annotate`` over many unions."""
    return Case(When(org__function=Function.UNION, then=F("org__parent")), default=F("org"))
