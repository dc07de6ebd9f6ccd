"""What the two tellers counted, whether they agree, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gonghui.core.people.models import Post
from gonghui.core.regulations.standards import Value, standard

from ..engine.counting import Count, Outcome, faults, has_quorum, outcome
from ..models import Candidate, Election, Office, Race, Tally
from ..models.election import FROM_AMONG, committee_kind
from .seating import body_for, is_of_committee
from .standards import needed, said

TELLERS = 2


@dataclass(frozen=True)
class Committee:
    """Of whom officers are elected: the people, or the office that has to be decided first."""

    people: frozenset[int] = frozenset()
    waits_on: str = ""


@dataclass(frozen=True)
class Result:
    """A race as far as it was counted: what is wrong, or who is elected.

    ``barred`` were not elected to the committee whose officer they would be; ``waits_on`` is the
    office that has to be decided before anybody can say who they are.
    """

    race: Race
    candidates: list[Candidate]
    tallies: list[Tally]
    differs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    count: Count | None = None
    outcome: Outcome | None = None
    barred: list[Candidate] = field(default_factory=list)
    waits_on: str = ""
    voters: int | None = None  # how many sit in the committee that votes

    @property
    def is_counted(self) -> bool:
        """Both tellers are done, agree, and the count can be right."""
        complete = len(self.tallies) == TELLERS and not self.waits_on
        return complete and not self.differs and not self.faults

    @property
    def waits_for(self) -> int:
        """How many tellers have still to enter their count."""
        return TELLERS - len(self.tallies)

    @property
    def barred_said(self) -> str:
        """Who cannot be elected, and why; or nothing."""
        if not self.barred:
            return ""
        names = "、".join(str(one) for one in self.barred)
        office = self.race.get_office_display()
        return f"{names}没有当选{Office(FROM_AMONG[self.race.office]).label}，不能当选{office}。"


def result_of(race: Race, election: Election, majority: Value) -> Result:
    """A race's result; the tellers' figures are compared one by one."""
    candidates = list(race.candidates.select_related("person__org"))
    tallies = list(race.tallies.select_related("by").prefetch_related("votes").order_by("pk"))
    committee = committee_of(race, election, majority)
    known: dict[str, Any] = {
        "barred": _barred(candidates, committee),
        "waits_on": committee.waits_on if committee else "",
        "voters": len(committee.people) if committee and race.by_committee else None,
    }
    if len(tallies) < TELLERS:
        return Result(race, candidates, tallies, **known)
    first, second = tallies
    differs = _differences(first, second, candidates)
    if differs or known["waits_on"]:
        return Result(race, candidates, tallies, differs, **known)
    count = _count(first, race, election, known["voters"])
    wrong = faults(count) + _too_few(count, election, known["voters"])
    barred = {one.pk for one in known["barred"]}
    found = None if wrong else outcome(count, majority.value, barred)
    return Result(race, candidates, tallies, [], wrong, count, found, **known)


def results_of(election: Election) -> list[Result]:
    """All races of an election that has met."""
    if election.held_on is None:
        return []
    majority = needed("elected_share", election.org, election.held_on)
    return [result_of(race, election, majority) for race in election.races.order_by("pk")]


def committee_of(race: Race, election: Election, majority: Value) -> Committee | None:
    """Of whom this officer is elected (ELE-04): those elected with them, those who sit already.

    None where anybody may be: no officer, or a meeting that elects an officer alone.
    """
    wider = FROM_AMONG.get(race.office)
    if wider is None:
        return None
    races = election.races.filter(office=wider).order_by("pk")
    found = [result_of(one, election, majority) for one in races]
    if not found and not race.by_committee:
        return None
    if not all(is_decided(one) for one in found):
        return Committee(waits_on=str(Office(wider).label))
    people = {person for one in found for person in _elected(one)}
    if not found or not election.is_full:
        people |= _sitting(election, wider)
    return Committee(frozenset(people)) if people else None


def is_decided(found: Result) -> bool:
    """Whether nothing of a race is left to be counted, voted on again or waived."""
    return found.is_counted and (not open_seats(found.race, found) or hasattr(found.race, "repeat"))


def _elected(found: Result) -> set[int]:
    won = found.outcome.elected if found.outcome else ()
    return {one.person_id for one in found.candidates if one.pk in won}


def _sitting(election: Election, office: str) -> set[int]:
    """Who sits in the committee on the day of the meeting."""
    body = body_for(election.org, committee_kind(office))
    if body is None or election.held_on is None:
        return set()
    posts = Post.objects.held(election.held_on).filter(org=body)
    own = body.pk != election.org_id
    return {post.person_id for post in posts if own or is_of_committee(post)}


def _barred(candidates: list[Candidate], committee: Committee | None) -> list[Candidate]:
    if committee is None or committee.waits_on:
        return []
    return [one for one in candidates if one.person_id not in committee.people]


def _count(tally: Tally, race: Race, election: Election, voters: int | None) -> Count:
    """A committee notes no attendance: as many of it came as papers went out."""
    return Count(
        seats=race.seats,
        should_attend=voters or election.should_attend or 0,
        present=voters or election.present or 0,
        issued=tally.issued,
        returned=tally.returned,
        invalid=tally.invalid,
        votes={vote.candidate_id: vote.yes for vote in tally.votes.all()},
        came="委员会全体" if voters else "实到会的",
    )


def _too_few(count: Count, election: Election, voters: int | None) -> list[str]:
    """ELE-01 of a committee that elects: so many of it have to be there, by the papers given."""
    day = election.held_on
    value = standard("election_quorum", org=election.org, day=day) if voters and day else None
    if value is None or has_quorum(count.issued, count.should_attend, value.value):
        return []
    words = f"委员会全体 {count.should_attend} 人，发出 {count.issued} 票，到会人数不够，不能选举"
    return [f"{words}（{said(value)}）。"]


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
