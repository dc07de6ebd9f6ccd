"""Checks of unions, units without one and posts of those who left, on both sides of each limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonghui.apps.organisation.models.prospects import ProspectState
from gonghui.core.orgs.models import Kind
from tests.factories.bodies import ProspectFactory
from tests.factories.organisation import (
    OrgFactory,
    PersonFactory,
    PostFactory,
    UnionRecordFactory,
)
from tests.watching import DAY, found, sentences, severities, where

pytestmark = pytest.mark.django_db


def test_union_without_its_approval_on_record():
    silent, empty = OrgFactory(), UnionRecordFactory().org
    UnionRecordFactory(approval="安工批〔2020〕3号", approved_on=date(2020, 3, 1))
    OrgFactory(kind=Kind.FEDERATION)

    assert where("ORG-02") == [silent, empty]


@pytest.mark.parametrize(("workers", "severity"), [(24, "info"), (25, "warn"), (None, "info")])
def test_unit_without_a_union_presses_from_twenty_five_workers(workers, severity):
    ProspectFactory(workers=workers)

    assert severities("R-452") == [severity]


def test_unit_that_founded_its_union_is_done():
    made = ProspectFactory(unit="安澜物流公司", workers=300)
    assert sentences("R-452") == ["安澜物流公司有职工 300 人，还没有建立工会，现在待筹建。"]

    made.state, made.union = ProspectState.FOUNDED, OrgFactory()
    made.save()

    assert found("R-452") == []


@pytest.mark.parametrize(("left", "hits"), [(DAY, 1), (DAY + timedelta(days=1), 0), (None, 0)])
def test_post_of_somebody_who_left(left, hits):
    choir = OrgFactory(parent=OrgFactory(), kind=Kind.ASSOCIATION, name="合唱协会")
    PostFactory(org=choir, person=PersonFactory(org=choir.parent, name="李平", left_on=left))

    said = sentences("R-457")

    assert said == ["合唱协会里，李平已经离开本单位，任职还没有结束。"] * hits


def test_post_that_was_ended_is_not_stale():
    PostFactory(person__left_on=DAY, until=DAY - timedelta(days=1))

    assert found("R-457") == []


def test_somebody_of_another_unit_is_gone_and_of_another_branch_is_not():
    union = OrgFactory()
    first, second = (OrgFactory(parent=union, kind=Kind.BRANCH) for _ in range(2))
    choir = OrgFactory(parent=first, kind=Kind.ASSOCIATION)
    PostFactory(org=choir, person=PersonFactory(org=second))
    assert found("R-457") == []

    PostFactory(org=choir, person=PersonFactory(org=OrgFactory()))

    finding = found("R-457")[0]
    assert (finding.org, finding.about) == (union, choir.pk)


def test_upper_union_seats_people_of_other_units():
    industry = OrgFactory(kind=Kind.INDUSTRY)
    PostFactory(org=industry, person=PersonFactory())

    assert found("R-457") == []


def test_many_who_left_are_counted():
    union = OrgFactory()
    for name in "甲乙丙丁":
        PostFactory(person=PersonFactory(org=union, name=f"王{name}", left_on=DAY))

    assert "等 4 人已经离开" in sentences("R-457")[0]
