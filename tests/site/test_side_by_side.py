"""Figures that set records of several apps beside each other: of each worker, of a hundred."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from gonghui.core.indicators.counting import figures
from gonghui.core.indicators.registry import Ratio, check_ratios, indicators
from gonghui.kit.dates import Period
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditFactory
from tests.factories.organisation import PersonFactory, UnionRecordFactory
from tests.factories.record import ParticularsFactory

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2026)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        yield


def found(code: str, org):
    return figures([indicators[code]], org, YEAR)[code]


def test_hours_of_each_worker(cast):
    for amount in (24, 6):
        CreditFactory(person=cast.alice, kind="course", amount=amount, on=date(2026, 3, 8))
    CreditFactory(person=cast.alice, kind="course", amount=9, on=date(2025, 3, 8))

    each = found("site.hours_each", cast.company)

    assert (each.over, each.value) == (30, Decimal(30) / each.under)


def test_study_of_every_hundred_workers(cast):
    PersonFactory.create_batch(4, org=cast.second_branch)
    for kind in ("study", "lecture", "sport"):
        start = timezone.make_aware(datetime.fromisoformat("2026-03-08T09:00"))
        ActivityFactory(org=cast.second_branch, kind=kind, starts_at=start, state="held")

    each = found("site.study_each", cast.second_branch)

    assert each.over == 2
    assert each.value == Decimal(200) / each.under


@pytest.mark.parametrize(
    ("unit", "is_right"), [("次/人", True), ("次/百人", True), ("次/百本", False), ("百人", False)]
)
def test_a_ratio_is_of_its_own_two_units(monkeypatch, unit, is_right):
    one = Ratio("tests.odd", "奇怪的比", unit, "learning", "activities.study", "membership.workers")
    monkeypatch.setitem(indicators._things, one.code, one)
    if is_right:
        return check_ratios()
    with pytest.raises(ValueError, match=r"is not 次/人"):
        check_ratios()
    return None


def test_unions_by_what_sort_of_unit_their_employer_is(cast):
    before = found("organisation.grassroots_enterprise", cast.city)
    UnionRecordFactory(org=cast.company, unit="enterprise")

    enterprise = found("organisation.grassroots_enterprise", cast.city)
    organ = found("organisation.grassroots_organ", cast.city)

    assert before.value is None
    assert (enterprise.value, organ.value) == (1, 0)
    assert found("organisation.grassroots_organ", cast.other_company).value is None


def test_skilled_workers_of_those_whose_skill_is_known(cast):
    for person, skill in ((cast.alice, "3"), (cast.bob, "4"), (cast.frank, "")):
        ParticularsFactory(person=person, skill=skill)

    share = found("membership.senior_share", cast.company)

    assert (share.over, share.under, share.value) == (1, 2, 50)
    assert found("membership.senior_share", cast.other_company).value is None
