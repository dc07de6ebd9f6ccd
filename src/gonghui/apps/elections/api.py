"""What the site, the demo and the seams may do with terms and elections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Post
from gonghui.core.screens.changes import changes_of, snapshot

from .actions.departures import check_post, union_of
from .actions.planning import add_candidate, add_race
from .actions.seating import owe_duties
from .actions.terms import extend_term, fulfil_duty, register_term
from .flow import DEPARTURE, LIFE
from .models import Departure, Election


@transaction.atomic
def plan_election(org: Org, *, by: Actor, **facts: Any) -> Election:
    """Begin an election of a union with its draft."""
    election = Election.objects.create(org=org, **facts)
    record(election, "create", by=by, changes=changes_of({}, snapshot(election)))
    return election


@transaction.atomic
def leave_office(
    post: Post,
    *,
    by: Actor,
    decided: dict[str, Any],
    submitted_on: date,
    agreed: dict[str, Any],
    **facts: Any,
) -> Departure:
    """Let a chair or vice-chair leave within the term, voted on and agreed to above."""
    check_post(post)
    departure = Departure.objects.create(post=post, org=union_of(post), **facts)
    record(departure, "create", by=by, changes=changes_of({}, snapshot(departure)))
    asked = {"submitted_on": submitted_on}
    for name, answers in (("decide", decided), ("submit", asked), ("consent", agreed)):
        DEPARTURE.perform(departure, name, by=by, **answers)
    departure.refresh_from_db()
    return departure


def take_step(election: Election, name: str, *, by: Actor, **answers: Any) -> None:
    """Lead an election one step on, as its screen does."""
    LIFE.perform(election, name, by=by, **answers)


__all__ = [
    "add_candidate",
    "add_race",
    "extend_term",
    "fulfil_duty",
    "leave_office",
    "owe_duties",
    "plan_election",
    "register_term",
    "take_step",
]
