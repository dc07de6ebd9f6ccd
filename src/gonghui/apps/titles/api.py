"""What others may do with titles: give them, end them."""

from __future__ import annotations

from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org

from .actions import Given, grant
from .flow import TITLE
from .models import Title

__all__ = ["Given", "end_title", "grant", "titles_of"]


def titles_of(org: Org) -> list[Title]:
    """What a union gave, in the order in which it was given."""
    return list(Title.objects.filter(org=org).order_by("pk"))


def end_title(title: Title, step: str, *, by: Actor, **answers: Any) -> None:
    """Renew, lower or withdraw it."""
    TITLE.perform(title, step, by=by, **answers)
