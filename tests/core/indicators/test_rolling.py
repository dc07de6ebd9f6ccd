"""Kept figures agree with the records: from scratch, after changes, after the tree moved."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from gonghui.apps.organisation.actions.bodies import move_org
from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.trail import record
from gonghui.core.indicators import counting, following, reading
from gonghui.core.indicators.models import Line
from gonghui.core.indicators.registry import indicators
from gonghui.core.indicators.rolling import make_all
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Membership, Standing
from gonghui.kit.dates import Period
from tests.factories.activities import ActivityFactory

PERIODS = [
    Period.of_year(2026),
    Period.of_month(2026, 5),
    Period.of_month(2026, 11),
    Period(date(2026, 7, 1), date(2026, 12, 31)),
    Period.of_year(2025),
]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("_in_november", "_large"),
]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def _large(monkeypatch):
    """So few bodies are a large tree here."""
    monkeypatch.setattr(reading, "LARGE", 0)


def hold(org, said: str, *, state: str = "held", **facts):
    start = timezone.make_aware(datetime.fromisoformat(said))
    return ActivityFactory(
        org=org, state=state, starts_at=start, ends_at=start + timedelta(hours=2), **facts
    )


def agree(orgs) -> None:
    """Every figure that is kept is what the records say."""
    for org in Org.objects.filter(pk__in=[org.pk for org in orgs]):
        for period in PERIODS:
            kept, missing, _ = reading._kept(counting.all_parts(indicators), [org], period)
            assert len(missing) < len(kept[org.pk])
            said = counting.figures(counting.all_parts(indicators), org, period)
            found = {code: one.value for code, one in said.items() if code in kept[org.pk]}
            assert kept[org.pk] == found, (org, period)


def test_kept_figures_are_those_of_the_records(cast):
    hold(cast.branch, "2026-05-08")
    hold(cast.branch, "2026-11-30")
    hold(cast.second_branch, "2025-12-31T23:30", state="filed")
    Membership.objects.filter(person=cast.alice).update(since=date(2026, 5, 20))
    Membership.objects.filter(person=cast.bob).update(until=date(2026, 6, 15))

    make_all()

    agree([cast.province, cast.company, cast.branch])


def test_what_changed_is_added_to_the_body_and_all_above_it(cast):
    hold(cast.branch, "2026-05-08")
    make_all()
    with time_machine.travel("2026-11-20T11:00:00+08:00", tick=False):
        later = hold(cast.second_branch, "2026-05-09", state="filed")
        record(later, "create", by=SYSTEM, is_new=True)
        Membership.objects.filter(person=cast.bob).update(standing=Standing.RETAINED)
        record(cast.bob, "update", by=SYSTEM)

        said = following.refresh(timezone.now())

    assert "sources" in said
    agree([cast.city, cast.company, cast.branch])


def test_a_move_of_the_tree_makes_everything_anew(cast):
    hold(cast.branch, "2026-05-08")
    make_all()
    with time_machine.travel("2026-11-20T11:00:00+08:00", tick=False):
        move_org(cast.company, cast.other_city, by=cast.actor("erin"))

        said = following.refresh(timezone.now())

    assert said.startswith("all in")
    agree([cast.city, cast.company, cast.branch])


def test_a_small_installation_keeps_nothing(cast, monkeypatch):
    monkeypatch.setattr(reading, "LARGE", 500)

    assert following.refresh(timezone.now()) == "small"
    assert not Line.objects.exists()
