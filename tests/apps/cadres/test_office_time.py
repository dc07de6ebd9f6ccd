"""Working time of part-time committee members, on both sides of what the law allows."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.cadres import OfficeTimeFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory
from tests.watching import found, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    union = OrgFactory()
    return PersonFactory(org=union, name="艾丽")


@pytest.mark.parametrize(("last", "count"), [("0.5", 0), ("1.0", 0), ("1.5", 1)])
def test_three_working_days_a_month_are_allowed(member, last, count):
    OfficeTimeFactory(person=member, on=date(2026, 11, 2), days="2.0")
    OfficeTimeFactory(person=member, on=date(2026, 11, 20), days=last)

    assert len(found("ORG-19")) == count


def test_sentence_says_month_sum_and_standard(member):
    OfficeTimeFactory(person=member, on=date(2026, 10, 1), days="3.5")

    assert sentences("ORG-19") == ["艾丽 2026 年 10 月占用工作时间 3.5 个工作日，超过 3 个工作日。"]


def test_months_are_told_apart_and_older_ones_left_alone(member):
    OfficeTimeFactory(person=member, on=date(2026, 10, 31), days="2.0")
    OfficeTimeFactory(person=member, on=date(2026, 11, 1), days="2.0")
    OfficeTimeFactory(person=member, on=date(2026, 9, 30), days="9.0")

    assert found("ORG-19") == []


@pytest.mark.parametrize(("full_time", "count"), [(True, 0), (False, 1), (None, 1)])
def test_full_time_officers_are_not_counted(member, full_time, count):
    PostFactory(person=member, org=member.org, title="副主席", full_time=full_time)
    OfficeTimeFactory(person=member, days="4.0")

    assert len(found("ORG-19")) == count
