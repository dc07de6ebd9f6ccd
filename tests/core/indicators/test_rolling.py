"""Kept figures agree with the records: from scratch, after changes, after the tree moved."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gonghui.apps.membership.actions.people import move_person
from gonghui.apps.organisation.actions.bodies import move_org
from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.trail import record
from gonghui.core.indicators import counting, following, reading
from gonghui.core.indicators.models import Line
from gonghui.core.indicators.registry import indicators
from gonghui.core.indicators.rolling import make_all
from gonghui.core.orgs.models import Org
from gonghui.core.people.ledger import Said, enter
from gonghui.core.people.models import Act, Membership, Standing
from gonghui.kit.dates import Period
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory

LEDGER = "membership.ledger"
LINES = Line._meta.db_table

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


def test_who_came_at_any_time_of_a_year_counts_in_it_and_in_no_other(cast):
    """Not in November, the last month of the kept ones."""
    alice, bob = cast.alice, cast.bob
    Membership.objects.filter(person__in=[alice, bob]).update(since=date(2024, 1, 1))
    for person, said in ((alice, "2026-05-08 10:00"), (alice, "2026-02-08 10:00"),
                         (bob, "2025-03-31 23:30"), (bob, "2025-11-01 00:30")):  # fmt: skip
        session = SessionFactory(activity=hold(cast.company, said))
        at = timezone.make_aware(datetime.fromisoformat(said))
        type(session).objects.filter(pk=session.pk).update(starts_at=at)
        AttendanceFactory(session=session, person=person, in_at=at)

    make_all()

    def came(period):
        kept, _, _ = reading._kept([indicators["participation.came"]], [cast.company], period)
        return kept[cast.company.pk]["participation.came"]

    assert [came(Period.of_year(2026)), came(Period.of_year(2025))] == [1, 1]
    months = [(2025, 11), (2025, 12), (2026, 2), (2026, 5), (2026, 11)]
    assert [came(Period.of_month(*one)) for one in months] == [1, 0, 1, 1, 0]
    assert came(Period(date(2026, 4, 1), date(2026, 6, 30))) == 1
    assert came(Period(date(2026, 7, 1), date(2026, 9, 30))) == 0
    agree(cast.orgs)


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


def test_of_very_many_bodies_only_the_lines_that_differ_are_written(cast, monkeypatch):
    hold(cast.branch, "2026-05-08")
    make_all()
    before = set(Line.objects.values_list("pk", flat=True))
    monkeypatch.setattr(following, "MANY", 0)
    with time_machine.travel("2026-11-20T11:00:00+08:00", tick=False):
        Membership.objects.filter(person=cast.bob).update(standing=Standing.RETAINED)
        record(cast.bob, "update", by=SYSTEM)
        with CaptureQueriesContext(connection) as asked:
            following.refresh(timezone.now())

    assert before <= set(Line.objects.values_list("pk", flat=True))
    assert not [one for one in asked if one["sql"].startswith(f'DELETE FROM "{LINES}"')]
    agree([cast.city, cast.company, cast.branch])


def test_people_of_very_many_bodies_are_counted_anew(cast, monkeypatch):
    came = AttendanceFactory(session__activity__org=cast.branch, person=cast.alice)
    type(came).objects.filter(pk=came.pk).update(in_at=timezone.now())
    gone = hold(cast.second_branch, "2026-05-08")
    make_all()
    monkeypatch.setattr(following, "MANY", 0)
    with time_machine.travel("2026-11-20T11:00:00+08:00", tick=False):
        type(came).objects.filter(pk=came.pk).update(in_at=None)
        for activity in (came.session.activity, gone):
            record(activity, "update", by=SYSTEM)
        following.refresh(timezone.now())

    agree([cast.city, cast.company, cast.branch])


def test_who_moved_counts_in_the_new_body_and_no_more_in_the_old(cast):
    make_all()
    with time_machine.travel("2026-11-20T11:00:00+08:00", tick=False):
        move_person(cast.alice, cast.second_branch, by=cast.actor("erin"))

        following.refresh(timezone.now())

    agree([cast.company, cast.branch, cast.second_branch])


def test_the_ledger_tells_itself_what_is_new_and_what_was_revoked(cast):
    (left,) = enter(cast.alice, Said(Act.LEAVE, date(2026, 5, 5)))
    make_all()
    with time_machine.travel("2026-11-20T11:00:00+08:00", tick=False):
        enter(cast.bob, Said(Act.LEAVE, date(2026, 5, 6)))
        enter(cast.alice, Said(Act.REVOKE, date(2026, 11, 20), revokes=left.pk))

        said = following.refresh(timezone.now())

    assert said == "1 sources"
    ledger = [one for one in counting.all_parts(indicators) if one.source.code == LEDGER]
    for body in (cast.company, cast.branch, cast.second_branch):
        org, may = Org.objects.get(pk=body.pk), Period.of_month(2026, 5)
        kept, _, _ = reading._kept(ledger, [org], may)
        assert kept[org.pk] == {
            code: one.value for code, one in counting.figures(ledger, org, may).items()
        }


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
