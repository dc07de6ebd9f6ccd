"""A members' vote as the tests hold it: open for a week, one choice for every item."""

from __future__ import annotations

from datetime import timedelta

from gonghui.apps.evaluation.actions.voting import open_vote, vote
from gonghui.apps.evaluation.models import Contender, Poll
from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person

from .stage import MONDAY, Stage

LAST = MONDAY + timedelta(days=7)


def opened(stage: Stage, sheet: Contender) -> Poll:
    return open_vote(sheet, until=LAST, by=stage.carol)


def say(poll: Poll, person: Person, choice: str = "yes") -> None:
    items = poll.tallies.values_list("criterion", flat=True)
    vote(poll, choices=dict.fromkeys(items, choice), by=Actor(person))
