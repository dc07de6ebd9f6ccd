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


@pytest.mark.parametrize(("low", "hits"), [(6, 0), (5, 1)])
def test_units_of_a_city_may_lie_so_far_apart_and_no_further(low, hits):
    """100% and 60% are forty points apart, which is allowed; 50% is not."""
    city = OrgFactory(kind=Kind.FEDERATION)
    workers(OrgFactory(parent=city), 2, 0)
    workers(OrgFactory(parent=city), low, 10 - low)
    StandardFactory(key="rate_spread_max", org=city, value=40)

    assert len(found("R-451")) == hits


def test_the_two_ends_are_named_and_units_without_workers_are_none():
    city = OrgFactory(kind=Kind.FEDERATION)
    industry = OrgFactory(parent=city, kind=Kind.INDUSTRY)
    workers(OrgFactory(parent=city, name="化工厂工会", short_name=""), 2, 1)
    workers(OrgFactory(parent=industry, name="热电厂工会", short_name=""), 1, 7)
    OrgFactory(parent=industry)
    StandardFactory(key="rate_spread_max", org=city, value=50)

    assert where("R-451") == [city]
    assert sentences("R-451") == [
        "下属 2 个单位入会率：最高的化工厂工会 66.7%，中位数 39.6%，最低的热电厂工会 12.5%，"
        "相差超过 50 个百分点。"
    ]


def test_how_far_apart_is_not_looked_at_where_nobody_set_a_limit():
    city, county = OrgFactory(kind=Kind.FEDERATION), OrgFactory(kind=Kind.FEDERATION)
    for above in (city, county):
        workers(OrgFactory(parent=above), 2, 0)
        workers(OrgFactory(parent=above), 0, 2)
    StandardFactory(key="rate_spread_max", org=county, value=40)

    assert where("R-451") == [county]
