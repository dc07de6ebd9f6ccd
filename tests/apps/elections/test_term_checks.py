"""Checks of terms, each on both sides of its limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonghui.core.orgs.models import Kind
from tests.factories.elections import TermFactory
from tests.factories.organisation import OrgFactory
from tests.factories.regulations import StandardFactory
from tests.watching import DAY, found, sentences, severities, where

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("left", "severity"),
    [
        (181, []),
        (180, ["info"]),
        (91, ["info"]),
        (31, ["info"]),
        (30, ["warn"]),
        (0, ["warn"]),
        (-1, []),
    ],
)
def test_term_is_due_within_the_days_of_reminder(left, severity):
    TermFactory(due_on=DAY + timedelta(days=left))

    assert severities("ORG-06") == severity


def test_due_term_says_the_day_and_the_value_it_used():
    term = TermFactory(due_on=date(2026, 12, 1))

    finding = found("ORG-06")[0]

    assert finding.sentence == "第 3 届任期到 2026 年 12 月 1 日届满，请准备换届。"
    assert finding.org == term.org
    assert finding.values[0]["words"] == "180、90、30 天"
    assert finding.values[0]["tag"] == "示例"


def test_union_with_days_of_its_own_is_reminded_by_them():
    term = TermFactory(due_on=DAY + timedelta(days=200))
    TermFactory(due_on=DAY + timedelta(days=200))
    StandardFactory(key="term_remind_days", org=term.org, value=[200, 60])

    assert where("ORG-06") == [term.org]


@pytest.mark.parametrize(("due", "count"), [(DAY, 0), (DAY - timedelta(days=1), 1)])
def test_term_is_overdue_the_day_after(due, count):
    TermFactory(due_on=due)

    assert severities("R-447") == ["block"] * count


def test_permitted_extension_counts_and_an_ended_term_does_not():
    TermFactory(due_on=date(2026, 9, 1), extended_to=DAY)
    TermFactory(due_on=date(2020, 9, 1), since=date(2015, 9, 1), ended_on=date(2020, 9, 1))
    late = TermFactory(due_on=date(2026, 3, 1), extended_to=DAY - timedelta(days=1))

    assert where("R-447") == [late.org]


@pytest.mark.parametrize(
    ("kind", "years", "count"),
    [
        (Kind.GRASSROOTS, 3, 0),
        (Kind.GRASSROOTS, 4, 1),
        (Kind.GRASSROOTS, 5, 0),
        (Kind.FEDERATION, 5, 0),
        (Kind.FEDERATION, 3, 1),
    ],
)
def test_length_of_a_term_is_one_of_those_of_the_law(kind, years, count):
    TermFactory(org=OrgFactory(kind=kind), years=years)

    assert len(found("ORG-05")) == count


@pytest.mark.parametrize(("until", "count"), [(date(2026, 11, 1), 0), (date(2026, 11, 2), 1)])
def test_extension_beyond_half_a_year_is_too_long(until, count):
    TermFactory(due_on=date(2026, 5, 1), extended_to=until, extension="安工批〔2026〕8号")

    assert len(found("ELE-15")) == count


def test_extension_without_its_paper_is_noticed():
    TermFactory(due_on=date(2026, 5, 1), extended_to=date(2026, 10, 1), extension="")

    assert sentences("ELE-15") == ["换届延期到 2026 年 10 月 1 日，没有登记上级的批复文号。"]


def test_union_without_a_term_on_record_is_noticed_and_a_team_is_not():
    union = OrgFactory()
    OrgFactory(parent=union, kind=Kind.TEAM)
    TermFactory()

    assert where("TERM-0") == [union]


def test_finding_goes_when_the_next_term_begins():
    term = TermFactory(due_on=date(2026, 5, 1))
    raised = found("R-447")
    term.ended_on = DAY
    term.save()
    TermFactory(org=term.org, number=4, since=DAY, due_on=date(2031, 11, 20))

    assert len(raised) == 1
    assert found("R-447", DAY + timedelta(days=1)) == []
