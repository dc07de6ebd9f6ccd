"""Checks of chairs, each on both sides of its limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonghui.apps.membership.actions.ledger import enter as die
from gonghui.core.access.actor import SYSTEM
from gonghui.core.orgs.models import Function, Kind
from gonghui.core.people.models import Act, Way
from tests.factories.elections import ChairDutyFactory, DepartureFactory, TermFactory
from tests.factories.organisation import (
    HeadcountFactory,
    OrgFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.regulations import StandardFactory
from tests.watching import DAY, found, sentences, severities, where

pytestmark = pytest.mark.django_db


def chair(**given):
    given.setdefault("way", Way.ELECTED)
    given.setdefault("approved_on", date(2024, 2, 1))
    return PostFactory(title="主席", **given)


@pytest.mark.parametrize(
    ("way", "severity"),
    [
        (Way.ELECTED, []),
        (Way.BY_ELECTION, []),
        (Way.ACTING, []),
        (Way.APPOINTED, ["warn"]),
        ("", ["info"]),
    ],
)
def test_chair_is_to_be_elected(way, severity):
    chair(way=way)

    assert severities("R-448") == severity


def test_chair_of_a_committee_kept_as_a_body_counts_for_the_union():
    union = OrgFactory()
    body = OrgFactory(parent=union, kind=Kind.COMMITTEE, function=Function.UNION)
    chair(org=body, person=PersonFactory(org=union), way=Way.APPOINTED)
    choir = OrgFactory(parent=union, kind=Kind.ASSOCIATION)
    chair(org=choir, person=PersonFactory(org=union), way=Way.APPOINTED)

    assert where("R-448") == [union]
    assert where("ORG-18") == []


@pytest.mark.parametrize(
    ("days", "approved", "count"), [(30, None, 0), (31, None, 1), (31, date(2026, 11, 1), 0)]
)
def test_approval_is_missed_after_report_and_answer_are_due(days, approved, count):
    chair(since=DAY - timedelta(days=days), approved_on=approved)

    assert len(found("R-448B")) == count


def test_chair_of_long_ago_who_left_is_not_looked_at():
    chair(way=Way.APPOINTED, until=DAY - timedelta(days=1))

    assert found("R-448") == []
    assert found("R-448", DAY - timedelta(days=1)) != []


@pytest.mark.parametrize(("since", "count"), [(date(2026, 5, 20), 0), (date(2026, 5, 19), 1)])
def test_acting_chair_for_more_than_half_a_year(since, count):
    chair(way=Way.ACTING, since=since)

    assert len(found("ORG-18A")) == count


@pytest.mark.parametrize(
    ("until", "severity"), [(date(2026, 8, 20), "info"), (date(2026, 8, 19), "warn")]
)
def test_vacancy_is_to_be_filled_in_time(until, severity):
    post = chair(until=until)

    finding = found("ORG-18")[0]

    assert (finding.org, finding.severity) == (post.org, severity)
    assert finding.values[0]["doubtful"]


def test_union_that_never_had_a_chair_is_told_so_without_a_date():
    OrgFactory()

    assert sentences("ORG-18") == ["没有登记主席。"]


def test_union_with_a_chair_has_no_vacancy_and_a_branch_none_either():
    OrgFactory(parent=chair().org, kind=Kind.BRANCH)

    assert found("ORG-18") == []


@pytest.mark.parametrize(
    ("workers", "full_time", "count"),
    [(199, False, 0), (200, False, 1), (200, True, 0), (200, None, 0)],
)
def test_full_time_chair_may_be_had_from_two_hundred_workers(workers, full_time, count):
    post = chair(full_time=full_time)
    HeadcountFactory(org=post.org, day=date(2020, 1, 1), workers=5)
    HeadcountFactory(org=post.org, workers=workers)

    assert len(found("ORG-04")) == count


def test_unknown_number_of_workers_is_not_taken_for_none():
    chair(full_time=False)

    assert found("ORG-04") == []


def test_open_duty_is_told_and_late_only_where_a_limit_was_set():
    duty = ChairDutyFactory(since=DAY - timedelta(days=31))
    ChairDutyFactory(since=DAY - timedelta(days=31), done_on=DAY)
    assert severities("R-030") == ["info"]

    StandardFactory(key="new_chair_talk_days", org=duty.org, value=30)

    assert severities("R-030") == ["warn"]
    assert severities("R-030", DAY - timedelta(days=1)) == ["info"]


def test_duty_of_a_chair_who_left_is_over():
    ChairDutyFactory(post__until=DAY)

    assert found("R-030") == []


def ended(union, until, **given):
    return chair(org=union, person=PersonFactory(org=union), until=until, **given)


@pytest.mark.parametrize(
    ("until", "hits"),
    [
        (date(2023, 5, 9), 0),
        (date(2023, 5, 10), 1),
        (date(2026, 11, 19), 1),
        (date(2026, 11, 20), 0),
    ],
)
def test_chair_who_left_within_the_term_is_asked_about(until, hits):
    union = OrgFactory()
    TermFactory(org=union)
    ended(union, until, since=date(2023, 1, 1))

    assert len(found("R-448C")) == hits


def test_a_term_of_the_past_says_nothing_of_today():
    union = OrgFactory()
    TermFactory(org=union, ended_on=date(2026, 1, 1))
    ended(union, date(2025, 1, 1))

    assert found("R-448C") == []


def test_who_left_as_the_law_says_died_kept_the_seat_warm_or_goes_on_is_passed_over():
    union, left = OrgFactory(), date(2026, 3, 10)
    TermFactory(org=union)
    agreed, gone = ended(union, left), ended(union, left)
    DepartureFactory(post=agreed, state="done")
    die(gone.person, Act.DIE, by=SYSTEM, day=left)
    ended(union, left, way=Way.ACTING)
    again = ended(union, left)
    chair(org=union, person=again.person, since=left)

    assert found("R-448C") == []


def test_a_refused_departure_is_no_consent_and_leads_to_the_post():
    union = OrgFactory()
    TermFactory(org=union)
    post = ended(union, date(2026, 3, 10))
    DepartureFactory(post=post, state="refused")

    (one,) = found("R-448C")
    assert (one.org, one.about) == (union, post.pk)
    assert "离任，本届任期未满" in one.sentence
