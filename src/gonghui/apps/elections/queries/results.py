"""What the two tellers counted, whether they agree, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from gonghui.core.regulations.standards import Value

from ..engine.counting import Count, Outcome, faults, outcome
from ..models import Candidate, Election, Race, Tally
from .standards import needed

TELLERS = 2


@dataclass(frozen=True)
class Result:
    """A race as far as it was counted: what is wrong, or who is elected."""

    race: Race
    candidates: list[Candidate]
    tallies: list[Tally]
    differs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    count: Count | None = None
    outcome: Outcome | None = None

    @property
    def is_counted(self) -> bool:
        """Both tellers are done, agree, and the count can be right."""
        return len(self.tallies) == TELLERS and not self.differs and not self.faults

    @property
    def waits_for(self) -> int:
        """How many tellers have still to enter their count."""
        return TELLERS - len(self.tallies)


def result_of(race: Race, election: Election, majority: Value) -> Result:
    """A race's result; the tellers' figures are compared one by one."""
    candidates = list(race.candidates.select_related("person__org"))
    tallies = list(race.tallies.select_related("by").prefetch_related("votes").order_by("pk"))
    if len(tallies) < TELLERS:
        return Result(race, candidates, tallies)
    first, second = tallies
    differs = _differences(first, second, candidates)
    if differs:
        return Result(race, candidates, tallies, differs)
    count = _count(first, race, election)
    wrong = faults(count)
    found = None if wrong else outcome(count, majority.value)
    return Result(race, candidates, tallies, [], wrong, count, found)


def results_of(election: Election) -> list[Result]:
    """All races of an election that has met."""
    if election.held_on is None:
        return []
    majority = needed("elected_share", election.org, election.held_on)
    return [result_of(race, election, majority) for race in election.races.order_by("pk")]


def _count(tally: Tally, race: Race, election: Election) -> Count:
    return Count(
        seats=race.seats,
        should_attend=election.should_attend or 0,
        present=election.present or 0,
        issued=tally.issued,
        returned=tally.returned,
        invalid=tally.invalid,
        votes={vote.candidate_id: vote.yes for vote in tally.votes.all()},
    )


def _differences(first: Tally, second: Tally, candidates: list[Candidate]) -> list[str]:
    """Where the two counts differ, without saying what either entered."""
    labels = {"issued": "发出票", "returned": "收回票", "invalid": "废票"}
    found = [
        label for name, label in labels.items() if getattr(first, name) != getattr(second, name)
    ]
    one = {vote.candidate_id: vote.yes for vote in first.votes.all()}
    two = {vote.candidate_id: vote.yes for vote in second.votes.all()}
    return found + [f"{c.person}的得票" for c in candidates if one.get(c.pk) != two.get(c.pk)]


def open_seats(race: Race, found: Result) -> int:
    """Seats nobody won and nobody waived; a repeat of the race fills them."""
    missing = found.outcome.missing if found.outcome else race.seats
    return max(0, missing - race.waived)
