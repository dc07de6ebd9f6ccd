"""The checks of the roll-out find who is below the stage's test, from both sides of each limit."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.teams.models import Enlistment
from gonghui.core.orgs.models import Org
from tests.factories.organisation import OrgFactory
from tests.factories.teams import EnlistmentFactory, StageFactory
from tests.watching import DAY, found, sentences, where

pytestmark = pytest.mark.django_db
BELOW, IDLE = "R-453", "R-067"


def teams(org: Org, count: int, taking: int, since: date = date(2025, 1, 1)) -> list[Org]:
    made = [OrgFactory(parent=org, kind="team") for _ in range(count)]
    for team in made[:taking]:
        EnlistmentFactory(org=team, since=since)
    return made


def stage(org: Org, test: str = "first", year: int = DAY.year) -> None:
    StageFactory(org=org, name="普及阶段", first_year=year, last_year=year, test=test)


def test_four_of_nine_are_found_and_five_of_ten_are_not(cast):
    stage(cast.company)
    made = teams(cast.branch, 9, 4)
    teams(cast.second_branch, 10, 5)

    assert where(BELOW) == [cast.branch]
    assert sentences(BELOW) == ["“普及阶段”：9 个班组中 4 个参加，还差 1 个班组到 50%。"]
    assert found(BELOW)[0].values[0]["words"] == "50%"
    EnlistmentFactory(org=made[-1])
    assert sentences(BELOW) == []


def test_city_looks_at_whole_units(cast):
    stage(cast.city, "second")
    teams(cast.branch, 1, 1)
    teams(cast.company, 4, 2)

    assert where(BELOW) == [cast.company]
    Enlistment.objects.all().delete()
    stage(cast.company)
    assert set(where(BELOW)) == {cast.company, cast.branch}


def test_share_that_fell_is_found(cast):
    stage(cast.company, "steady")
    made = teams(cast.branch, 4, 2)
    assert sentences(BELOW) == []

    Enlistment.objects.filter(org=made[0]).update(until=date(2026, 3, 1))

    assert sentences(BELOW) == [
        "“普及阶段”：4 个班组中 1 个参加，比原来的 50% 下降，还差 1 个班组。"
    ]


def test_without_a_stage_of_the_year_nothing_is_found(cast):
    teams(cast.branch, 4, 0)
    stage(cast.company, year=DAY.year - 1)
    stage(cast.other_city)

    assert sentences(BELOW) == []
    assert where(IDLE) == [cast.other_company]


def test_unit_that_takes_no_part_is_found_until_it_does(cast):
    stage(cast.city)
    idle = OrgFactory(parent=cast.city, name="闲着的")
    teams(cast.branch, 2, 1)

    assert where(IDLE) == [idle]
    EnlistmentFactory(org=idle)
    assert where(IDLE) == []
