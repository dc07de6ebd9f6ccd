"""A round played through from outside: planned, applied for, looked through, visited, rated."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from ..actions import judging, raters, sheets, voting
from ..actions.sheets import apply
from ..engine import marking
from ..flow import CONTENDER, ROUND
from ..models import Choice, Contender, Criterion, Filler, Review, Round, Scheme
from ..queries.raters import rated_items
from ..queries.voting import members_of, voted_items

__all__ = [
    "apply",
    "give_some",
    "hold_vote",
    "look_through",
    "move_round",
    "name_raters",
    "plan_round",
    "visit_all",
]
SAID = (*[Choice.YES] * 8, Choice.NO, *[Choice.YES] * 4, Choice.NONE)  # of members, in turn


def plan_round(org: Org, scheme: Scheme, *, by: Actor, **facts: Any) -> Round:
    """A round still to be begun."""
    made = Round.objects.create(org=org, scheme=scheme, **facts)
    record(made, "create", by=by, is_new=True)
    return made


def move_round(round_: Round, step: str, *, by: Actor, **answers: Any) -> Round:
    """Take a step of a round's life; ``on`` says which day it was taken."""
    return ROUND.perform(round_, step, by=by, **answers)  # type: ignore[return-value]  # of the row given


def name_raters(round_: Round, people: list[Person], *, by: Actor) -> None:
    raters.add_raters(round_, people, by=by)


def look_through(
    contender: Contender, share: int, *, words: str, by: Actor, on: date | None = None
) -> None:
    """Every item the unit answers for, so many hundredths of the best there is; and handed in."""
    for line in contender.lines.select_related("criterion"):
        if not line.is_asked:
            continue
        value = _value(line.criterion, share)
        sheets.check_item(line, by=by, value=value, words=words, files=[])
    CONTENDER.perform(contender, "hand_in", by=by, on=on)


def visit_all(
    round_: Round, *, words: str, tellers: tuple[Actor, Actor], by: Actor, on: date | None = None
) -> None:
    """All that is seen on the spot is in order; members are content, as two tellers enter."""
    for contender in round_.contenders.filter(state="handed"):
        cast = max(1, members_of(contender, on or timezone.localdate()).count())
        for line in contender.lines.select_related("criterion"):
            one = line.criterion
            if one.method == marking.VETO:
                sheets.visit_item(line, by=by, value=False, words="", files=[])
            elif one.filler == Filler.UPPER:
                sheets.visit_item(line, by=by, value=_value(one, 90), words=words, files=[])
            elif one.filler == Filler.MEMBERS:
                for teller in tellers:
                    yes = cast - cast // 20
                    sheets.count_votes(line, by=teller, yes=yes, cast=cast, held_on=on)


def give_some(round_: Round) -> None:
    """Every other rater gives marks; the rest still has to."""
    items = rated_items(round_)
    for review in Review.objects.filter(contender__round=round_).order_by("pk")[::2]:
        marks = {str(one.pk): str(_value(one, 85)) for one in items}
        by = Actor(review.rater.person)
        judging.give_marks(review, marks=marks, words="台账齐全，职工反映好。", by=by)


def hold_vote(contender: Contender, *, since: date, until: date, share: int, by: Actor) -> None:
    """Members vote on the phone: so many of a hundred, not all of them content.

    It is counted where its last day is past.
    """
    poll = voting.open_vote(contender, until=until, by=by, on=since)
    items = [one.pk for one in voted_items(contender)]
    people = members_of(contender, since).order_by("-pk")
    for at, person in enumerate(people[: poll.called * share // 100]):
        said = SAID[at % len(SAID)]
        voting.vote(poll, choices=dict.fromkeys(items, said), by=Actor(person), on=since)
    voting.count_polls(timezone.localdate())


def _value(one: Criterion, share: int) -> Any:
    """A value that earns so many hundredths, as far as the way of marking allows it."""
    part = Fraction(share, 100)
    if one.method in {marking.TICKS, marking.LEVEL}:
        names = [words for words, _ in one.options]
        return names if one.method == marking.TICKS else names[0]
    if one.method == marking.LINEAR:
        zero, full = Fraction(str(one.zero_at)), Fraction(str(one.full_at))
        return marking.said(zero + (full - zero) * part)
    if one.method == marking.EACH:
        return marking.said(Fraction(one.weight) / Fraction(str(one.each)) * part)
    return "0" if one.method == marking.DEDUCT else marking.said(Fraction(one.weight) * part)
