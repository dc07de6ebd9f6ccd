"""What an election will decide: its races and who stands in them, until the candidates are set."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Particulars, Person
from gonghui.kit.errors import DomainError

from ..models import Candidate, Election, Race
from ..models.election import NOMINATING, OFFICERS, usual_voters

VERBS |= {
    "add_race": "列入选举项目",
    "drop_race": "取消选举项目",
    "stand": "列为候选人",
    "change_candidate": "修改候选人",
    "withdraw_candidate": "撤下候选人",
}
STANDING_FACTS = (
    "position", "full_time", "duty", "party", "resume", "proposed_by", "declared_on",
)  # fmt: skip
TOLD_ONCE = ("duty", "party", "resume", "proposed_by", "declared_on")


@transaction.atomic
def add_race(
    election: Election, *, office: str, seats: int, by: Actor, stood: int | None = None
) -> Race:
    """List an office to be elected, with its seats."""
    held = _nominating(election)
    if held.races.filter(office=office, again=None).exists():
        raise DomainError("这个选举项目已经列入。")
    voters = usual_voters(held, office)
    race = Race.objects.create(
        election=held, office=office, seats=seats, stood=stood, voted_by=voters
    )
    record(held, "add_race", by=by, changes={"office": str(race), "seats": seats})
    return race


@transaction.atomic
def change_race(
    race: Race, *, seats: int, by: Actor, stood: int | None = None, voted_by: str = ""
) -> Race:
    held = _nominating(race.election)
    told: dict[str, Any] = {"office": str(race), "seats": [race.seats, seats]}
    race.seats, race.stood = seats, stood
    if voted_by:
        before, race.voted_by = race.get_voted_by_display(), voted_by
        told["voted_by"] = [before, race.get_voted_by_display()]
    race.save(update_fields=["seats", "stood", "voted_by"])
    record(held, "update", by=by, changes=told)
    return race


def follow_plan(election: Election) -> None:
    """Officers are voted on by whom the plan says, also when it was changed afterwards."""
    election.races.filter(office__in=OFFICERS).update(voted_by=election.chair_by)


@transaction.atomic
def drop_race(race: Race, *, by: Actor) -> None:
    """Take an office off the list again, with whoever stood for it."""
    held = _nominating(race.election)
    changes = {"office": str(race), "candidates": race.candidates.count()}
    race.delete()
    record(held, "drop_race", by=by, changes=changes)


@transaction.atomic
def add_candidate(race: Race, person: Person, *, by: Actor, **facts: Any) -> Candidate:
    """Let a person stand in a race; ``facts`` are the columns of ``STANDING_FACTS``.

    What is not said is taken from where the person stands already, or from their record.
    """
    held = _standing(race)
    if person.left_on:
        raise DomainError(f"{person}已经离开，不能列为候选人。")
    if race.candidates.filter(person=person).exists():
        raise DomainError(f"{person}已在这个选举项目的名单里。")
    said = {name: value for name, value in facts.items() if value not in (None, "")}
    candidate = Candidate.objects.create(race=race, person=person, **_known(race, person) | said)
    record(held, "stand", by=by, changes={"office": str(race), "person": str(person)})
    return candidate


def _known(race: Race, person: Person) -> dict[str, Any]:
    """What this election, else the record of the person, tells of them without being asked."""
    rows = Candidate.objects.filter(race__election=race.election_id, person=person)
    if other := rows.order_by("pk").first():
        return {name: getattr(other, name) for name in TOLD_ONCE}
    further = Particulars.objects.filter(person=person).first() or Particulars(person=person)
    duty = f"{person.department}{further.duty or person.position}"
    return {"duty": duty[:100], "party": further.get_politics_display()}


@transaction.atomic
def change_candidate(candidate: Candidate, *, by: Actor, **facts: Any) -> Candidate:
    held = _standing(candidate.race)
    for name in STANDING_FACTS:
        setattr(candidate, name, facts[name])
    candidate.save(update_fields=list(STANDING_FACTS))
    record(held, "change_candidate", by=by, changes={"person": str(candidate)})
    return candidate


@transaction.atomic
def withdraw_candidate(candidate: Candidate, *, by: Actor) -> None:
    """Take a candidate off the list before it is published."""
    held = _standing(candidate.race)
    changes = {"office": str(candidate.race), "person": str(candidate)}
    candidate.delete()
    record(held, "withdraw_candidate", by=by, changes=changes)


def _nominating(election: Election) -> Election:
    held = Election.objects.select_for_update().get(pk=election.pk)
    if held.state not in NOMINATING:
        raise DomainError("候选人已经审查，名单不能再改；有异议请先退回重新审查。")
    return held


def _standing(race: Race) -> Election:
    """A repeat has candidates of its own, chosen at the meeting."""
    if not race.again_id:
        return _nominating(race.election)
    held = Election.objects.select_for_update().get(pk=race.election_id)
    if held.state != "convened" or race.tallies.exists():
        raise DomainError("这一轮已经计票，名单不能再改。")
    return held
