"""What is counted at the meeting: two tellers enter it, races are repeated, seats are waived."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.regulations.standards import Value
from gonghui.kit.errors import DomainError

from ..models import Candidate, Election, ElectionState, Race, Tally, Vote
from ..queries.results import TELLERS, open_seats, result_of
from ..queries.standards import needed

VERBS |= {
    "tally": "录入计票",
    "recount": "重新计票",
    "repeat": "另行选举",
    "waive": "减少名额",
}


@transaction.atomic
def enter_tally(
    race: Race,
    *,
    issued: int,
    returned: int,
    invalid: int,
    votes: Mapping[int, int],
    by: Actor,
) -> Tally:
    """Enter what one teller counted; the second must be another person.

    History says that somebody entered a count and not what it was: the other teller is not to see.
    """
    held = _counting(race)
    if by.person is None:
        raise DomainError("计票须由两个人各自登录录入。")
    if race.tallies.exclude(by=by.person).count() >= TELLERS:
        raise DomainError("这个项目已由两个人计过票。")
    if race.by_committee and (first := result_of(race, held, _majority(held)).waits_on):
        raise DomainError(f"{race}由委员会选举，请先选出{first}，再录入计票。")
    if invalid > returned:
        raise DomainError("废票不能多于收回票。")
    tally, _ = Tally.objects.update_or_create(
        race=race,
        by=by.person,
        defaults={"issued": issued, "returned": returned, "invalid": invalid},
    )
    tally.votes.all().delete()
    candidates = race.candidates.in_bulk()
    if set(votes) != set(candidates):
        raise DomainError("请为每位候选人填写得票，没有得票的填 0。")
    Vote.objects.bulk_create(
        Vote(tally=tally, candidate=candidates[pk], yes=yes) for pk, yes in votes.items()
    )
    record(held, "tally", by=by, changes={"office": str(race)})
    return tally


@transaction.atomic
def recount(race: Race, *, by: Actor) -> None:
    """Throw both counts of a race away, because they differ or cannot be right."""
    held = _counting(race)
    if hasattr(race, "repeat"):
        raise DomainError("这一轮之后已经另行选举，不能重新计票。")
    race.tallies.all().delete()
    record(held, "recount", by=by, changes={"office": str(race)})


@transaction.atomic
def repeat_race(race: Race, *, by: Actor) -> Race:
    """Vote again on the seats nobody won; those not elected stand again (ELE-08, ELE-09)."""
    held = _counting(race)
    missing = _missing(race, held)
    if hasattr(race, "repeat"):
        raise DomainError("已经另行选举，请在新的一轮里计票。")
    again = Race.objects.create(
        election=held, office=race.office, seats=missing, again=race, voted_by=race.voted_by
    )
    found = result_of(race, held, _majority(held))
    outcome = found.outcome
    out = {c.pk for c in found.barred} | (set(outcome.elected) if outcome else set())
    tied = set(outcome.tied) if outcome else set()
    standing = [c for c in found.candidates if c.pk in tied or (not tied and c.pk not in out)]
    Candidate.objects.bulk_create(_again(again, candidate) for candidate in standing)
    record(held, "repeat", by=by, changes={"office": str(again), "seats": missing})
    return again


@transaction.atomic
def waive_seats(race: Race, *, waiver: str, by: Actor) -> Race:
    """Leave the seats nobody won empty, as the meeting agreed (ELE-09)."""
    held = _counting(race)
    race.waived, race.waiver = race.waived + _missing(race, held), waiver
    race.save(update_fields=["waived", "waiver"])
    record(held, "waive", by=by, changes={"office": str(race), "seats": race.waived, "by": waiver})
    return race


def _missing(race: Race, election: Election) -> int:
    found = result_of(race, election, _majority(election))
    if not found.is_counted:
        raise DomainError("请先由两个人录入计票，并且一致。")
    missing = open_seats(race, found)
    if not missing:
        raise DomainError("这个项目已经选满，不用再选。")
    return missing


def _majority(election: Election) -> Value:
    if election.held_on is None:
        raise DomainError("大会还没有召开。")
    return needed("elected_share", election.org, election.held_on)


def _again(race: Race, candidate: Candidate) -> Candidate:
    return Candidate(
        race=race,
        person_id=candidate.person_id,
        position=candidate.position,
        full_time=candidate.full_time,
        duty=candidate.duty,
        party=candidate.party,
        resume=candidate.resume,
        proposed_by=candidate.proposed_by,
        declared_on=candidate.declared_on,
    )


def _counting(race: Race) -> Election:
    held = Election.objects.select_for_update().get(pk=race.election_id)
    if held.state != ElectionState.CONVENED:
        raise DomainError("只有大会选举时才能计票。")
    return held
