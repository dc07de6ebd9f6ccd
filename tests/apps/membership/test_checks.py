"""A low rate of membership against the standard a union set, on both sides of it."""

from __future__ import annotations

import pytest

from gonghui.core.orgs.models import Kind
from gonghui.core.people.models import Employment, Standing
from gonghui.core.watch.checking import Sight, checks
from gonghui.core.watch.refreshing import run_check
from tests.factories.organisation import OrgFactory
from tests.factories.regulations import StandardFactory
from tests.watching import DAY, found, on_books, sentences, where

pytestmark = pytest.mark.django_db


def workers(union, members, others, employment=Employment.HIRED):
    team = OrgFactory(parent=union, kind=Kind.TEAM)
    for number in range(members + others):
        standing = Standing.MEMBER if number < members else Standing.WORKER
        on_books(team, standing, employment=employment)


def test_without_a_standard_the_check_does_not_run_and_says_so():
    workers(OrgFactory(), 0, 3)

    outcome = run_check(checks["R-449-hired"], Sight(DAY))

    assert outcome.found == 0
    assert outcome.words == "没有设定「聘用人员入会率的最低要求」，没有检查"


@pytest.mark.parametrize(("members", "others", "hits"), [(4, 1, 0), (7, 2, 1), (0, 1, 1)])
def test_rate_of_the_hired_against_their_own_standard(members, others, hits):
    union = OrgFactory()
    workers(union, members, others)
    workers(union, 0, 9, Employment.PERMANENT)
    StandardFactory(key="rate_min_hired", org=union, value="80")

    assert len(found("R-449-hired")) == hits


def test_rate_of_all_takes_every_kind_together():
    union = OrgFactory()
    workers(union, 8, 0)
    workers(union, 0, 3, Employment.PERMANENT)
    StandardFactory(key="rate_min", org=union, value="75")

    assert sentences("R-449") == ["职工 11 人，会员 8 人，入会率低于 75%。"]


def test_retained_members_count_for_neither():
    union = OrgFactory()
    workers(union, 4, 1)
    on_books(union, Standing.RETAINED, employment=Employment.HIRED)
    StandardFactory(key="rate_min_hired", org=union, value="80")

    assert found("R-449-hired") == []


def test_standard_of_a_city_holds_for_its_units_alone():
    city, elsewhere = OrgFactory(kind=Kind.FEDERATION), OrgFactory()
    union = OrgFactory(parent=city)
    workers(union, 1, 1)
    workers(elsewhere, 1, 1)
    StandardFactory(key="rate_min_hired", org=city, value="80")

    assert where("R-449-hired") == [union]
