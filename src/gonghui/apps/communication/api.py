"""What others may do with briefs and news: register them, take them back, show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org

from .actions import keep
from .flow import PUBLICATION
from .models import Publication
from .queries import issued_to

__all__ = ["issued_to", "register", "take_back"]


def register(org: Org, *, by: Actor, files: Iterable[File[Any]] = (), **facts: Any) -> Publication:
    """A paper as it was issued."""
    made = keep(Publication(org=org, **facts), files, by=by)
    record(made, "create", by=by, changes={"title": made.title}, is_new=True)
    return made


def take_back(publication: Publication, *, reason: str, by: Actor) -> None:
    """It was registered by mistake, or recalled."""
    PUBLICATION.perform(publication, "withdraw", by=by, reason=reason)
