"""The approval of a result seats the elected: old posts end, new ones and a new term begin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Function, Kind, Org
from gonghui.core.orgs.tree import plant
from gonghui.core.people.models import CHAIR, Post, Way
from gonghui.core.people.posts import begin_post, finish_post
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.deadlines import add_years
from gonghui.kit.errors import DomainError

from ..models import ChairDuty, DutyKind, Election, Term
from ..queries.seating import Seat, ending_posts, last_day, new_chairs, seats_of
from .departures import leads, union_of
from .steps import take_step
from .terms import end_term


def confirm(election: Election, *, by: Actor, on: date, paper: str, note: str = "") -> None:
    """批复结果: seat everybody who was elected from the day they were elected (ORG-17)."""
    if election.held_on is None:
        raise DomainError("大会还没有召开，不能批复结果。")
    take_step(election, "confirm", on=on, paper=paper, note=note)
    seats = seats_of(election)
    if not seats:
        raise DomainError("没有人当选，不能批复结果。")
    ending = ending_posts(election, seats, election.held_on)
    chairs = new_chairs(seats, ending)
    for post in ending:
        _finish(post, last_day(post, election.held_on), by)
    approval = {"approval": paper, "approved_on": on}
    posts = [_begin(seat, election, election.held_on, by, approval) for seat in seats]
    if election.is_full:
        _turn_term(election, election.held_on, by)
    for post in posts:
        if post.person in chairs and post.title == CHAIR:
            owe_duties(post, election.org, by=by)


def _finish(post: Post, until: date, by: Actor) -> None:
    finish_post(post, until=until)
    record(post, "update", by=by, changes={"until": [None, str(until)]})


def _begin(seat: Seat, election: Election, day: date, by: Actor, approval: dict[str, Any]) -> Post:
    body = seat.body or _found_body(election.org, seat.function, day, by)
    post = begin_post(
        seat.person,
        body,
        title=seat.title,
        since=day,
        full_time=seat.full_time,
        way=Way.ELECTED if election.is_full else Way.BY_ELECTION,
        **approval,
    )
    record(post, "create", by=by, changes=changes_of({}, snapshot(post)))
    return post


def _found_body(union: Org, function: Function, day: date, by: Actor) -> Org:
    """A committee that was elected for the first time becomes a body below its union."""
    known = union.children.filter(function=function, until=None).first()
    if known:
        return known
    label = Function(function).label
    body = plant(
        Org(
            parent=union,
            name=f"{union.name}{label}",
            short_name=label,
            kind=Kind.COMMITTEE,
            function=function,
            since=day,
        )
    )
    record(body, "create", by=by, changes=changes_of({}, snapshot(body)))
    return body


def _turn_term(election: Election, day: date, by: Actor) -> None:
    """The running term ends the day before the new one begins."""
    running = Term.objects.select_for_update().filter(org=election.org).open().first()
    if running:
        end_term(running, on=day - timedelta(days=1), by=by)
    term = Term.objects.create(
        org=election.org,
        number=election.number,
        since=day,
        years=election.years,
        due_on=add_years(day, election.years),
    )
    record(term, "create", by=by, changes=changes_of({}, snapshot(term)))
    election.term = term
    election.save(update_fields=["term"])


def owe_duties(post: Post, union: Org, *, by: Actor) -> list[ChairDuty]:
    """A new chair is owed a talk and a training (R-030, R-031)."""
    owed = []
    for kind in DutyKind:
        duty = ChairDuty.objects.create(
            org=union, person=post.person, post=post, kind=kind, since=post.since
        )
        record(duty, "create", by=by, changes=changes_of({}, snapshot(duty)))
        owed.append(duty)
    return owed


@transaction.atomic
def welcome_chair(post: Post, *, by: Actor) -> list[ChairDuty]:
    """A new chair whose election was not held here is owed the same talk and training."""
    held = Post.objects.select_for_update().get(pk=post.pk)
    if not is_chair(held) or held.until is not None:
        raise DomainError("只有在任的工会主席才列入任前谈话和岗位培训。")
    if ChairDuty.objects.filter(post=held).exists():
        raise DomainError(f"{held.person}的任前谈话和岗位培训已经列入。")
    return owe_duties(held, union_of(held), by=by)


def is_chair(post: Post) -> bool:
    """Whether this is the chair of a union's own committee."""
    return leads(post) and post.title == CHAIR
