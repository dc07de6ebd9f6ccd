"""An election of the cast's company, led through its steps as its officers would."""

from __future__ import annotations

from datetime import date

from gonghui.apps.elections.actions import counting, planning
from gonghui.apps.elections.flow import LIFE
from gonghui.apps.elections.models import Election, Office
from tests.factories.elections import ElectionFactory
from tests.factories.organisation import PersonFactory

MEETING = date(2026, 3, 20)
DECLARED = {"declared_on": date(2026, 2, 20)}


def again(obj):
    return type(obj).objects.get(pk=obj.pk)


def step(election, name, by, **answers) -> Election:
    return LIFE.perform(again(election), name, by=by, **answers)


def plan(cast, seats=2, stand=3, chair=True, **facts) -> Election:
    """A plan for a committee of two, with three who stand, the first of them for the chair."""
    frank = cast.actor("frank")
    election = ElectionFactory(org=cast.company, **facts)
    people = [PersonFactory(name=f"候选{n}", org=cast.company) for n in range(stand)]
    race = planning.add_race(election, office=Office.MEMBER, seats=seats, by=frank)
    for person in people:
        planning.add_candidate(race, person, by=frank, **DECLARED)
    if chair:
        top = planning.add_race(election, office=Office.CHAIR, seats=1, by=frank)
        planning.add_candidate(top, people[0], by=frank, full_time=True, **DECLARED)
    return election


def permitted(cast, election) -> Election:
    frank, carol = cast.actor("frank"), cast.actor("carol")
    step(election, "agree", frank, on=date(2026, 2, 1), paper="党委会纪要〔2026〕2号")
    step(election, "submit", frank, on=date(2026, 2, 3))
    return step(election, "permit", carol, on=date(2026, 2, 10), paper="安工〔2026〕5号")


def convened(cast, election) -> Election:
    frank = cast.actor("frank")
    permitted(cast, election)
    step(election, "nominate", frank, on=date(2026, 3, 1))
    notice = {"notice_from": date(2026, 3, 2), "notice_until": date(2026, 3, 9)}
    step(election, "publish", frank, place="公告栏", **notice)
    return step(election, "convene", frank, on=MEETING, should_attend=50, present=45)


def count(cast, race, votes, tellers=("frank", "bob"), **given) -> None:
    """Both tellers enter the same votes, in the order in which the candidates are listed."""
    papers = {"issued": 45, "returned": 45, "invalid": 0} | given
    told = dict(zip((c.pk for c in race.candidates.order_by("pk")), votes, strict=True))
    for name in tellers:
        counting.enter_tally(race, votes=told, by=cast.actor(name), **papers)


def settled(cast, election) -> Election:
    convened(cast, election)
    count(cast, election.races.get(office=Office.MEMBER), [40, 35, 10])
    count(cast, election.races.get(office=Office.CHAIR), [41])
    return step(election, "settle", cast.actor("frank"))


def confirmed(cast, election) -> Election:
    settled(cast, election)
    step(election, "report", cast.actor("frank"), on=date(2026, 3, 21))
    return step(
        election, "confirm", cast.actor("carol"), on=date(2026, 3, 25), paper="安工〔2026〕9号"
    )
