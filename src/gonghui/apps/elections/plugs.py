"""What elections follow elsewhere: a union that is no more, a person whose name is removed."""

from __future__ import annotations

from typing import Any

from django.db import models

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on
from gonghui.core.flow.life import Flow
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from .flow import DEPARTURE, LIFE
from .models import Candidate, Departure, Election


@on("orgs.org", "close")
@on("orgs.org", "merge")
def elections_end_with_their_union(org: Org, *, by: Actor, **said: Any) -> None:
    """What was under way there ends; what nobody may end by themselves waits for who may."""
    for flow, rows in ((LIFE, Election.objects), (DEPARTURE, Departure.objects)):
        _end(flow, rows.filter(org=org), by)


def _end(flow: Flow, rows: models.QuerySet[Any], by: Actor) -> None:
    for one in flow.by_name["end"].guard.narrow(rows, by).order_by("pk"):
        flow.perform(one, "end", by=by)


@on("people.person", "anonymise")
def resume_goes_with_the_name(person: Person, *, by: Actor, **said: Any) -> None:
    """What they stood for and how many votes they had stays; what tells of their life goes."""
    Candidate.objects.filter(person=person).update(resume="", duty="")
