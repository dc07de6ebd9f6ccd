"""Units whose people study very differently: a city sees the spread, nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gonghui.core.orgs.models import Kind
from tests.factories.credits import CreditFactory
from tests.factories.organisation import OrgFactory, PersonFactory
from tests.factories.regulations import StandardFactory
from tests.watching import DAY, on_books, sentences, where

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """Three units: all study, one of two, none."""
    made = OrgFactory(kind=Kind.FEDERATION)
    for name, learners in (("甲厂工会", 2), ("乙厂工会", 1), ("丙厂工会", 0)):
        union = OrgFactory(parent=made, name=name, short_name="")
        team = OrgFactory(parent=union, kind=Kind.TEAM)
        for n in range(2):
            person = on_books(team, "member" if n else "worker")
            kind, back = ("book", 10) if n < learners else ("book", 400)
            days = (DAY - timedelta(days=back), DAY - timedelta(days=back + 1))
            for on in days:  # twice is one person
                CreditFactory(person=person, org=union, kind=kind, on=on)
            CreditFactory(person=person, org=union, kind="award", on=DAY)  # no study
    OrgFactory(parent=made)  # without workers
    return made


def test_spread_of_learning_is_told_with_its_middle(city):
    StandardFactory(key="study_spread_max", org=city, value=40)
    left = PersonFactory(org=OrgFactory(parent=city), left_on=DAY - timedelta(days=30))
    CreditFactory(person=left, org=city, kind="book", on=DAY)

    assert where("R-451B") == [city]
    assert sentences("R-451B") == [
        "下属 3 个单位近一年的职工参学面：最高的甲厂工会 100.0%，中位数 50.0%，"
        "最低的丙厂工会 0.0%，相差超过 40 个百分点。"
    ]


def test_exactly_as_far_apart_as_allowed_is_even(city):
    StandardFactory(key="study_spread_max", org=city, value=100)

    assert sentences("R-451B") == []


def test_nobody_set_a_limit_so_nothing_is_said(city):
    assert sentences("R-451B") == []
