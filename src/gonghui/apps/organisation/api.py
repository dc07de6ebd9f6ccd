"""What the site, the demo and the seams may do with bodies, posts and what unions file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.changes import record_made

from .actions.associations import note_exchange, review_association
from .actions.bodies import add_org
from .actions.posts import end_post, give_post
from .actions.prospects import note_survey
from .actions.records import keep_headcount, keep_record
from .flow import FOUNDING
from .models import Contact, Prospect


@transaction.atomic
def register_prospect(
    org: Org,
    *,
    by: Actor,
    surveys: Iterable[tuple[date, str]] = (),
    steps: Iterable[str] = (),
    **facts: Any,
) -> Prospect:
    """Register a unit without a union, with what was found there and how far it has come."""
    prospect = Prospect.objects.create(org=org, **facts)
    record_made(prospect, by=by)
    for on, text in surveys:
        note_survey(prospect, on=on, text=text, by=by)
    for name in steps:
        FOUNDING.perform(prospect, name, by=by)
    return prospect


@transaction.atomic
def register_contact(
    org: Org, *, by: Actor, exchanges: Iterable[dict[str, Any]] = (), **facts: Any
) -> Contact:
    """Register an outside union, with the exchanges there have been."""
    contact = Contact.objects.create(org=org, **facts)
    record_made(contact, by=by)
    for one in exchanges:
        note_exchange(contact, by=by, **one)
    return contact


__all__ = [
    "add_org",
    "end_post",
    "give_post",
    "keep_headcount",
    "keep_record",
    "register_contact",
    "register_prospect",
    "review_association",
]
