"""Figures of records: what is known and what is not, people and person-times, months and splits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.indicators.counting import (
    Figure,
    figures,
    figures_below,
    records,
    series,
    split_by,
    splits_of,
)
from gonghui.core.indicators.registry import indicators
from gonghui.core.people.models import Membership, Standing
from gonghui.kit.dates import Period
from tests.factories.activities import ActivityFactory

YEAR = Period.of_year(2026)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        yield


def hold(org, said: str, *, state: str = "held", **facts) -> Activity:
    start = timezone.make_aware(datetime.fromisoformat(said))
    return ActivityFactory(
        org=org, state=state, starts_at=start, ends_at=start + timedelta(hours=2), **facts
    )


def value(code: str, org, period: Period = YEAR):
    return figures([indicators[code]], org, period)[code].value


def test_nothing_is_known_before_the_first_record_and_nought_is_said_after_it(cast):
    assert value("activities.held", cast.company) is None

    hold(cast.branch, "2026-03-08")

    assert value("activities.held", cast.company) == 1
    assert value("activities.held", cast.company, Period.of_year(2025)) is None
    assert value("activities.held", cast.company, Period.of_month(2026, 5)) == 0
    assert value("activities.held", cast.company, Period.of_year(2027)) is None
    assert value("activities.held", cast.other_company) is None


def test_a_day_belongs_to_its_period_to_the_last_minute(cast):
    hold(cast.branch, "2026-03-31T23:59")
    hold(cast.branch, "2026-04-01T00:00")

    found = [
        point.figure.value for point in series(indicators["activities.held"], cast.city, YEAR.end)
    ]

    assert found == [None, None, 1, 1, 0, 0, 0, 0, 0, 0, 0, None]


def test_what_is_still_to_come_makes_nothing_known_of_its_month(cast):
    hold(cast.branch, "2026-11-25")

    points = series(indicators["activities.held"], cast.city, YEAR.end)

    assert value("activities.held", cast.city, Period.of_month(2026, 11)) is None
    assert {point.figure.value for point in points} == {None}


def test_a_moment_is_counted_on_the_last_day_or_today(cast):
    Membership.objects.filter(person=cast.alice).update(since=date(2026, 6, 1))
    everybody = Membership.objects.filter(person__org=cast.branch).count()

    assert value("membership.members", cast.branch) == everybody
    assert value("membership.members", cast.branch, Period.of_month(2026, 5)) == everybody - 1


def test_a_ratio_shows_both_and_is_nothing_over_nothing(cast):
    Membership.objects.filter(person=cast.alice).update(standing=Standing.WORKER)

    rate = figures([indicators["membership.rate"]], cast.branch, YEAR)["membership.rate"]
    none = figures([indicators["membership.rate"]], cast.second_branch, YEAR)["membership.rate"]

    assert (rate.value, rate.over, rate.under) == (50, 1, 2)
    assert none == Figure(None)


def test_below_stands_every_unit_and_what_is_a_bodys_own(cast):
    for org in (cast.company, cast.branch, cast.branch, cast.second_branch):
        hold(org, "2026-03-08")
    hold(cast.other_company, "2026-03-08")

    found = figures_below([indicators["activities.held"]], cast.company, YEAR)

    assert {path: one["activities.held"].value for path, one in found.items()} == {
        cast.company.path: 1,
        cast.branch.path: 2,
        cast.second_branch.path: 1,
    }


def test_a_split_adds_up_and_its_records_are_those_of_the_slice(cast):
    hold(cast.branch, "2026-03-08", kind="sport")
    hold(cast.branch, "2026-04-08", kind="sport")
    hold(cast.branch, "2026-05-08", kind="lecture")
    hold(cast.branch, "2026-05-08", kind="lecture", state="announced")
    held = indicators["activities.held"]
    (kind, _) = splits_of(held)

    found = split_by(held, kind, cast.company, YEAR)

    # Of a slice all of whose records are of another sort nought is known.
    assert [(one.word, one.figure.value) for one in found] == [("讲座", 1), ("体育活动", 2)]
    seen = records(held, cast.company, YEAR, cast.actor("frank"), split=kind, value="sport")
    assert seen.count() == 2


def test_records_are_narrowed_by_the_readers_own_rights(cast):
    hold(cast.branch, "2026-03-08")
    hold(cast.other_company, "2026-03-08")
    held = indicators["activities.held"]

    assert records(held, cast.province, YEAR, cast.actor("carol")).count() == 1
    assert records(held, cast.province, YEAR, cast.actor("erin")).count() == 2
    # A member of the other company, for whom its activity is, and nothing else.
    assert records(held, cast.province, YEAR, cast.actor("mallory")).count() == 1
    assert records(held, cast.company, YEAR, cast.actor("mallory")).count() == 0
