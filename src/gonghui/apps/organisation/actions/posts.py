"""Posts: given to a person in a body, and ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person, Post
from gonghui.core.people.posts import begin_post, check_ending, finish_post
from gonghui.core.screens.changes import changes_of, snapshot


@transaction.atomic
def give_post(
    person: Person,
    org: Org,
    *,
    title: str,
    since: date,
    by: Actor,
    until: date | None = None,
    **facts: Any,
) -> Post:
    """Let a person hold a post in a body from a day on; ``facts`` are its other columns."""
    post = begin_post(person, org, title=title, since=since, until=until, **facts)
    record(post, "create", by=by, changes=changes_of({}, snapshot(post)))
    return post


@transaction.atomic
def end_post(post: Post, *, until: date, by: Actor) -> Post:
    """Let a post end on a day; a chair's within the term ends by a departure only (ORG-11)."""
    check_ending(post, until)
    before = snapshot(post)
    held = finish_post(post, until=until)
    record(held, "update", by=by, changes=changes_of(before, snapshot(held)))
    return held
