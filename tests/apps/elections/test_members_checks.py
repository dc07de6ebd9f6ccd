"""Checks of meetings, contracts and answers from above, each on both sides of its limit."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.utils import timezone

from gonghui.apps.elections.models import Election
from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Function, Kind, Org
from gonghui.core.people.models import Standing
from gonghui.core.regulations.standards import standard
from tests.factories.activities import ActivityFactory
from tests.factories.elections import DepartureFactory, ElectionFactory, TermFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory
from tests.factories.regulations import StandardFactory
from tests.watching import found, on_books, sentences, severities, where

pytestmark = pytest.mark.django_db


def known_since(day, **said):
    """A union that came on record on a day."""
    union = OrgFactory(**said)
    with time_machine.travel(datetime.combine(day, time(9), UTC), tick=False):
        record(union, "create", by=Actor(None))
    return union


def met(org, day, *, state="held", kind="congress"):
    at = timezone.make_aware(datetime.combine(day, time(9)))
    return ActivityFactory(org=org, kind=kind, state=state, starts_at=at, ends_at=at)


def with_members(count: int):
    union = OrgFactory()
    for _ in range(count):
        on_books(union, Standing.MEMBER)
    return union


@pytest.mark.parametrize(("count", "hits"), [(99, 1), (100, 0), (0, 0)])
def test_few_members_meet_themselves_and_send_no_delegates(count, hits):
    union = with_members(count)
    OrgFactory(parent=union, kind=Kind.COMMITTEE, function=Function.CONGRESS)

    assert severities("ORG-09") == ["block"] * hits


@pytest.mark.parametrize(
    ("meeting", "state", "hits"),
    [
        ("delegates", "draft", 1),
        ("delegates", "convened", 1),
        ("delegates", "confirmed", 0),
        ("delegates", "cancelled", 0),
        ("members", "draft", 0),
    ],
)
def test_few_members_elect_themselves(meeting, state, hits):
    union = with_members(2)
    Election.objects.filter(pk=ElectionFactory(org=union, meeting=meeting).pk).update(state=state)

    words = "会员 2 人，不足 100 人，选举方案拟开会员代表大会。"
    assert sentences("ORG-09") == [words] * hits


def test_congress_of_few_may_stand_where_a_union_laid_down_so():
    union = with_members(2)
    body = OrgFactory(parent=union, kind=Kind.COMMITTEE, function=Function.CONGRESS)
    assert where("ORG-09") == [union]
    Org.objects.filter(pk=body.pk).update(until=date(2026, 11, 1))
    assert where("ORG-09") == []
    Org.objects.filter(pk=body.pk).update(until=None)

    StandardFactory(key="direct_meeting_below", org=union, value=2)

    assert where("ORG-09") == []


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (date(2024, 12, 31), ["warn"]),
        (date(2025, 1, 1), []),
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), []),  # by the records that begin with it nothing is known of 2025
    ],
)
def test_members_meet_at_least_once_in_the_last_full_year(day, severity):
    met(OrgFactory(), day)

    assert severities("ORG-07") == severity


def test_union_long_on_record_that_entered_meetings_since_is_warned():
    union = known_since(date(2025, 1, 1))
    met(union, date(2026, 3, 1))

    assert severities("ORG-07") == ["warn"]


def test_union_that_never_entered_a_meeting_is_only_told_so():
    known_since(date(2024, 5, 6))

    assert severities("ORG-07") == ["info"]
    assert sentences("ORG-07") == ["2024 年 5 月 6 日起有记录，至今没有登记过会员（代表）大会。"]


@pytest.mark.parametrize(("day", "count"), [(date(2025, 1, 1), 1), (date(2025, 1, 2), 0)])
def test_union_is_told_nothing_of_a_year_that_its_records_do_not_cover(day, count):
    known_since(day)

    assert len(found("ORG-07")) == count


def test_union_without_any_record_is_told_nothing():
    OrgFactory()

    assert found("ORG-07") == []


def test_another_gathering_or_one_called_off_is_no_members_meeting():
    union = known_since(date(2024, 5, 6))
    met(union, date(2025, 5, 1), kind="meeting")
    met(union, date(2025, 6, 1), state="cancelled")

    assert severities("ORG-07") == ["info"]


def test_meeting_of_the_congress_as_a_body_and_an_election_count():
    first, second = known_since(date(2024, 5, 6)), known_since(date(2024, 5, 6))
    body = OrgFactory(parent=first, kind=Kind.COMMITTEE, function=Function.CONGRESS)
    met(body, date(2025, 3, 1))
    ElectionFactory(org=second, held_on=date(2025, 3, 1))

    assert where("ORG-07") == []


@pytest.mark.parametrize(
    ("since", "count"), [(date(2025, 1, 1), 1), (date(2025, 1, 2), 0), (None, 1)]
)
def test_union_founded_within_the_year_is_not_asked(since, count):
    known_since(date(2024, 5, 6), since=since)

    assert len(found("ORG-07")) == count


def test_two_meetings_where_a_union_laid_down_two():
    union = known_since(date(2024, 5, 6))
    StandardFactory(org=union, key="meetings_a_year", value=2)
    met(union, date(2025, 3, 1))

    assert sentences("ORG-07") == ["2025 年登记的会员（代表）大会有 1 次，少于 2 次。"]
    met(union, date(2025, 9, 1))
    assert found("ORG-07") == []


def seated(contract, *, full_time):
    union = OrgFactory()
    TermFactory(org=union, since=date(2023, 5, 10), due_on=date(2028, 5, 10))
    return PostFactory(
        org=union,
        person=PersonFactory(org=union, name="艾丽"),
        title="委员",
        since=date(2023, 5, 10),
        full_time=full_time,
        contract_until=contract,
    )


@pytest.mark.parametrize(
    ("contract", "full_time", "count"),
    [
        (date(2028, 5, 9), False, 1),
        (date(2028, 5, 10), False, 0),
        (date(2028, 5, 9), None, 0),
        (None, False, 0),
    ],
)
def test_contract_that_ends_before_the_term_is_extended(contract, full_time, count):
    seated(contract, full_time=full_time)

    assert len(found("ORG-12")) == count


def test_contract_is_extended_to_the_end_of_the_term():
    seated(date(2026, 12, 31), full_time=False)

    assert "合同自动延长至 2028 年 5 月 10 日" in sentences("ORG-12")[0]


def test_full_time_contract_is_extended_by_the_time_in_office():
    """1,827 days in office are added to its end (最高法解释 §2)."""
    seated(date(2026, 12, 31), full_time=True)

    assert "合同自动延长至 2033 年 5 月 11 日" in sentences("ORG-12")[0]


@pytest.mark.parametrize(
    ("submitted_on", "way", "count"),
    [
        (date(2026, 11, 5), "transfer", 0),
        (date(2026, 11, 4), "transfer", 1),
        (date(2026, 11, 4), "removal", 0),
        (None, "transfer", 0),
    ],
)
def test_move_of_a_chair_is_answered_in_the_days_laid_down(submitted_on, way, count):
    departure = DepartureFactory(way=way, state="submitted", submitted_on=submitted_on)
    StandardFactory(org=departure.org, key="chair_move_answer_days", value=15)

    assert len(found("ORG-11")) == count


def test_move_is_late_by_the_unsure_figure_until_another_is_laid_down():
    """What is shipped is Shanghai's figure, and says of itself that it differs by place."""
    departure = DepartureFactory(way="transfer", state="submitted", submitted_on=date(2026, 11, 4))
    assert len(found("ORG-11")) == 1
    assert standard("chair_move_answer_days", org=departure.org, day=date(2026, 11, 20)).tag == "M?"

    StandardFactory(org=departure.org, key="chair_move_answer_days", value=30)

    assert found("ORG-11") == []
