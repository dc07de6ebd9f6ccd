"""Who is seated by an election, in which body, and whose posts end: the preview and the deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gonghui.core.orgs.models import Function, Org
from gonghui.core.people.models import CHAIR, Person, Post, Way
from gonghui.core.people.posts import officers_of

from ..models import Candidate, Election
from ..models.election import FROM_AMONG, OFFICERS, SEATS

# What the members of a union's own committee are called, so that a clerk's post there goes on.
_COMMITTEE_WORDS = ("主席", "委员")


@dataclass(frozen=True)
class Seat:
    """A person who was elected and the post it gives; without ``body`` one is to be founded."""

    person: Person
    function: Function
    title: str
    full_time: bool | None
    body: Org | None

    @property
    def is_chair(self) -> bool:
        return self.function == Function.UNION and self.title == CHAIR


def body_for(union: Org, function: Function) -> Org | None:
    """The body whose posts a committee's members hold (decision 0011)."""
    own = union.children.filter(function=function, until=None).order_by("pk").first()
    return own or (union if function == Function.UNION else None)


def seats_of(election: Election) -> list[Seat]:
    """One seat a person and committee: the chair is not listed as a member as well."""
    won = Candidate.objects.filter(race__election=election, elected=True)
    rows = list(won.select_related("race", "person").order_by("race_id", "pk"))
    officers = {(c.person_id, FROM_AMONG[c.race.office]) for c in rows if c.race.office in OFFICERS}
    bodies = {f: body_for(election.org, f) for f in {SEATS[c.race.office][0] for c in rows}}
    seats = []
    for candidate in rows:
        office = candidate.race.office
        if (candidate.person_id, office) in officers:
            continue
        function, title = SEATS[office]
        seats.append(Seat(candidate.person, function, title, candidate.full_time, bodies[function]))
    return sorted(seats, key=lambda seat: (seat.function != Function.UNION, seat.function))


def ending_posts(election: Election, seats: list[Seat], day: date) -> list[Post]:
    """The posts of the outgoing committees; a by-election ends none but an acting one's."""
    bodies = {seat.body for seat in seats if seat.body is not None}
    held = Post.objects.filter(org__in=bodies, until=None).select_related("person", "org")
    rows = list(held.order_by("org_id", "pk"))
    if not election.is_full:
        filled = {(seat.body, seat.title) for seat in seats}
        return [p for p in rows if p.way == Way.ACTING and (p.org, p.title) in filled]
    return [post for post in rows if post.org != election.org or is_of_committee(post)]


def is_of_committee(post: Post) -> bool:
    """Whether a post held at the union itself is one of its committee's."""
    elected = post.way in (Way.ELECTED, Way.BY_ELECTION, Way.ACTING)
    return elected or any(word in post.title for word in _COMMITTEE_WORDS)


def last_day(post: Post, day: date) -> date:
    """The day before the new committee begins, and never before the post itself began."""
    return max(day - timedelta(days=1), post.since)


def new_chairs(seats: list[Seat], ending: list[Post]) -> list[Person]:
    """Chairs who were not chair before: they are owed a talk and a training (R-030, R-031)."""
    before = {post.person_id for post in ending if post.title == CHAIR}
    return [seat.person for seat in seats if seat.is_chair and seat.person.pk not in before]


def officers_on(union: Org, day: date) -> list[Post]:
    """Who held a post of the union's own committee on a day."""
    rows = officers_of(union, day).select_related("person", "org")
    return [post for post in rows.order_by("pk") if is_of_committee(post) or post.org != union]
