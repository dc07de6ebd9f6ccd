"""The freight union's roll-out (001-8): three stages by the register of teams that take part.

Half of the teams of every unit, then eight in ten, then a share that does not fall.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from gonghui.apps.teams.actions.rollout import leave
from gonghui.apps.teams.models import Enlistment
from gonghui.core.orgs.models import Kind, Org
from tests.cast import Cast
from tests.factories.organisation import OrgFactory
from tests.factories.teams import StageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STAGES = (
    ("普及阶段", "first", 2026),
    ("巩固提高阶段", "second", 2027),
    ("创新发展阶段", "steady", 2028),
)


@pytest.fixture
def depot(cast: Cast) -> list[Org]:
    """Nine teams in one branch, ten in the other; three stages of a year each."""
    for name, test, year in STAGES:
        StageFactory(org=cast.company, name=name, test=test, first_year=year, last_year=year)
    return [
        OrgFactory(parent=branch, kind=Kind.TEAM, name=f"{branch}第{number}班", since=None)
        for branch, count in ((cast.branch, 9), (cast.second_branch, 10))
        for number in range(count)
    ]


def on(day: date) -> time_machine.travel:
    moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    return time_machine.travel(moment, tick=False)


def join(cast: Cast, teams: list[Org], since: str) -> None:
    """The chair ticks teams in the list and says from when."""
    said = {"org": [team.pk for team in teams], "since": since}
    cast.client("frank").post(reverse("teams:enlist"), said)


def seen(cast: Cast) -> str:
    return (
        cast.client("frank")
        .get(reverse("teams:rollout"), {"org": cast.company.pk})
        .content.decode()
    )


def test_three_stages_are_counted_from_the_register(cast: Cast, depot: list[Org]) -> None:
    with on(date(2026, 6, 1)):
        join(cast, [*depot[:4], *depot[9:14]], "2026-03-01")
        first = seen(cast)
        join(cast, depot[4:5], "2026-06-01")
        enough = seen(cast)
    with on(date(2027, 6, 1)):
        second = seen(cast)
        join(cast, [*depot[5:8], *depot[14:17]], "2027-05-01")
        raised = seen(cast)
    with on(date(2028, 6, 1)):
        steady = seen(cast)
        gone = Enlistment.objects.get(org=depot[0])
        leave(gone, until=date(2028, 5, 1), reason="班组撤并", by=cast.actor("frank"))
        fallen = seen(cast)

    assert Enlistment.objects.count() == 16
    assert "还差 1 个班组到 50%" in first, "4 of 9 is less than half"
    assert "到 50%" not in enough
    assert "巩固提高阶段" in enough
    assert second.count("到 80%") >= 2
    assert "还差 1 个班组到 80%" not in raised, "8 of 9 and 8 of 10 are enough"
    assert "% 下降" not in steady
    assert "% 下降" in fallen


def test_a_stranger_sees_no_register(cast: Cast, depot: list[Org]) -> None:
    join(cast, depot[:1], "2026-03-01")
    mallory = cast.client("mallory")

    mallory.post(reverse("teams:enlist"), {"org": [depot[1].pk], "since": "2026-03-01"})

    assert mallory.get(reverse("teams:rollout"), {"org": cast.company.pk}).status_code == 404
    assert [one.org for one in Enlistment.objects.all()] == [depot[0]]
